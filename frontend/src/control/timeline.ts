import type { OnAir } from "../live/messages";

/** A stretch of a channel's band, in session time. */
export interface Stretch {
  input: OnAir["input"];
  who: string;
  name: string;
  reason: string;
  fromS: number;
  toS: number;
}

/**
 * Who was on air in one channel within a window, oldest first; the last stretch lasts until now.
 * What was stopped (a pause) leaves a gap.
 */
export function bandOf(
  timeline: readonly OnAir[],
  language: string,
  window: { fromS: number; toS: number },
): Stretch[] {
  const changes = timeline
    .filter((change) => change.language === language)
    .sort((a, b) => a.since_s - b.since_s);
  return changes.flatMap(({ input, who, name, reason, since_s }, at) => {
    const fromS = Math.max(window.fromS, since_s);
    const toS = Math.min(window.toS, changes[at + 1]?.since_s ?? Infinity);
    return reason === "stopped" || toS <= fromS ? [] : [{ input, who, name, reason, fromS, toS }];
  });
}

const STEPS_S = [10, 30, 60, 300, 600, 1800, 3600, 7200];
const MOST_TICKS = 8;

/** Round moments for an axis. @example ticksOf(0, 600) // [0, 300, 600] */
export function ticksOf(fromS: number, toS: number): number[] {
  const step = STEPS_S.find((each) => (toS - fromS) / each <= MOST_TICKS) ?? 14_400;
  const first = Math.ceil(fromS / step) * step;
  const count = Math.max(0, Math.floor((toS - first) / step) + 1);
  return Array.from({ length: count }, (_, at) => first + at * step);
}
