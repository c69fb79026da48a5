import { expect, test } from "vitest";
import { session } from "../testing/fakes";
import type { TunerState } from "./sound/tuner";
import { statusOf, voiceOf, whyOf } from "./status";

const tuner = (change: Partial<TunerState> = {}): TunerState => ({
  language: "es",
  soundWanted: true,
  phase: "on",
  blocked: false,
  voiceless: false,
  gone: false,
  refused: null,
  message: null,
  ...change,
});
const message = (change: Partial<NonNullable<TunerState["message"]>> = {}) => ({
  kind: "state" as const,
  session: "live" as const,
  floor: "speaking" as const,
  input: "machine" as const,
  who: "espeak-ng",
  lag_s: 1.4,
  publisher: "channel.es.7",
  ...change,
});

test.each([
  ["planned", session("planned", "es"), tuner({ phase: "connecting" }), true],
  ["paused", session("paused", "es"), tuner({ phase: "reconnecting" }), true],
  ["paused", session("live", "es"), tuner({ message: message({ session: "paused" }) }), true],
  ["paused", session("paused", "es"), tuner({ message: message() }), true],
  ["ended", session("ended", "es"), tuner(), true],
  ["ended", session("live", "es"), tuner({ message: message({ session: "ended" }) }), true],
  ["offline", session("live", "es"), tuner({ phase: "reconnecting" }), false],
  ["gone", session("live", "es"), tuner({ gone: true, phase: "idle" }), true],
  ["blocked", session("live", "es"), tuner({ blocked: true }), true],
  ["connecting", session("live", "es"), tuner({ phase: "connecting" }), true],
  ["reconnecting", session("live", "es"), tuner({ phase: "reconnecting" }), true],
  ["full", session("live", "es"), tuner({ refused: "full", phase: "connecting" }), true],
  ["too_many", session("live", "es"), tuner({ refused: "too_many", phase: "reconnecting" }), true],
  ["voiceless", session("live", "es"), tuner({ voiceless: true, phase: "reconnecting" }), true],
  ["voiceless", session("live", "es"), tuner({ message: message({ input: "slate" }) }), true],
  ["silent", session("live", "es"), tuner({ message: message({ floor: "silent" }) }), true],
  ["reading", session("live", "es"), tuner({ soundWanted: false }), true],
  ["live", session("live", "es"), tuner({ message: message() }), true],
])("%s", (status, of, state, online) => {
  expect(statusOf(of, state, online)).toBe(status);
});

test("the voice is known before the first message", () => {
  const [original, spanish] = session("live", "es").channels;
  expect([original, spanish].map((channel) => channel && voiceOf(channel, tuner()))).toEqual([
    "original",
    "machine",
  ]);
});

test("while nobody sounds, nobody's voice is claimed", () => {
  const [, spanish] = session("live", "es").channels;
  const slate = tuner({ message: message({ input: "slate" }) });
  expect(spanish && voiceOf(spanish, slate)).toBe("slate");
});

test.each([
  ["machine", { reason: "disconnected" }, "stands_in"],
  ["machine", { reason: "started" }, null],
  ["interpreter", { reason: "returned" }, null],
  ["floor", { reason: "floor_language" }, "floor_language"],
  ["floor", { reason: "policy" }, "unmanned"],
  ["interpreter", { sound_unfit: true }, "sound_unfit"],
] as const)("%s with %o: %s", (input, change, why) => {
  const [, spanish] = session("live", "es").channels;
  const heard = tuner({ message: message({ input, ...change }) });
  expect(spanish && whyOf(spanish, heard)).toBe(why);
  expect(spanish && voiceOf(spanish, heard)).toBe(input === "floor" ? "original" : input);
});

test("the original channel owes nobody an explanation for the original sound", () => {
  const [original] = session("live", "es").channels;
  expect(original && whyOf(original, tuner({ message: message({ input: "floor" }) }))).toBeNull();
});
