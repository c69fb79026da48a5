// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLoudspeaker, FakeStream, withMedia } from "../testing/media";
import { useTestRecording } from "./useTestRecording";

const microphone = () => new FakeStream() as unknown as MediaStream;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
let speaker: FakeLoudspeaker;
let players: HTMLAudioElement[];
let sinks: string[];

beforeEach(() => {
  vi.useFakeTimers();
  withMedia();
  speaker = new FakeLoudspeaker();
  [players, sinks] = [[], []];
  vi.stubGlobal("Audio", function () {
    const player = document.createElement("audio");
    players.push(player);
    return Object.assign(player, { setSinkId: (id: string) => Promise.resolve(sinks.push(id)) });
  });
  URL.createObjectURL = () => "blob:test";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("five seconds are recorded, then played, then it is done", async () => {
  const { result } = renderHook(({ of }) => useTestRecording(of), {
    initialProps: { of: microphone() },
  });
  act(() => result.current.start());
  expect(result.current.state).toBe("recording");
  await pass(4900);
  expect(result.current.state).toBe("recording");
  await pass(200);
  expect([result.current.state, players[0]?.paused, players[0]?.src]).toEqual([
    "playing",
    false,
    "blob:test",
  ]);
  act(() => void players[0]?.dispatchEvent(new Event("ended")));
  expect(result.current.state).toBe("done");
});

test("it plays where the headset is", async () => {
  const { result } = renderHook(({ of }) => useTestRecording(of, "headset"), {
    initialProps: { of: microphone() },
  });
  act(() => result.current.start());
  await pass(5100);
  expect(sinks).toEqual(["headset"]);
});

test("a browser that plays nothing does not leave the test hanging", async () => {
  speaker.allows = () => false;
  const { result } = renderHook(({ of }) => useTestRecording(of), {
    initialProps: { of: microphone() },
  });
  act(() => result.current.start());
  await pass(5100);
  expect(result.current.state).toBe("done");
});

test("who goes live, or takes another microphone, hears nothing of it any more", async () => {
  const { result, rerender } = renderHook(({ of }) => useTestRecording(of), {
    initialProps: { of: microphone() },
  });
  act(() => result.current.start());
  await pass(1000);
  act(() => result.current.cancel());
  expect(result.current.state).toBe("idle");
  await pass(10_000);
  expect([result.current.state, players[0]?.paused]).toEqual(["idle", true]);
  act(() => result.current.start());
  rerender({ of: microphone() });
  expect(result.current.state).toBe("idle");
});

test("without a microphone there is nothing to record", () => {
  const { result } = renderHook(() => useTestRecording(null));
  act(() => result.current.start());
  expect(result.current.state).toBe("idle");
});
