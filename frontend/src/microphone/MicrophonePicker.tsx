import { CheckBox, Select } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import type { useMicrophone } from "./useMicrophone";

export type Microphone = ReturnType<typeof useMicrophone>;

/** Which microphone, and whether it should clean its sound. */
export function MicrophonePicker({ microphone }: { microphone: Microphone }) {
  const { t } = useTexts();
  const options = microphone.devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t("mic.unnamed", { number: index + 1 }),
  }));
  return (
    <>
      <Select
        label={t("mic.choose")}
        value={microphone.deviceId}
        options={options}
        onChange={microphone.choose}
      />
      <CheckBox
        label={t("mic.noisy")}
        hint={t("mic.noisy.hint")}
        checked={microphone.noisy}
        onChange={microphone.chooseNoisy}
      />
    </>
  );
}
