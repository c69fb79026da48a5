import { describe, expect, test } from "vitest";
import { gainAt } from "./biquad";
import { dose, expose, leqDb, NONE, remainingS } from "./exposure";
import { Guard } from "./guard";
import { Limiter } from "./limiter";
import { Normaliser, TARGET_LUFS } from "./normaliser";
import { aWeighting, kWeighting } from "./weighting";

const RATE = 48_000;
const db = (gain: number) => 20 * Math.log10(gain);
const sine = (seconds: number, level = 1, hz = 1000) =>
  Float32Array.from(
    { length: Math.round(seconds * RATE) },
    (_, i) => level * Math.sin((2 * Math.PI * hz * i) / RATE),
  );
/** The same numbers in every run. */
const noise = (length: number, seed: number) => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * (state % 7 === 0 ? 4 : 0.4);
  });
};
const peak = (samples: Float32Array) => samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
const blocks = (samples: Float32Array, each: (block: Float32Array) => void, size = 128) => {
  for (let at = 0; at < samples.length; at += size) each(samples.subarray(at, at + size));
};

describe("weighting", () => {
  test.each([
    [100, -19.1],
    [1000, 0],
    [4000, 1.0],
  ])("A at %i Hz is %d dB", (hz, wanted) => {
    expect(db(gainAt(aWeighting(RATE), hz, RATE))).toBeCloseTo(wanted, 0);
  });

  test("K is what BS.1770 prints for 48 kHz", () => {
    const [shelf, pass] = kWeighting(RATE);
    expect(shelf?.b[0]).toBeCloseTo(1.53512485958697, 3);
    expect(shelf?.a[0]).toBeCloseTo(-1.69065929318241, 3);
    expect(pass?.a[0]).toBeCloseTo(-1.99004745483398, 5);
  });
});

describe("limiter", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("nothing is above the ceiling, seed %i", (seed) => {
    const samples = noise(20_000, seed);
    blocks(samples, (block) => new Limiter(RATE, 0.5).process(block), 20_000);
    expect(peak(samples)).toBeLessThanOrEqual(0.5);
  });

  test("it comes down on a ramp, before the peak leaves: nothing is cut off", () => {
    const samples = new Float32Array(4800).fill(0.25);
    samples[2400] = 2;
    const limiter = new Limiter(RATE, 0.5, 0.005);
    limiter.process(samples);
    const held = 240;
    expect(samples[2400 + held]).toBeCloseTo(0.5, 3);
    for (let i = 300; i < 2400 + held; i += 1) {
      expect(Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0))).toBeLessThan(0.002);
    }
  });

  test("what is below the ceiling comes out as it was, later by the look-ahead", () => {
    const samples = sine(0.1, 0.4);
    const before = samples.slice();
    new Limiter(RATE, 0.5, 0.005).process(samples);
    expect([...samples.subarray(240, 260)]).toEqual([...before.subarray(0, 20)]);
  });

  test("it lets go again", () => {
    const limiter = new Limiter(RATE, 0.5, 0.005, 0.1);
    limiter.process(sine(0.2, 2));
    expect(limiter.gain).toBeLessThan(0.3);
    limiter.process(sine(1, 0.1));
    expect(limiter.gain).toBeGreaterThan(0.99);
  });

  test("a sample that is no number is silence", () => {
    const samples = new Float32Array(600).fill(NaN);
    new Limiter(RATE, 0.5).process(samples);
    expect(peak(samples)).toBe(0);
  });
});

describe("normaliser", () => {
  const loudnessAfter = (level: number) => {
    const normaliser = new Normaliser(RATE);
    blocks(sine(12, level), (block) => normaliser.process(block));
    return normaliser.loudness + normaliser.gainDb;
  };

  test.each([0.02, 0.05, 0.3, 0.7])("speech at %d of full scale reaches the target", (level) => {
    expect(loudnessAfter(level)).toBeCloseTo(TARGET_LUFS, 0);
  });

  test("a full-scale sine at 1 kHz is -3 LUFS", () => {
    const normaliser = new Normaliser(RATE);
    blocks(sine(2), (block) => normaliser.process(block));
    expect(normaliser.loudness).toBeCloseTo(-3, 0);
  });

  test("a pause pumps nothing up", () => {
    const normaliser = new Normaliser(RATE);
    blocks(sine(5, 0.1), (block) => normaliser.process(block));
    const before = normaliser.gainDb;
    blocks(new Float32Array(RATE * 10), (block) => normaliser.process(block));
    expect(Math.abs(normaliser.gainDb - before)).toBeLessThan(2);
  });
});

describe("exposure", () => {
  const sineOf = (seconds: number) => ({ seconds, meanSquareA: 0.5, peak: 1 });

  test("a full-scale sine is what full scale is assumed to be", () => {
    expect(leqDb(expose(NONE, sineOf(60)), 100)).toBeCloseTo(100);
  });

  test("85 dB for eight hours is the whole dose, 88 for four", () => {
    expect(dose(expose(NONE, sineOf(8 * 3600)), 85)).toBeCloseTo(1);
    expect(dose(expose(NONE, sineOf(4 * 3600)), 88)).toBeCloseTo(1);
  });

  test("what is left goes down with the time listened", () => {
    expect(remainingS(expose(NONE, sineOf(2 * 3600)), 85)).toBeCloseTo(6 * 3600);
    expect(remainingS(expose(NONE, sineOf(9 * 3600)), 85)).toBe(0);
  });

  test("silence counts for nothing", () => {
    expect(leqDb(NONE, 100)).toBe(-Infinity);
    expect(dose(expose(NONE, { seconds: 60, meanSquareA: 0, peak: 0 }), 100)).toBe(0);
  });
});

test("the guard reports the A-weighted level of what it lets through", () => {
  const guard = new Guard(RATE);
  blocks(sine(2, 0.3), (block) => guard.process(block));
  const report = guard.report(1);
  expect(report?.seconds).toBeCloseTo(2);
  expect(report?.meanSquareA).toBeCloseTo(0.3 ** 2 / 2, 3);
  expect(report?.limitedDb).toBe(0);
  expect(guard.report(1)).toBeNull();
});
