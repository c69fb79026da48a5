import { useState } from "react";
import type { StageStatus } from "../api/types";
import { Select } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import styles from "./Stage.module.css";

interface StageChoiceProps {
  label: string;
  hint: string;
  value: string;
  options: { value: string; label: string }[];
  onChoose: (value: string) => Promise<StageStatus>;
  /** Whether or not it worked. */
  onChanged: () => void;
}

/** Something a speaker chooses on the stage, also in the middle of a talk. */
export function StageChoice({ hint, onChoose, onChanged, ...select }: StageChoiceProps) {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  const choose = async (value: string) => {
    setFailed(false);
    try {
      await onChoose(value);
    } catch {
      setFailed(true);
    }
    onChanged();
  };
  return (
    <section className={styles.card}>
      <Select {...select} onChange={(value) => void choose(value)} />
      <p className={styles.soft}>{hint}</p>
      {failed && <p role="alert">{t("error.other")}</p>}
    </section>
  );
}
