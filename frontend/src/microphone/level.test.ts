import { expect, test } from "vitest";
import { judge, measure, meterShare, SILENT } from "./level";

test.each([
  ["nothing", -70, -60, "waiting"],
  ["a whisper", -48, -35, "quiet"],
  ["speech", -22, -8, "good"],
  ["shouting", -6, 0, "clipping"],
])("%s is %s dB: %s", (_name, rmsDb, peakDb, word) => {
  expect(judge(SILENT, 0, rmsDb, peakDb).word).toBe(word);
});

test("a pause between words does not change the judgement", () => {
  const spoken = judge(SILENT, 0, -22, -8);
  expect(judge(spoken, 2000, -70, -65).word).toBe("good");
  expect(judge(spoken, 3500, -70, -65).word).toBe("waiting");
});

test("clipping is said for two seconds", () => {
  const clipped = judge(SILENT, 0, -10, 0);
  expect(judge(clipped, 1900, -20, -8).word).toBe("clipping");
  expect(judge(clipped, 2100, -20, -8).word).toBe("good");
});

test("the meter spans sixty decibels", () => {
  expect([-90, -60, -30, 0, 3].map(meterShare)).toEqual([0, 0, 0.5, 1, 1]);
});

test("a full-scale square wave measures 0 dB", () => {
  expect(measure(new Float32Array([1, -1, 1, -1]))).toEqual({ rmsDb: 0, peakDb: 0 });
});
