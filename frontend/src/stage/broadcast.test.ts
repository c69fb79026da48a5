import { RoomEvent } from "livekit-client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import type { StageAdmission } from "../api/types";
import { FakeLiveKitRoom } from "../testing/livekit";
import { FakeTrack } from "../testing/media";
import { Broadcast, withSignal } from "./broadcast";

const slow = (language: string, on = true) => ({ kind: "slow_down" as const, language, on });

test("a signal stands until its booth takes it back, each booth's its own", () => {
  const both = withSignal(withSignal({}, slow("es"), 0), slow("de"), 0);
  expect(Object.keys(both)).toEqual(["slow_down/es", "slow_down/de"]);
  expect(Object.keys(withSignal(both, slow("es", false), 1000))).toEqual(["slow_down/de"]);
});

test("one that nobody took back goes by itself", () => {
  const old = withSignal({}, slow("es"), 0);
  expect(old["slow_down/es"]?.untilMs).toBe(30_000);
  expect(Object.keys(withSignal(old, slow("de"), 40_000))).toEqual(["slow_down/de"]);
});

describe("on the stage", () => {
  const admission = { url: "ws://media", token: "t" } as StageAdmission;
  let rooms: FakeLiveKitRoom[];
  let refusals: (Error | null)[];
  let unreachable: number;
  let entered: number;
  let captions: string[];
  let broadcast: Broadcast;

  const track = (name: string) => new FakeTrack(name) as unknown as MediaStreamTrack;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const phase = () => broadcast.state.phase;

  beforeEach(() => {
    vi.useFakeTimers();
    [rooms, refusals, unreachable, entered, captions] = [[], [], 0, 0, []];
    broadcast = new Broadcast(
      () => {
        entered += 1;
        const refusal = refusals.shift();
        return refusal ? Promise.reject(refusal) : Promise.resolve(admission);
      },
      (message) => captions.push(message.kind),
      () => {
        const made = new FakeLiveKitRoom();
        if (unreachable-- > 0) made.refusal = new Error("unreachable");
        rooms.push(made);
        return made.room;
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("a microphone is published as a lecture wants it, and its owner is on air", async () => {
    broadcast.start(track("desk"));
    expect(phase()).toBe("connecting");
    await pass(0);
    expect(phase()).toBe("on");
    expect(rooms[0]?.connects).toEqual([["ws://media", "t", { autoSubscribe: false }]]);
    expect(rooms[0]?.published.map(({ options }) => options)).toMatchObject([
      { source: "microphone", dtx: false, red: true, audioPreset: { maxBitrate: 64_000 } },
    ]);
  });

  test("a room that is lost is found again, and the time on stage goes on", async () => {
    broadcast.start(track("desk"));
    await pass(0);
    const { sinceMs } = broadcast.state;
    unreachable = 2;
    void rooms[0]?.disconnect();
    expect(phase()).toBe("reconnecting");
    await pass(10_000);
    expect([phase(), rooms.length, broadcast.state.sinceMs]).toEqual(["on", 4, sinceMs]);
    expect(rooms.map(({ connected }) => connected)).toEqual([false, false, false, true]);
  });

  test("what LiveKit mends by itself is said, and needs no other room", async () => {
    broadcast.start(track("desk"));
    await pass(0);
    rooms[0]?.tell(RoomEvent.SignalReconnecting);
    expect(phase()).toBe("reconnecting");
    rooms[0]?.tell(RoomEvent.Reconnected);
    expect([phase(), rooms.length]).toEqual(["on", 1]);
  });

  test("who is muted comes back muted, and is not heard for a moment", async () => {
    const desk = track("desk");
    broadcast.start(desk);
    await pass(0);
    broadcast.mute(true);
    void rooms[0]?.disconnect();
    await pass(1000);
    expect(rooms[1]?.published.map(({ enabled }) => enabled)).toEqual([false]);
    expect(rooms[1]?.own.done).toEqual(["mute"]);
    broadcast.mute(false);
    expect([desk.enabled, rooms[1]?.own.done]).toEqual([true, ["mute", "unmute"]]);
  });

  test("the service's no is final where it is about the invitation, and only there", async () => {
    refusals = [new ApiError(503, "unavailable", ""), new ApiError(401, "invitation_unknown", "")];
    broadcast.start(track("desk"));
    await pass(60_000);
    expect([entered, phase(), broadcast.state.code]).toEqual([2, "refused", "invitation_unknown"]);
  });

  test("another microphone takes over without leaving the stage", async () => {
    broadcast.start(track("desk"));
    await pass(0);
    broadcast.mute(true);
    const head = track("head");
    await broadcast.replace(head);
    expect([head.enabled, rooms.length]).toEqual([false, 1]);
    expect(rooms[0]?.own.done.slice(-3)).toEqual(["mute", "replace head", "mute"]);
  });

  test("who stops leaves, also while the way in was not found yet", async () => {
    broadcast.start(track("desk"));
    broadcast.stop();
    await pass(60_000);
    expect([phase(), rooms.length]).toEqual(["off", 0]);
    broadcast.start(track("desk"));
    await pass(0);
    broadcast.stop();
    await pass(60_000);
    expect([phase(), rooms.map(({ connected }) => connected)]).toEqual(["off", [false]]);
  });

  test("what is recognised, how the floor is and what booths ask for come from the room", async () => {
    broadcast.start(track("desk"));
    await pass(0);
    rooms[0]?.say("captions", { kind: "interim", id: 1, language: "en", text: "we" });
    rooms[0]?.say("state", { kind: "state", session: "paused" });
    rooms[0]?.say("signals", slow("es"));
    expect(captions).toEqual(["interim"]);
    expect(broadcast.state.message?.session).toBe("paused");
    expect(Object.keys(broadcast.state.signals)).toEqual(["slow_down/es"]);
  });
});
