/** How a microphone sounds, in a word. Levels are in dB below full scale. */
export type LevelWord = "waiting" | "quiet" | "good" | "muffled" | "clipping";

const CLIPPED_DB = -0.5;
const CLIPPING_LASTS_MS = 2000;
const SPEECH_DB = -55;
const ENOUGH_DB = -40;
const REMEMBERED_MS = 3000;
/**
 * Read speech of 33 recordings stays above -21 dB; with a low-pass of 1 kHz, as a hand or a pocket
 * makes it, it is at -31 dB (medians).
 */
const MUFFLED_DB = -24;
/** Looks at loud speech, of 50 ms each, before its colour is judged. */
const LOOKS = 40;
const NO_POWER = 1e-20;
/** Vowels are darker than sibilants: what was bright fades by so much a look. */
const FADE_DB = 0.1;

export interface Level {
  word: LevelWord;
  /** The loudest of the last seconds: speech has gaps, a judgement should not. */
  loudestDb: number;
  loudestAtMs: number;
  clippedAtMs: number;
  /** How bright loud speech was of late, and at how many looks there was any. */
  brightDb: number;
  looks: number;
}

export const SILENT: Level = {
  word: "waiting",
  loudestDb: -Infinity,
  loudestAtMs: -Infinity,
  clippedAtMs: -Infinity,
  brightDb: -Infinity,
  looks: 0,
};

/** One more measurement. @example judge(SILENT, 0, -20, -6, -10).word // "good" */
export function judge(
  level: Level,
  nowMs: number,
  rmsDb: number,
  peakDb: number,
  brightDb: number,
): Level {
  const faded = nowMs - level.loudestAtMs > REMEMBERED_MS;
  const isLoudest = faded || rmsDb >= level.loudestDb;
  const loudestDb = isLoudest ? rmsDb : level.loudestDb;
  const clippedAtMs = peakDb >= CLIPPED_DB ? nowMs : level.clippedAtMs;
  const loud = rmsDb >= ENOUGH_DB;
  const brightest = loud ? Math.max(brightDb, level.brightDb - FADE_DB) : level.brightDb;
  const looks = loud ? level.looks + 1 : level.looks;
  const muffled = looks >= LOOKS && brightest < MUFFLED_DB;
  return {
    word: wordFor(loudestDb, nowMs - clippedAtMs, muffled),
    loudestDb,
    loudestAtMs: isLoudest ? nowMs : level.loudestAtMs,
    clippedAtMs,
    brightDb: brightest,
    looks,
  };
}

function wordFor(loudestDb: number, sinceClippedMs: number, muffled: boolean): LevelWord {
  if (sinceClippedMs < CLIPPING_LASTS_MS) return "clipping";
  if (loudestDb < SPEECH_DB) return "waiting";
  if (loudestDb < ENOUGH_DB) return "quiet";
  return muffled ? "muffled" : "good";
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

/**
 * How bright a sound is: the power of 2 to 6 kHz, where consonants are, against that of 200 to
 * 1500 Hz, in dB.
 *
 * @param spectrumDb power by frequency, bins of `binHz`
 */
export function brightness(spectrumDb: Float32Array, binHz: number): number {
  let [high, low] = [NO_POWER, NO_POWER];
  spectrumDb.forEach((db, bin) => {
    const hz = bin * binHz;
    if (hz >= 200 && hz < 1500) low += 10 ** (db / 10);
    else if (hz >= 2000 && hz < 6000) high += 10 ** (db / 10);
  });
  return 10 * Math.log10(high / low);
}
