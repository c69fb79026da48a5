import { describe, expect, test } from "vitest";
import type { ChannelFacts, Handover, MicrophoneFacts } from "../live/messages";
import { NO_FACTS } from "../live/state";
import { holdsIt, listensIn, viewOf, wishOf, type Gestures, type Scene } from "./handover";
import { airOf, isDouble, microphoneOf, partnerOf, partnerState } from "./situation";
import { mixOf, stepped, swapped, USUAL, withFront } from "./sound/mix";
import { hear, QUIET } from "./sound/talking";
import { isChimeDue, turnOf, type Turn } from "./turn";

const facts = (change: Partial<ChannelFacts> = {}): ChannelFacts => ({
  ...NO_FACTS,
  owned: true,
  input: "machine",
  ...change,
});
const microphone = (id: string, change: Partial<MicrophoneFacts> = {}): MicrophoneFacts => ({
  id,
  connected: true,
  muted: true,
  speaking: false,
  level_db: null,
  ...change,
});
const handover = (change: Partial<Handover> = {}): Handover => ({
  stage: "open",
  giver: "a",
  taker: "b",
  to_answer: "b",
  switch_s: null,
  ...change,
});

describe("situation", () => {
  const air = (change: Partial<ChannelFacts>, more = {}) =>
    airOf({ facts: facts(change), meId: "a", state: "live", connected: true, ...more });

  test.each([
    [{ input: "interpreter", who: "a" }, "me"],
    [{ input: "interpreter", who: "b" }, "partner"],
    [{ input: "machine" }, "machine"],
    [{ input: "floor" }, "floor"],
    [{ input: "slate" }, "slate"],
    [{ input: "" }, "starting"],
    [{ input: "", owned: false }, "lost"],
  ] as const)("%o is %s", (change, word) => {
    expect(air(change)).toBe(word);
  });

  test("nothing is claimed that is not known", () => {
    expect(air({ input: "interpreter", who: "a" }, { connected: false })).toBe("unknown");
    for (const state of ["planned", "paused", "ended"] as const) {
      expect(air({ input: "interpreter", who: "a" }, { state })).toBe(state);
    }
  });

  test.each([
    [{ there: false, muted: false, coughing: false }, "none"],
    [{ there: true, muted: true, coughing: true }, "muted"],
    [{ there: true, muted: false, coughing: true }, "cough"],
    [{ there: true, muted: false, coughing: false }, "open"],
  ] as const)("a microphone: %o is %s", (mic, word) => {
    expect(microphoneOf(mic)).toBe(word);
  });

  test("two live microphones of one booth are noticed, her own before the service tells", () => {
    const seen = facts({ microphones: [microphone("b", { muted: false }), microphone("a")] });
    expect(isDouble(seen, ["a", "b"], "a", "open")).toBe(true);
    expect(isDouble(seen, ["a", "b"], "a", "muted")).toBe(false);
    expect(isDouble(seen, ["a"], "a", "open")).toBe(false);
    const gone = facts({ microphones: [microphone("b", { muted: false, connected: false })] });
    expect(isDouble(gone, ["a", "b"], "a", "open")).toBe(false);
  });

  test("the partner is the one on air, else one who is there", () => {
    const members = ["a", "b", "c"];
    expect(partnerOf(facts(), members, "a")).toBe("b");
    expect(partnerOf(facts({ microphones: [microphone("c")] }), members, "a")).toBe("c");
    expect(partnerOf(facts({ input: "interpreter", who: "b" }), members, "a")).toBe("b");
    expect(partnerOf(facts(), ["a"], "a")).toBeNull();
  });

  test("the partner's microphone in a word", () => {
    const seen = (change: Partial<ChannelFacts>) => partnerState(facts(change), "b");
    expect(seen({})).toBe("away");
    expect(seen({ microphones: [microphone("b")] })).toBe("ready");
    expect(seen({ microphones: [microphone("b", { muted: false })] })).toBe("open");
    expect(seen({ microphones: [microphone("b")], input: "interpreter", who: "b" })).toBe("on-air");
  });
});

