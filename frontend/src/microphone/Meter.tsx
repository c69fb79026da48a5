import { StateTag, type Tone } from "../common/StateTag";
import { useTexts } from "../i18n/useTexts";
import { useLevel } from "./useLevel";
import type { LevelWord } from "./level";
import styles from "./Meter.module.css";

const TONES: Record<LevelWord, Tone> = {
  waiting: "calm",
  quiet: "attention",
  good: "ready",
  muffled: "attention",
  clipping: "attention",
};

/** How loud the microphone is: a bar, and what to make of it in words. */
export function Meter({ stream, large = false }: { stream: MediaStream | null; large?: boolean }) {
  const { t } = useTexts();
  const { bar, word } = useLevel(stream);
  return (
    <div className={styles.meter}>
      <div ref={bar} className={styles.bar} data-large={large || undefined} aria-hidden="true">
        <div className={styles.fill} data-word={word} />
      </div>
      <p role="status" className={styles.word}>
        <StateTag tone={TONES[word]}>{t(`level.${word}`)}</StateTag>
        <span>{t(`level.${word}.advice`)}</span>
      </p>
    </div>
  );
}
