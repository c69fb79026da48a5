// @vitest-environment jsdom
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeAudioContext, FakeStream, heard, withMedia } from "../testing/media";
import { useLevel } from "./useLevel";

const stream = new FakeStream() as unknown as MediaStream;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const sine = (amplitude: number) =>
  new Float32Array(2048).map((_, i) => amplitude * Math.sin(i / 10));

function Probe({ of }: { of: MediaStream | null }) {
  const { bar, word } = useLevel(of);
  return (
    <div ref={bar} role="meter" aria-label="level" aria-valuenow={0}>
      {word}
    </div>
  );
}
const meter = () => screen.getByRole("meter");
const share = () => Number(meter().style.getPropertyValue("--level"));

beforeEach(() => {
  vi.useFakeTimers();
  withMedia();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the bar and the word follow what the microphone hears", async () => {
  heard.samples = () => sine(0.1);
  heard.spectrum = () => -60;
  render(<Probe of={stream} />);
  await pass(50);
  expect(meter().textContent).toBe("good");
  expect(share()).toBeCloseTo((60 - 23) / 60, 2);
  heard.samples = () => sine(1);
  await pass(50);
  expect(meter().textContent).toBe("clipping");
});

test("the bar falls slowly", async () => {
  heard.samples = () => sine(0.1);
  render(<Probe of={stream} />);
  await pass(50);
  const before = share();
  heard.samples = () => sine(0);
  await pass(100);
  expect(share()).toBeCloseTo(before - 0.04, 2);
  await pass(5000);
  expect(share()).toBe(0);
});

test("sound without high frequencies is muffled", async () => {
  heard.samples = () => sine(0.1);
  heard.spectrum = (hz) => (hz < 1500 ? -40 : -90);
  render(<Probe of={stream} />);
  await pass(3000);
  expect(meter().textContent).toBe("muffled");
});

test("without a microphone nothing is measured, and a page that was left lets go of it", () => {
  const { rerender, unmount } = render(<Probe of={null} />);
  expect([meter().textContent, FakeAudioContext.open]).toEqual(["waiting", 0]);
  rerender(<Probe of={stream} />);
  expect(FakeAudioContext.open).toBe(1);
  unmount();
  expect(FakeAudioContext.open).toBe(0);
});
