/** Whether somebody talks into a microphone, from its level, with a memory against flutter. */
export interface Talking {
  talking: boolean;
  /** Since when the level is on the other side; null: it is not. */
  turnedMs: number | null;
}

export const QUIET: Talking = { talking: false, turnedMs: null };

const TALKS_DB = -42;
const RESTS_DB = -50;
/** Longer than a cough, shorter than a sentence. */
const BEGINS_MS = 600;
const ENDS_MS = 2000;

/** One more measurement, in dBFS. */
export function hear(before: Talking, nowMs: number, rmsDb: number): Talking {
  const turns = before.talking ? rmsDb < RESTS_DB : rmsDb > TALKS_DB;
  // Between the words of a sentence the level falls for moments: these do not count as silence.
  if (!turns) {
    if (before.turnedMs === null) return before;
    const isGap = !before.talking && rmsDb > RESTS_DB - 10 && nowMs - before.turnedMs < BEGINS_MS;
    return isGap ? before : { ...before, turnedMs: null };
  }
  const turnedMs = before.turnedMs ?? nowMs;
  const lasts = before.talking ? ENDS_MS : BEGINS_MS;
  if (nowMs - turnedMs < lasts) return { ...before, turnedMs };
  return { talking: !before.talking, turnedMs: null };
}
