import { expect, test } from "vitest";
import type { OnAir } from "../live/messages";
import { bandOf, ticksOf } from "./timeline";

const change = (since_s: number, input: OnAir["input"], more: Partial<OnAir> = {}): OnAir => ({
  language: "es",
  input,
  who: "",
  name: "",
  reason: "taken",
  since_s,
  ...more,
});
const stretches = (...args: Parameters<typeof bandOf>) =>
  bandOf(...args).map(({ input, fromS, toS }) => [input, fromS, toS]);

test("each change lasts until the next of its channel, the last until now", () => {
  const timeline = [
    change(0, "machine"),
    change(30, "machine", { language: "de" }),
    change(60, "interpreter"),
    change(90, "machine"),
  ];
  expect(stretches(timeline, "es", { fromS: 0, toS: 100 })).toEqual([
    ["machine", 0, 60],
    ["interpreter", 60, 90],
    ["machine", 90, 100],
  ]);
});

test("the window cuts off what lies outside of it", () => {
  const timeline = [change(0, "machine"), change(60, "interpreter"), change(90, "machine")];
  expect(stretches(timeline, "es", { fromS: 70, toS: 85 })).toEqual([["interpreter", 70, 85]]);
});

test("a pause is a gap", () => {
  const timeline = [change(0, "machine"), change(50, "slate", { reason: "stopped" })];
  expect(stretches(timeline, "es", { fromS: 0, toS: 100 })).toEqual([["machine", 0, 50]]);
});

test("an axis has a few round moments", () => {
  expect(ticksOf(0, 600)).toEqual([0, 300, 600]);
  expect(ticksOf(125, 245)).toEqual([150, 180, 210, 240]);
  expect(ticksOf(0, 40_000).length).toBeLessThanOrEqual(8);
});
