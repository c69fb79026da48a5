import { expect, test } from "vitest";
import { language, session } from "../testing/fakes";
import { parseServerMessage, type OnAir, type ServerMessage } from "./messages";
import { alarmsOf, factsOf, receive, sessionTimeS, UNKNOWN, type LiveState } from "./state";

const hello: ServerMessage = {
  type: "hello",
  now_s: 100,
  session: session("live", "es", "de"),
  channels: ["es", "de"].map((tag) => ({
    language: language(tag),
    policy: "human_first",
    original: false,
    turn_s: 1800,
    unmanned: "slate",
    stand_in_s: 6,
    booth: null,
  })),
  facts: { es: { owned: true, input: "machine", who: "espeak-ng" }, de: null },
};
const after = (...messages: ServerMessage[]): LiveState =>
  messages.reduce((state, message) => receive(state, message, 5000), UNKNOWN);
const onAir = (change: Partial<OnAir> = {}): ServerMessage => ({
  type: "on_air",
  language: "es",
  input: "interpreter",
  who: "a",
  name: "Ana",
  reason: "taken",
  since_s: 104,
  ...change,
});

test("a hello is everything anew, with missing facts filled in", () => {
  const state = after(onAir(), hello);
  expect(factsOf(state, "es")).toMatchObject({ input: "machine", holder: "", microphones: [] });
  expect(factsOf(state, "de").owned).toBe(false);
  expect(state.timeline).toEqual([]);
  expect(sessionTimeS(state, 7000)).toBe(102);
});

test("who is on air is known before the next report, and stays in the timeline", () => {
  const state = after(hello, onAir());
  expect(factsOf(state, "es")).toMatchObject({ owned: true, input: "interpreter", who: "a" });
  expect(state.timeline).toHaveLength(1);
});

test("what a message is not about keeps its identity", () => {
  const before = after(hello);
  const state = receive(before, onAir(), 5000);
  expect(state.facts["de"]).toBe(before.facts["de"]);
  expect(state.channels).toBe(before.channels);
});

test("a handover is there while it runs", () => {
  const handover = {
    type: "handover",
    language: "es",
    giver: "a",
    taker: "b",
    to_answer: "b",
    switch_s: null,
  } as const;
  const open = after(hello, { ...handover, stage: "open" });
  expect(factsOf(open, "es").handover?.to_answer).toBe("b");
  const declined = receive(open, { ...handover, stage: "declined" }, 5000);
  expect(factsOf(declined, "es").handover).toBeNull();
});

test("an alarm of the log and the same of the job are one", () => {
  const alarm = { type: "alarm", language: "es", who: "a", on: true, at_s: 90 } as const;
  const state = after(
    hello,
    { ...alarm, kind: "muted_talking" },
    { ...alarm, kind: "slow_down", who: "" },
    {
      type: "channel",
      language: "es",
      facts: { alarms: [{ kind: "muted_talking", who: "a", since_s: 91 }] },
    },
  );
  expect(alarmsOf(state, "es").map(({ kind }) => kind)).toEqual(["muted_talking", "slow_down"]);
  const over = receive(state, { ...alarm, kind: "slow_down", who: "", on: false }, 5000);
  expect(alarmsOf(over, "es")).toHaveLength(1);
  expect(alarmsOf(over, "de")).toEqual([]);
});

test("a chat message that comes twice is one", () => {
  const chat: ServerMessage = {
    type: "chat",
    id: "c1",
    from: { id: "a", name: "Ana", booth: "es" },
    to: "partner",
    text: "now?",
    at: "2026-01-01T10:00:00Z",
  };
  expect(after(hello, chat, chat).chat).toHaveLength(1);
});

test("a pong sets the clock in the middle of its round trip", () => {
  const state = receive(after(hello), { type: "pong", t: 5900, now_s: 101 }, 6000);
  expect(state.roundTripS).toBeCloseTo(0.1);
  expect(sessionTimeS(state, 6000)).toBeCloseTo(101.05);
});

test.each(["", "hola", "null", "[]", '{"type":"later"}', new Blob()])("%j is nothing", (frame) => {
  expect(parseServerMessage(frame)).toBeNull();
});
