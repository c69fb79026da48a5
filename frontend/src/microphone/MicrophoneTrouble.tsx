import { IconMicrophone } from "@tabler/icons-react";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import type { Microphone } from "./MicrophonePicker";
import styles from "./MicrophoneTrouble.module.css";

/** Why there is no microphone, what to do, and another try. */
export function MicrophoneTrouble({ microphone }: { microphone: Microphone }) {
  const { t } = useTexts();
  if (!microphone.problem) return null;
  return (
    <>
      <div role="alert" className={styles.problem}>
        <strong>{t(`mic.${microphone.problem}.title`)}</strong>
        {t(`mic.${microphone.problem}.text`)}
      </div>
      <Button
        look="plain"
        icon={<IconMicrophone size={20} />}
        onClick={() => void microphone.open({ deviceId: "" })}
      >
        {t("common.again")}
      </Button>
    </>
  );
}
