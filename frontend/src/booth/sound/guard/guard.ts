import { Biquad } from "./biquad";
import { Limiter } from "./limiter";
import { aWeighting } from "./weighting";

/** What went to the ear since the last report. Levels are relative to full scale. */
export interface GuardReport {
  seconds: number;
  /** The mean of the squared A-weighted samples. */
  meanSquareA: number;
  peak: number;
  /** The most that the limiter took away, in dB (0 or more). */
  limitedDb: number;
}

/** No peak above -6 dBFS reaches the ear. */
const CEILING = 0.5;

/** The end of the hearing guard, on the mix that goes to the ear: its peaks and what it adds up to. */
export class Guard {
  private readonly limiter: Limiter;
  private readonly weighting: Biquad[];
  private seconds = 0;
  private squares = 0;
  private samples = 0;
  private peak = 0;
  private lowestGain = 1;

  constructor(private readonly rateHz: number) {
    this.limiter = new Limiter(rateHz, CEILING);
    this.weighting = aWeighting(rateHz).map((coefficients) => new Biquad(coefficients));
  }

  /** Works in place. */
  process(samples: Float32Array): void {
    this.limiter.process(samples);
    this.lowestGain = Math.min(this.lowestGain, this.limiter.gain);
    for (const sample of samples) {
      let weighted = sample;
      for (const filter of this.weighting) weighted = filter.next(weighted);
      this.squares += weighted * weighted;
      this.peak = Math.max(this.peak, Math.abs(sample));
    }
    this.samples += samples.length;
    this.seconds += samples.length / this.rateHz;
  }

  /** A report of at least `everyS`, or null. */
  report(everyS: number): GuardReport | null {
    if (this.seconds < everyS) return null;
    const report = {
      seconds: this.seconds,
      meanSquareA: this.squares / Math.max(1, this.samples),
      peak: this.peak,
      limitedDb: 20 * Math.log10(1 / Math.max(1e-6, this.lowestGain)),
    };
    this.seconds = this.squares = this.samples = this.peak = 0;
    this.lowestGain = 1;
    return report;
  }
}