describe("handover", () => {
  const scene = (change: Partial<ChannelFacts>, meId = "a"): Scene => ({
    language: "es",
    facts: facts(change),
    meId,
    partnerId: meId === "a" ? "b" : "a",
    countdownS: 10,
  });
  const wish = (gesture: Gestures, change: Partial<ChannelFacts>, meId?: string) =>
    wishOf(gesture, scene(change, meId));
  const mine = { input: "interpreter", who: "a", holder: "a" } as const;

  test("who holds gives, who does not asks, with one key", () => {
    expect(wish("hand_over", mine)).toEqual({
      language: "es",
      gesture: "offer",
      to: "b",
      countdownS: 10,
    });
    expect(wish("hand_over", mine, "b")).toMatchObject({ gesture: "ask", to: "a" });
    expect(wish("hand_over_now", mine)).toMatchObject({ gesture: "offer", countdownS: 0 });
  });

  test("the machine is a partner, in both directions", () => {
    expect(wish("machine", mine)).toMatchObject({ gesture: "offer", to: "machine" });
    expect(wish("machine", {})).toMatchObject({ gesture: "ask", to: "machine" });
    expect(wish("machine_now", mine)).toMatchObject({ gesture: "release" });
    expect(wish("machine_now", {})).toMatchObject({ gesture: "take" });
  });

  test("she still holds it while the machine stands in", () => {
    expect(holdsIt(facts({ input: "machine", holder: "a" }), "a")).toBe(true);
    expect(holdsIt(facts({ input: "machine" }), "a")).toBe(false);
  });

  test("only the one who is asked can answer; the same key as for handing over accepts", () => {
    const open = { ...mine, handover: handover() };
    expect(wish("accept", open, "b")).toEqual({ language: "es", gesture: "accept" });
    expect(wish("hand_over", open, "b")).toEqual({ language: "es", gesture: "accept" });
    expect(wish("accept", open)).toBeNull();
    expect(wish("decline", { ...mine, handover: handover({ stage: "counting" }) }, "b")).toBeNull();
  });

  test("either side can cancel, others cannot", () => {
    const counting = { ...mine, handover: handover({ stage: "counting", switch_s: 20 }) };
    expect(wish("cancel", counting)).toMatchObject({ gesture: "cancel" });
    expect(wish("cancel", counting, "b")).toMatchObject({ gesture: "cancel" });
    expect(wish("cancel", counting, "c")).toBeNull();
    expect(wish("cancel", mine)).toBeNull();
  });

  test("nobody there: nothing to hand over to", () => {
    expect(wishOf("hand_over", { ...scene(mine), partnerId: null })).toBeNull();
  });

  test("each side reads it in its own words", () => {
    const counting = facts({ handover: handover({ stage: "counting", switch_s: 20 }) });
    expect(viewOf(counting, "b", 13)).toEqual({ word: "taking", remainingS: 7, other: "a" });
    expect(viewOf(counting, "a", 25)).toEqual({ word: "giving", remainingS: 0, other: "b" });
    expect(viewOf(counting, "c", 13)?.word).toBe("others");
    expect(viewOf(facts({ handover: handover() }), "b", 0)?.word).toBe("to_answer");
    expect(viewOf(facts({ handover: handover() }), "a", 0)?.word).toBe("waiting");
    expect([listensIn(counting, "b"), listensIn(counting, "a")]).toEqual([true, false]);
  });
});

describe("mix", () => {
  const around = { own: "channel:es", prepare: false, listenIn: false } as const;
  const gains = (...args: Parameters<typeof mixOf>) => Object.fromEntries(mixOf(...args));

  test("the floor alone, then relay with the floor behind, swapped with one key", () => {
    expect(Object.keys(gains(USUAL, around))).toEqual(["floor"]);
    const relay = withFront(USUAL, "channel:en");
    expect(gains(relay, around)).toEqual({ "channel:en": 0.8 ** 3, floor: 0.25 ** 3 });
    expect(gains(swapped(relay), around)).toEqual({ floor: 0.8 ** 3, "channel:en": 0.25 ** 3 });
    expect(swapped(swapped(relay))).toEqual(relay);
  });

  test("taking over: the channel in front, the floor behind, whatever was chosen", () => {
    const mix = gains(withFront(USUAL, "channel:en"), { ...around, listenIn: true });
    expect(mix).toEqual({ "channel:es": 0.8 ** 3, floor: 0.25 ** 3 });
  });

  test("before that the channel is connected, and not heard", () => {
    expect(gains(USUAL, { ...around, prepare: true })["channel:es"]).toBe(0);
  });

  test("the monitor has its own volume", () => {
    expect(gains({ ...USUAL, monitor: true }, around)["channel:es"]).toBeCloseTo(0.4 ** 3);
  });

  test("a volume stays between nothing and all", () => {
    expect([stepped(0.98, 1), stepped(0.02, -1), stepped(0.5, 2)]).toEqual([1, 0, 0.6]);
  });
});

describe("talking while muted", () => {
  const after = (...levels: [forMs: number, db: number][]) => {
    let [state, nowMs] = [QUIET, 0];
    for (const [forMs, db] of levels) {
      for (const end = nowMs + forMs; nowMs < end; nowMs += 50) state = hear(state, nowMs, db);
    }
    return state.talking;
  };

  test("speech is noticed, with the gaps between its words", () => {
    expect(after([1000, -25])).toBe(true);
    expect(after([400, -25], [100, -55], [400, -25])).toBe(true);
  });

  test("a cough or a chair is no speech", () => {
    expect(after([300, -10], [2000, -65])).toBe(false);
  });

  test("it is over after two seconds of silence, not after a breath", () => {
    expect(after([1000, -25], [1000, -65])).toBe(true);
    expect(after([1000, -25], [2200, -65])).toBe(false);
  });
});

describe("turn", () => {
  const mine = { holder: "a", turn: { who: "a", since_s: 100, left_s: null } };
  const at = (nowS: number, change: Partial<ChannelFacts> = mine) =>
    turnOf(facts(change), nowS, 1800);
  const isDue = (before: Turn | null, now: Turn | null) => now !== null && isChimeDue(before, now);

  test("it goes on while the machine stands in, and is over with the one who holds", () => {
    const stoodIn = { ...mine, input: "machine", turn: { ...mine.turn, left_s: 300 } } as const;
    const expected = { who: "a", sinceS: 100, elapsedS: 300, ofS: 1800, over: false };
    expect(at(400, stoodIn)).toEqual(expected);
    expect(at(400, { ...stoodIn, holder: "" })).toBeNull();
    expect(at(400, {})).toBeNull();
  });

  test("the chime comes once, at the end of the turn", () => {
    expect(isDue(at(1899), at(1900))).toBe(true);
    expect(isDue(at(1900), at(1901))).toBe(false);
    expect(isDue(null, at(1901))).toBe(false);
    expect(isDue(at(1000), at(2500))).toBe(false);
  });

  test("another turn is another chime", () => {
    const next = { holder: "a", turn: { who: "a", since_s: 200, left_s: null } };
    expect(isDue(at(1899), at(2000, next))).toBe(false);
    expect(isDue(at(1999, next), at(2000, next))).toBe(true);
  });
});
