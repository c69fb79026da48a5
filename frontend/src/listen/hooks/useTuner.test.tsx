// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { LogLevel, setLogLevel } from "livekit-client";
import { beforeEach, expect, test } from "vitest";
import type { SessionState } from "../../api/types";
import { CaptionStore } from "../../common/captions/store";
import { admission, FakeSound, session } from "../../testing/fakes";
import { FakeLoudspeaker, withMedia } from "../../testing/media";
import { serve } from "../../testing/service";
import { Output } from "../sound/output";

const CAPTION = { id: 1, language: "es", text: "hola", start_s: 1, end_s: 2, skipped: null };
const VOICE = { input: "machine", who: "Piper", name: "", reason: "started", since_s: 0 };

let asked: string[];
let refusal: string | null;
let changes: number;
let captions: CaptionStore;
let speaker: FakeLoudspeaker;

/** Admits everybody to a room that cannot be reached; tells what was said before. */
await serve(async (request) => {
  if (request.method === "GET") return [200, { items: [CAPTION], more: false, voices: [VOICE] }];
  const { language } = (await request.json()) as { language: string };
  asked.push(language);
  if (refusal) return [409, { code: refusal, message: "" }];
  return [200, { ...admission(language), url: "ws://127.0.0.1:9" }];
});
const { useTuner } = await import("./useTuner");
setLogLevel(LogLevel.silent);

const tuned = (state: SessionState, output: Output | null = null) =>
  renderHook(
    (at: { state: SessionState }) =>
      useTuner(session(at.state, "es"), captions, { output, onSessionChanged: () => changes++ }),
    { initialProps: { state } },
  );

beforeEach(() => {
  [asked, refusal, changes, captions] = [[], null, 0, new CaptionStore()];
  withMedia();
  speaker = new FakeLoudspeaker();
});

test("what was said before is there for whoever comes in, also where no room is reached", async () => {
  const { result } = tuned("live");
  act(() => result.current.tuner.tune("es", false));
  expect(result.current.state.phase).toBe("connecting");
  await waitFor(() => expect(captions.of("es").lines.map(({ text }) => text)).toEqual(["hola"]));
  expect(captions.of("es").voices.map(({ who }) => who)).toEqual(["Piper"]);
});

test("a planned session is waited for, and begins by itself", async () => {
  const { result, rerender } = tuned("planned");
  act(() => result.current.tuner.tune("es", false));
  expect(asked).toEqual([]);
  rerender({ state: "live" });
  await waitFor(() => expect(asked).toEqual(["es"]));
});

test("a session that is in another state than was thought is asked about", async () => {
  refusal = "session_ended";
  const { result } = tuned("live");
  act(() => result.current.tuner.tune("es", false));
  await waitFor(() => expect(changes).toBe(1));
});

test("a network that is back, or a look at the page, ends the wait between two tries", async () => {
  const { result } = tuned("live");
  act(() => result.current.tuner.tune("es", false));
  // From here on more than a second would pass before the next one.
  await waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(3));
  const wakes: [EventTarget, string][] = [
    [window, "online"],
    [document, "visibilitychange"],
  ];
  for (const [target, event] of wakes) {
    const before = asked.length;
    const woken = () => {
      target.dispatchEvent(new Event(event));
      expect(asked.length).toBeGreaterThan(before);
    };
    await waitFor(woken, { timeout: 900 });
  }
});

test("what the output tells reaches whoever watches the tuner", async () => {
  const output = new Output();
  const { result } = tuned("live", output);
  act(() => result.current.tuner.tune("es", true));
  speaker.allows = () => false;
  await act(() => output.play(new FakeSound(), false));
  expect(result.current.state).toMatchObject({ soundWanted: true, blocked: true });
  speaker.allows = () => true;
  await act(() => output.play(new FakeSound(), false));
  expect(result.current.state).toMatchObject({ phase: "on", blocked: false });
});

test("a component that goes away leaves nothing running", async () => {
  const { result, unmount } = tuned("live");
  act(() => result.current.tuner.tune("es", false));
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  unmount();
  expect(result.current.tuner.state).toMatchObject({ language: null, phase: "idle" });
});
