/** How a microphone sounds, in a word. Levels are in dB below full scale. */
export type LevelWord = "waiting" | "quiet" | "good" | "clipping";

const CLIPPED_DB = -0.5;
const CLIPPING_LASTS_MS = 2000;
const SPEECH_DB = -55;
const ENOUGH_DB = -40;
const REMEMBERED_MS = 3000;

export interface Level {
  word: LevelWord;
  /** The loudest of the last seconds: speech has gaps, a judgement should not. */
  loudestDb: number;
  loudestAtMs: number;
  clippedAtMs: number;
}

export const SILENT: Level = {
  word: "waiting",
  loudestDb: -Infinity,
  loudestAtMs: -Infinity,
  clippedAtMs: -Infinity,
};

/** One more measurement. @example judge(SILENT, 0, -20, -6).word // "good" */
export function judge(level: Level, nowMs: number, rmsDb: number, peakDb: number): Level {
  const faded = nowMs - level.loudestAtMs > REMEMBERED_MS;
  const isLoudest = faded || rmsDb >= level.loudestDb;
  const loudestDb = isLoudest ? rmsDb : level.loudestDb;
  const clippedAtMs = peakDb >= CLIPPED_DB ? nowMs : level.clippedAtMs;
  return {
    word: wordFor(loudestDb, nowMs - clippedAtMs),
    loudestDb,
    loudestAtMs: isLoudest ? nowMs : level.loudestAtMs,
    clippedAtMs,
  };
}

function wordFor(loudestDb: number, sinceClippedMs: number): LevelWord {
  if (sinceClippedMs < CLIPPING_LASTS_MS) return "clipping";
  if (loudestDb < SPEECH_DB) return "waiting";
  return loudestDb < ENOUGH_DB ? "quiet" : "good";
}

/** Where a level stands on a meter from -60 dB to full scale: 0 to 1. */
export function meterShare(db: number): number {
  return Math.min(1, Math.max(0, (db + 60) / 60));
}

/** The loudness and the highest peak of a piece of sound, samples in -1 to 1. */
export function measure(samples: Float32Array): { rmsDb: number; peakDb: number } {
  let squares = 0;
  let peak = 0;
  for (const sample of samples) {
    squares += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const toDb = (value: number) => 20 * Math.log10(value);
  return { rmsDb: toDb(Math.sqrt(squares / Math.max(1, samples.length))), peakDb: toDb(peak) };
}
