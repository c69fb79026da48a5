import { USUAL_FULL_SCALE_DB } from "./sound/guard/exposure";

/** What an interpreter chose once for all sessions. */
export interface Settings {
  keys: Record<string, string>;
  /** Null: as the organizer set it for the session. */
  countdownS: number | null;
  normalise: boolean;
  showTranslation: boolean;
  /** A step of the text size, 0 to 4. */
  textSize: number;
  /** What a full-scale sine is at the ear, in dB SPL. */
  fullScaleDb: number;
}

export const USUAL_SETTINGS: Settings = {
  keys: {},
  countdownS: null,
  normalise: true,
  showTranslation: true,
  textSize: 1,
  fullScaleDb: USUAL_FULL_SCALE_DB,
};

export const TEXT_SIZES = ["1rem", "1.25rem", "1.5rem", "1.875rem", "2.25rem"];
export const COUNTDOWNS_S = [0, 3, 5, 10, 15, 20, 30, 45, 60];

/** The next longer or shorter countdown. @example steppedCountdown(10, 1) // 15 */
export function steppedCountdown(countdownS: number, steps: 1 | -1): number {
  const next =
    steps > 0
      ? COUNTDOWNS_S.find((each) => each > countdownS)
      : COUNTDOWNS_S.findLast((each) => each < countdownS);
  return next ?? countdownS;
}
