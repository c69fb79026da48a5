import type { ReactNode } from "react";
import styles from "./StateTag.module.css";

export type Tone = "on-air" | "ready" | "attention" | "calm";

/** Each tone has its own shape, so that colour is never the only sign. */
const SHAPES: Record<Tone, ReactNode> = {
  "on-air": <circle cx="6" cy="6" r="5" fill="currentColor" />,
  ready: <path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  attention: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  calm: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

/** A state in a word, with its colour and shape. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      {children}
    </span>
  );
}
