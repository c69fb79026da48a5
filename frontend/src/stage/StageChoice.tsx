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
  /** Whether or not it worked: reads `value` anew. */
  onChanged: () => Promise<void>;
}

/** Something a speaker chooses on the stage, also in the middle of a talk. */
export function StageChoice({ hint, value, onChoose, onChanged, ...select }: StageChoiceProps) {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  /** Until the service has it. */
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = async (next: string) => {
    setFailed(false);
    setChosen(next);
    try {
      await onChoose(next);
    } catch {
      setFailed(true);
    }
    await onChanged();
    setChosen(null);
  };
  return (
    <section className={styles.card}>
      <Select {...select} value={chosen ?? value} onChange={(next) => void choose(next)} />
      <p className={styles.soft}>{hint}</p>
      {failed && <p role="alert">{t("error.other")}</p>}
    </section>
  );
}
