/**
 * A look-ahead limiter: no sample that leaves is above the ceiling. What comes in is held back for
 * the look-ahead; the gain that a peak needs is found before the peak leaves, and reached along a
 * ramp (the mean over the look-ahead of the lowest gain within it), so that nothing clicks.
 */
export class Limiter {
  /** The gain of the last sample, 0 to 1. */
  gain = 1;
  private readonly ahead: number;
  private readonly held: Float32Array;
  /** The gains that the samples within the look-ahead need, rising: the first is the lowest. */
  private readonly lows: { at: number; gain: number }[] = [];
  private readonly ramp: Float32Array;
  private sum: number;
  private released = 1;
  private at = 0;
  private readonly release: number;

  /**
   * @param ceiling the highest sample, 0 to 1
   * @param aheadS the look-ahead, which is also the delay
   * @param releaseS how long the gain takes to come back (to 63 %)
   */
  constructor(
    rateHz: number,
    private readonly ceiling: number,
    aheadS = 0.005,
    releaseS = 0.12,
  ) {
    this.ahead = Math.max(1, Math.round(aheadS * rateHz));
    this.held = new Float32Array(this.ahead);
    this.ramp = new Float32Array(this.ahead).fill(1);
    this.sum = this.ahead;
    this.release = 1 - Math.exp(-1 / (releaseS * rateHz));
  }

  /** Works in place. */
  process(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i += 1) samples[i] = this.next(samples[i] ?? 0);
  }

  private next(sample: number): number {
    const place = this.at % this.ahead;
    const leaving = this.held[place] ?? 0;
    this.held[place] = Number.isFinite(sample) ? sample : 0;
    const lowest = this.lowestWith(Number.isFinite(sample) ? Math.abs(sample) : 0);
    this.released =
      lowest < this.released ? lowest : this.released + (lowest - this.released) * this.release;
    this.sum += this.released - (this.ramp[place] ?? 1);
    this.ramp[place] = this.released;
    if (place === 0) this.sum = this.ramp.reduce((total, gain) => total + gain, 0);
    this.gain = Math.min(1, this.sum / this.ahead);
    this.at += 1;
    const out = leaving * this.gain;
    return Math.min(this.ceiling, Math.max(-this.ceiling, out));
  }

  private lowestWith(size: number): number {
    const gain = size > this.ceiling ? this.ceiling / size : 1;
    while ((this.lows.at(-1)?.gain ?? 0) >= gain) this.lows.pop();
    this.lows.push({ at: this.at, gain });
    // One sample longer than it is held: the leaving one counts to the end.
    while ((this.lows[0]?.at ?? 0) < this.at - this.ahead) this.lows.shift();
    return this.lows[0]?.gain ?? 1;
  }
}
