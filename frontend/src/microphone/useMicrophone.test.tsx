// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { withMedia, type FakeMicrophones } from "../testing/media";
import { useMicrophone } from "./useMicrophone";

let microphones: FakeMicrophones;

beforeEach(() => {
  localStorage.clear();
  microphones = withMedia();
});

const microphone = () => renderHook(() => useMicrophone());
const refuse = (name: string) => (microphones.refusal = new DOMException("", name));

test("it is asked for as it sounds, without cleaning", async () => {
  const { result } = microphone();
  expect(result.current.stream).toBeNull();
  await act(() => result.current.open());
  expect(microphones.asked).toEqual([
    {
      channelCount: 1,
      sampleRate: 48_000,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    },
  ]);
  expect(result.current.deviceId).toBe("desk");
  expect(result.current.devices.map(({ label }) => label)).toEqual(["Desk", "Headset"]);
});

test("another one replaces the first, which is let go of", async () => {
  const { result } = microphone();
  await act(() => result.current.open());
  act(() => result.current.choose("head"));
  await waitFor(() => expect(result.current.deviceId).toBe("head"));
  expect(microphones.given.map(({ readyState }) => readyState)).toEqual(["ended", "live"]);
});

test("what was chosen is remembered for the next time", async () => {
  const before = microphone();
  act(() => before.result.current.choose("head"));
  act(() => before.result.current.chooseNoisy(true));
  await waitFor(() => expect(microphones.given).toHaveLength(2));
  const { result } = microphone();
  await act(() => result.current.open());
  expect(microphones.asked.at(-1)).toMatchObject({
    deviceId: { exact: "head" },
    noiseSuppression: true,
  });
});

test("a remembered one that is not there today gives way to the usual one", async () => {
  const { result } = microphone();
  act(() => result.current.choose("head"));
  await waitFor(() => expect(result.current.deviceId).toBe("head"));
  delete microphones.labels.head;
  await act(() => result.current.open());
  expect([result.current.deviceId, result.current.problem]).toEqual(["desk", null]);
});

test.each([
  ["NotAllowedError", "denied"],
  ["NotFoundError", "none"],
  ["NotReadableError", "busy"],
  ["SecurityError", "insecure"],
])("%s: %s", async (name, problem) => {
  refuse(name);
  const { result } = microphone();
  await act(() => result.current.open());
  expect([result.current.stream, result.current.problem]).toEqual([null, problem]);
});

test("a page without https has none", async () => {
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: undefined });
  const { result } = microphone();
  await act(() => result.current.open());
  expect(result.current.problem).toBe("insecure");
});

test("a plug that is pulled is told, and the next try helps", async () => {
  const { result } = microphone();
  await act(() => result.current.open());
  act(() => microphones.given[0]?.unplug());
  expect([result.current.stream, result.current.problem]).toEqual([null, "unplugged"]);
  await act(() => result.current.open({ deviceId: "" }));
  expect([result.current.stream === null, result.current.problem]).toEqual([false, null]);
});

test("a microphone that is plugged in turns up in the list", async () => {
  const { result } = microphone();
  await act(() => result.current.open());
  microphones.labels.lapel = "Lapel";
  act(() => void microphones.dispatchEvent(new Event("devicechange")));
  await waitFor(() => expect(result.current.devices).toHaveLength(3));
});

test("a page that was left lets go of it", async () => {
  const { result, unmount } = microphone();
  await act(() => result.current.open());
  unmount();
  expect(microphones.given.map(({ readyState }) => readyState)).toEqual(["ended"]);
});
