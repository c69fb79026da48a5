import { useState } from "react";
import { sayFloorLanguage } from "../api/stage";
import type { StageStatus } from "../api/types";
import { Select } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import styles from "./Stage.module.css";

interface FloorLanguageProps {
  invitation: string;
  status: StageStatus;
  onChanged: () => void;
}

/** What the speaker speaks: its channel passes the floor through, all others interpret from it. */
export function FloorLanguage({ invitation, status, onChanged }: FloorLanguageProps) {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  const { channels } = status.session;
  if (channels.length < 2) return null;
  const say = async (tag: string) => {
    setFailed(false);
    try {
      await sayFloorLanguage(invitation, tag);
    } catch {
      setFailed(true);
    }
    onChanged();
  };
  return (
    <section className={styles.card}>
      <Select
        label={t("stage.language")}
        value={status.floor_language.tag}
        options={channels.map(({ language }) => ({ value: language.tag, label: language.name }))}
        onChange={(tag) => void say(tag)}
      />
      <p className={styles.soft}>{t("stage.language.hint")}</p>
      {failed && <p role="alert">{t("error.other")}</p>}
    </section>
  );
}
