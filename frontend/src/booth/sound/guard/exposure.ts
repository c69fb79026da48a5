/**
 * How much sound an ear has had. A browser knows samples, not pressure: the level at the ear
 * follows from an assumption, what a full-scale sine gives with this headset at the device's
 * present volume, which the interpreter can set. Everything here is as good as that number.
 *
 * The dose follows NIOSH 98-126: 100 % is 85 dB(A) for 8 hours, and 3 dB more halve the time.
 */
export interface Exposure {
  seconds: number;
  /** The sum of squared A-weighted samples times their duration. */
  energy: number;
  /** The highest sample, 0 to 1. */
  peak: number;
}

export const NONE: Exposure = { seconds: 0, energy: 0, peak: 0 };

/** What a full-scale sine is at the ear, in dB SPL, unless the interpreter says otherwise. */
export const USUAL_FULL_SCALE_DB = 100;

const REFERENCE_DB = 85;
const REFERENCE_S = 8 * 3600;
/** A full-scale sine has a mean square of a half. */
const SINE = 0.5;

/** Adds a stretch of sound. */
export function expose(
  before: Exposure,
  stretch: { seconds: number; meanSquareA: number; peak: number },
): Exposure {
  return {
    seconds: before.seconds + stretch.seconds,
    energy: before.energy + stretch.meanSquareA * stretch.seconds,
    peak: Math.max(before.peak, stretch.peak),
  };
}

/** The mean level over the time listened, LAeq, in dB(A) at the ear. */
export function leqDb({ seconds, energy }: Exposure, fullScaleDb: number): number {
  if (seconds === 0) return -Infinity;
  return fullScaleDb + 10 * Math.log10(energy / seconds / SINE);
}

/** The part of a day's dose that is used up: 1 is all of it. */
export function dose(exposure: Exposure, fullScaleDb: number): number {
  const level = leqDb(exposure, fullScaleDb);
  return (exposure.seconds / REFERENCE_S) * 2 ** ((level - REFERENCE_DB) / 3);
}

/** How long one may listen on at this level until the dose is used up, in seconds. */
export function remainingS(exposure: Exposure, fullScaleDb: number): number {
  const level = leqDb(exposure, fullScaleDb);
  const allowedS = REFERENCE_S / 2 ** ((level - REFERENCE_DB) / 3);
  return Math.max(0, allowedS * (1 - dose(exposure, fullScaleDb)));
}
