import { expect, test } from "vitest";
import { withSignal } from "./broadcast";

const slow = (language: string, on = true) => ({ kind: "slow_down" as const, language, on });

test("a signal stands until its booth takes it back, each booth's its own", () => {
  const both = withSignal(withSignal({}, slow("es"), 0), slow("de"), 0);
  expect(Object.keys(both)).toEqual(["slow_down/es", "slow_down/de"]);
  expect(Object.keys(withSignal(both, slow("es", false), 1000))).toEqual(["slow_down/de"]);
});

test("one that nobody took back goes by itself", () => {
  const old = withSignal({}, slow("es"), 0);
  expect(old["slow_down/es"]?.untilMs).toBe(30_000);
  expect(Object.keys(withSignal(old, slow("de"), 40_000))).toEqual(["slow_down/de"]);
});
