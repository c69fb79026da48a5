import { expect, test } from "vitest";
import { brightness, judge, measure, meterShare, SILENT, type Level } from "./level";

const CLEAR_DB = -8;
const DARK_DB = -30;

/** Speech of so many looks, every fifth of them a consonant. */
const spoken = (level: Level, looks: number, consonantDb: number) =>
  Array.from({ length: looks }).reduce<Level>(
    (before, _, i) => judge(before, i * 50, -20, -8, i % 5 === 0 ? consonantDb : DARK_DB),
    level,
  );

test.each([
  ["nothing", -70, -60, "waiting"],
  ["a whisper", -48, -35, "quiet"],
  ["speech", -22, -8, "good"],
  ["shouting", -6, 0, "clipping"],
])("%s is %s dB: %s", (_name, rmsDb, peakDb, word) => {
  expect(judge(SILENT, 0, rmsDb, peakDb, CLEAR_DB).word).toBe(word);
});

test("a pause between words does not change the judgement", () => {
  const spoken = judge(SILENT, 0, -22, -8, CLEAR_DB);
  expect(judge(spoken, 2000, -70, -65, CLEAR_DB).word).toBe("good");
  expect(judge(spoken, 3500, -70, -65, CLEAR_DB).word).toBe("waiting");
});

test("clipping is said for two seconds", () => {
  const clipped = judge(SILENT, 0, -10, 0, CLEAR_DB);
  expect(judge(clipped, 1900, -20, -8, CLEAR_DB).word).toBe("clipping");
  expect(judge(clipped, 2100, -20, -8, CLEAR_DB).word).toBe("good");
});

test("the meter spans sixty decibels", () => {
  expect([-90, -60, -30, 0, 3].map(meterShare)).toEqual([0, 0, 0.5, 1, 1]);
});

test("a full-scale square wave measures 0 dB", () => {
  expect(measure(new Float32Array([1, -1, 1, -1]))).toEqual({ rmsDb: 0, peakDb: 0 });
});

test("speech without consonants is muffled, once two seconds of it were heard", () => {
  expect(spoken(SILENT, 39, DARK_DB).word).toBe("good");
  expect(spoken(SILENT, 40, DARK_DB).word).toBe("muffled");
  expect(spoken(SILENT, 400, CLEAR_DB).word).toBe("good");
});

test("a microphone that is covered is noticed, and uncovered it is good at once", () => {
  const covered = spoken(spoken(SILENT, 100, CLEAR_DB), 200, DARK_DB);
  expect(covered.word).toBe("muffled");
  expect(judge(covered, 20_000, -20, -8, CLEAR_DB).word).toBe("good");
});

test("what is too quiet to judge is not called muffled", () => {
  const quiet = Array.from({ length: 100 }).reduce<Level>(
    (before, _, i) => judge(before, i * 50, -45, -30, DARK_DB),
    SILENT,
  );
  expect(quiet.word).toBe("quiet");
});

test("brightness is the power of consonants against that of vowels", () => {
  const flat = new Float32Array(1024).fill(-60);
  const binHz = 48_000 / 2048;
  expect(brightness(flat, binHz)).toBeCloseTo(10 * Math.log10(4000 / 1300), 0);
  const dark = flat.map((db, bin) => (bin * binHz < 1500 ? db : db - 30));
  expect(brightness(dark, binHz)).toBeCloseTo(brightness(flat, binHz) - 30, 5);
  expect(brightness(new Float32Array(1024).fill(-Infinity), binHz)).toBe(0);
});
