import { sayVoice } from "../api/stage";
import { GENDERS, GENDER_TEXTS, genderOf } from "../common/genders";
import { useTexts } from "../i18n/useTexts";
import type { ChoiceProps } from "./FloorLanguage";
import { StageChoice } from "./StageChoice";

/** As whom the machines speak while this speaker does. */
export function SpeakerVoice({ invitation, status, onChanged }: ChoiceProps) {
  const { t } = useTexts();
  if (status.session.channels.length < 2) return null;
  return (
    <StageChoice
      label={t("stage.voice")}
      hint={t("stage.voice.hint")}
      value={status.voice}
      options={GENDERS.map((gender) => ({ value: gender, label: t(GENDER_TEXTS[gender]) }))}
      onChoose={(value) => sayVoice(invitation, genderOf(value))}
      onChanged={onChanged}
    />
  );
}
