import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

test("the first try waits for a moment at most", () => {
  expect(backoffMs(0, 0)).toBe(0);
  expect(backoffMs(0, 1)).toBe(300);
});

test("it doubles up to eight seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((tries) => backoffMs(tries, 1))).toEqual([
    600, 1200, 2400, 4800, 8000, 8000, 8000,
  ]);
});

test("it is spread over the upper half", () => {
  expect([0, 0.5, 1].map((random) => backoffMs(3, random))).toEqual([1200, 1800, 2400]);
});
