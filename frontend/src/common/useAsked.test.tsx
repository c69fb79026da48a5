// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import { useAsked } from "./useAsked";

let asked: number;
let failure: ApiError | null;
const ask = () => {
  asked += 1;
  return failure ? Promise.reject(failure) : Promise.resolve(`answer ${asked}`);
};
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const look = (visibilityState: DocumentVisibilityState) => {
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    value: visibilityState,
  });
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  [asked, failure] = [0, null];
  vi.useFakeTimers();
});
afterEach(() => {
  look("visible");
  vi.useRealTimers();
});

test("it asks at once, and again every so often", async () => {
  const { result } = renderHook(() => useAsked(ask, 5000));
  expect(result.current.answer).toBeNull();
  await pass(0);
  expect(result.current.answer).toBe("answer 1");
  await pass(5000);
  expect(result.current.answer).toBe("answer 2");
});

test("a failure is told, and what was known stays", async () => {
  const { result } = renderHook(() => useAsked(ask, 5000));
  await pass(0);
  failure = new ApiError(401, "sign_in", "");
  await pass(5000);
  expect([result.current.answer, result.current.problem]).toEqual(["answer 1", "sign_in"]);
  failure = null;
  await pass(5000);
  expect([result.current.answer, result.current.problem]).toEqual(["answer 3", null]);
});

test("a page that nobody looks at does not ask, and asks at once when it is looked at", async () => {
  renderHook(() => useAsked(ask, 5000));
  await pass(0);
  look("hidden");
  await pass(60_000);
  expect(asked).toBe(1);
  look("visible");
  await pass(0);
  expect(asked).toBe(2);
  await pass(5000);
  expect(asked).toBe(3);
});

test("without a pace it asks once, and when it is told to", async () => {
  const { result } = renderHook(() => useAsked(ask, null));
  await pass(60_000);
  expect(asked).toBe(1);
  await act(() => result.current.refresh());
  expect(result.current.answer).toBe("answer 2");
});

test("a page that was left does not ask", async () => {
  const { unmount } = renderHook(() => useAsked(ask, 5000));
  await pass(0);
  unmount();
  await pass(60_000);
  expect(asked).toBe(1);
});
