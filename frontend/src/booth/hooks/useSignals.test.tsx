// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClientMessage } from "../../live/messages";
import { useSaid, useSignals } from "./useSignals";

let sent: string[];
const send = (message: ClientMessage) => {
  if (message.type === "signal") sent.push(`${message.kind} ${message.on ? "on" : "off"}`);
  return true;
};
const signals = () =>
  renderHook(
    ({ connected }) => {
      const shown = useSignals();
      useSaid(shown.signals, connected, send);
      return shown;
    },
    { initialProps: { connected: true } },
  );

beforeEach(() => {
  sent = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a signal is said once and taken back by the same key", () => {
  const { result } = signals();
  act(() => result.current.toggle("sound_unfit"));
  act(() => result.current.toggle("sound_unfit"));
  expect(sent).toEqual(["sound_unfit on", "sound_unfit off"]);
});

test("after a loss it is said again, because the service took it back", () => {
  const { result, rerender } = signals();
  act(() => result.current.toggle("sound_unfit"));
  rerender({ connected: false });
  rerender({ connected: true });
  expect(sent).toEqual(["sound_unfit on", "sound_unfit on"]);
});

test("what the organizer ended is not on any more, and can be said again", () => {
  const { result } = signals();
  act(() => result.current.toggle("sound_unfit"));
  act(() => result.current.drop("sound_unfit"));
  expect(result.current.signals).toEqual([]);
  act(() => result.current.toggle("sound_unfit"));
  expect(sent).toEqual(["sound_unfit on", "sound_unfit off", "sound_unfit on"]);
});

test("the speaker is asked to slow down for twenty seconds", () => {
  const { result } = signals();
  act(() => result.current.toggle("slow_down"));
  act(() => {
    vi.advanceTimersByTime(20_000);
  });
  expect(sent).toEqual(["slow_down on", "slow_down off"]);
  expect(result.current.signals).toEqual([]);
});
