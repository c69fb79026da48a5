import { sayFloorLanguage } from "../api/stage";
import type { StageStatus } from "../api/types";
import { useTexts } from "../i18n/useTexts";
import { StageChoice } from "./StageChoice";

export interface ChoiceProps {
  invitation: string;
  status: StageStatus;
  onChanged: () => Promise<void>;
}

/** What the speaker speaks: its channel passes the floor through, all others interpret from it. */
export function FloorLanguage({ invitation, status, onChanged }: ChoiceProps) {
  const { t } = useTexts();
  const { channels } = status.session;
  if (channels.length < 2) return null;
  return (
    <StageChoice
      label={t("stage.language")}
      hint={t("stage.language.hint")}
      value={status.floor_language.tag}
      options={channels.map(({ language }) => ({ value: language.tag, label: language.name }))}
      onChoose={(tag) => sayFloorLanguage(invitation, tag)}
      onChanged={onChanged}
    />
  );
}
