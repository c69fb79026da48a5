// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../testing/service";

let asked: number;
let refusal: string | null;

/** Tells the event's title with the number of the answer. */
await serve(() => {
  asked += 1;
  if (refusal) return [404, { code: refusal, message: "" }];
  return [200, { slug: "summit", title: `Summit ${asked}`, rooms: [] }];
});
const { useEvent } = await import("./useEvent");

const opened = (isLive: boolean) => renderHook(() => useEvent("summit", () => isLive));
/** The network keeps its own time; only the page's is ours. */
const until = async (reached: () => boolean) => {
  while (!reached()) await act(() => new Promise<void>((resolve) => setImmediate(resolve)));
};
const pass = async (ms: number) => {
  act(() => void vi.advanceTimersByTime(ms));
  for (let turn = 0; turn < 20; turn += 1) {
    await act(() => new Promise<void>((resolve) => setImmediate(resolve)));
  }
};

beforeEach(() => {
  [asked, refusal] = [0, null];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ["while nothing is live it asks every five seconds or so", false, 4200, 5800],
  ["while it is live it asks every twenty", true, 16_900, 23_100],
])("%s", async (_, isLive, notBeforeMs, afterMs) => {
  const { result } = opened(isLive);
  await until(() => result.current.event?.title === "Summit 1");
  await pass(notBeforeMs);
  expect(asked).toBe(1);
  await pass(afterMs - notBeforeMs);
  await until(() => result.current.event?.title === "Summit 2");
});

test("what a page wants to know soon it knows within a second, asked once", async () => {
  const { result } = opened(true);
  await until(() => result.current.event !== null);
  act(() => result.current.refresh());
  act(() => result.current.refresh());
  await pass(700);
  await until(() => result.current.event?.title === "Summit 2");
  expect(asked).toBe(2);
});

test("a network that is back is used at once", async () => {
  const { result } = opened(true);
  await until(() => result.current.event !== null);
  window.dispatchEvent(new Event("online"));
  await until(() => result.current.event?.title === "Summit 2");
});

test("an unknown event is told; what was known of one stays, and it asks on", async () => {
  const { result } = opened(false);
  await until(() => result.current.event !== null);
  refusal = "unknown_event";
  await pass(5800);
  await until(() => result.current.problem === "unknown_event");
  expect(result.current.event?.title).toBe("Summit 1");
  refusal = null;
  await pass(5800);
  await until(() => result.current.problem === null);
  expect(result.current.event?.title).toBe("Summit 3");
});

test("a page that was left asks no more", async () => {
  const { result, unmount } = opened(false);
  await until(() => result.current.event !== null);
  unmount();
  await pass(60_000);
  expect(asked).toBe(1);
});
