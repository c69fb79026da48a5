// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSound } from "../../testing/fakes";
import { FakeLoudspeaker, FakeTrack, withMedia } from "../../testing/media";
import { Output } from "./output";

let speaker: FakeLoudspeaker;
let told: string[];
let output: Output;

const elements = () => [...document.querySelectorAll("audio")];
/** Which sound the page's elements play, and which of them can be heard. */
const playing = () =>
  elements().map((element) => {
    const [track] = (element.srcObject as MediaStream | null)?.getTracks() ?? [];
    const name = (track as unknown as FakeTrack | undefined)?.deviceId ?? "nothing";
    return element.paused ? `${name} paused` : element.muted ? `${name} muted` : name;
  });
const sound = (name: string) => {
  const made = new FakeSound();
  made.mediaStreamTrack = new FakeTrack(name) as unknown as MediaStreamTrack;
  return made;
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "";
  withMedia();
  speaker = new FakeLoudspeaker();
  told = [];
  output = new Output();
  output.tell({
    onHeard: () => told.push("heard"),
    onBlocked: () => told.push("blocked"),
    onInterrupted: () => told.push("interrupted"),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a tap makes the one element, and a track sounds in it", async () => {
  output.unlock();
  expect(playing()).toEqual(["nothing"]);
  void output.play(sound("es"), false);
  await pass(0);
  expect([playing(), told]).toEqual([["es"], ["heard"]]);
});

test("it is heard with its first samples, not before", async () => {
  const silent = sound("es");
  silent.flows = false;
  void output.play(silent, false);
  await pass(1000);
  expect(told).toEqual([]);
  silent.flows = true;
  await pass(20);
  expect(told).toEqual(["heard"]);
});

test("a swap keeps the old sound until the new one is steady; then there is one element again", async () => {
  output.unlock();
  void output.play(sound("es"), false);
  await pass(0);
  const french = sound("fr");
  french.flows = false;
  void output.play(french, true);
  await pass(500);
  expect(playing()).toEqual(["es", "fr muted"]);
  french.flows = true;
  await pass(100);
  expect([playing(), told]).toEqual([["fr"], ["heard", "heard"]]);
});

test("a new sound that does not come in time is swapped in all the same", async () => {
  void output.play(sound("es"), false);
  await pass(0);
  const late = sound("fr");
  late.flows = false;
  void output.play(late, true);
  await pass(3100);
  expect(playing()).toEqual(["fr"]);
});

test("of two swaps at once the second one wins, and one element is left", async () => {
  void output.play(sound("es"), false);
  await pass(0);
  void output.play(sound("fr"), true);
  void output.play(sound("it"), true);
  expect(elements()).toHaveLength(2);
  await pass(3000);
  expect([playing(), told]).toEqual([["it"], ["heard", "heard"]]);
});

test("a browser that lets only the tapped element sound keeps that one", async () => {
  output.unlock();
  const [tapped] = elements();
  void output.play(sound("es"), false);
  await pass(0);
  speaker.allows = (element) => element === tapped || element.muted;
  void output.play(sound("fr"), true);
  await pass(200);
  expect([elements(), playing()]).toEqual([[tapped], ["fr"]]);
});

test("a browser that wants a tap is told of, and the tap helps", async () => {
  speaker.allows = () => false;
  const spanish = sound("es");
  void output.play(spanish, false);
  await pass(0);
  expect(told).toEqual(["blocked"]);
  speaker.allows = () => true;
  output.unlock();
  void output.play(spanish, false);
  await pass(0);
  expect([playing(), told]).toEqual([["es"], ["blocked", "heard"]]);
});

test("somebody else's pause is an interruption; our own and the end of a track are none", async () => {
  const spanish = sound("es");
  void output.play(spanish, false);
  await pass(0);
  elements()[0]?.pause();
  expect(told).toEqual(["heard", "interrupted"]);
  output.stop();
  void output.play(spanish, false);
  await pass(0);
  output.stop();
  expect(told).toEqual(["heard", "interrupted", "heard"]);
});

test("the next session sounds in the element of the first tap, without another one", async () => {
  output.unlock();
  const [tapped] = elements();
  void output.play(sound("first"), false);
  await pass(0);
  output.stop();
  expect(playing()).toEqual(["nothing paused"]);
  speaker.allows = (element) => element === tapped;
  output.unlock();
  void output.play(sound("second"), false);
  await pass(0);
  expect([elements(), playing(), told]).toEqual([[tapped], ["second"], ["heard", "heard"]]);
});
