import { Biquad } from "./biquad";
import { kWeighting } from "./weighting";

/** The loudness to reach: speech at this level has peaks of about -6 dBFS. */
export const TARGET_LUFS = -20;
/** The most that is added or taken away, in dB. */
const MOST_DB = 18;
/** Quieter than this is a pause, and so is what falls far below the last moment's loudness. */
const GATE_LUFS = -55;
const FALL_LU = 12;
const WINDOW_S = 0.4;
/** Too loud is corrected fast, too quiet slowly, so that no breath is pumped up. */
const DOWN_DB_S = 24;
const UP_DB_S = 3;

/**
 * Brings speech to one loudness: measures the momentary loudness (BS.1770, 0.4 s) of what comes in
 * and moves one gain towards the target. Works in place, on blocks of any length.
 */
export class Normaliser {
  gainDb = 0;
  /** Of what comes in, in LUFS. */
  loudness = -Infinity;
  private readonly chain: Biquad[];
  private meanSquare = 0;
  private readonly forget: number;
  private gain = 1;

  constructor(private readonly rateHz: number) {
    this.chain = kWeighting(rateHz).map((coefficients) => new Biquad(coefficients));
    this.forget = Math.exp(-1 / (rateHz * WINDOW_S * 0.5));
  }

  process(samples: Float32Array): void {
    let squares = 0;
    for (const sample of samples) {
      let weighted = sample;
      for (const filter of this.chain) weighted = filter.next(weighted);
      const square = weighted * weighted;
      squares += square;
      this.meanSquare = square + (this.meanSquare - square) * this.forget;
    }
    this.loudness = lufs(this.meanSquare);
    const isPause = lufs(squares / Math.max(1, samples.length)) < this.loudness - FALL_LU;
    if (!isPause && this.loudness > GATE_LUFS) this.move(samples.length / this.rateHz);
    const from = this.gain;
    this.gain = 10 ** (this.gainDb / 20);
    const step = (this.gain - from) / Math.max(1, samples.length);
    for (let i = 0; i < samples.length; i += 1) {
      samples[i] = (samples[i] ?? 0) * (from + step * (i + 1));
    }
  }

  private move(forS: number): void {
    const wanted = Math.min(MOST_DB, Math.max(-MOST_DB, TARGET_LUFS - this.loudness));
    const away = wanted - this.gainDb;
    this.gainDb += Math.min(UP_DB_S * forS, Math.max(-DOWN_DB_S * forS, away));
  }
}

function lufs(meanSquare: number): number {
  return -0.691 + 10 * Math.log10(meanSquare + 1e-12);
}
