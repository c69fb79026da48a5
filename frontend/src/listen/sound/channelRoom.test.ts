import { RoomEvent } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLiveKitRoom, type FakeParticipant } from "../../testing/livekit";
import { openRoom, type Sound } from "./channelRoom";

let livekit: FakeLiveKitRoom;
let sounds: (Sound | null)[];
let messages: string[];
let lost: number;

const open = (hear = false) =>
  openRoom(
    { url: "ws://media", token: "t", language: "es", hear },
    {
      onMessage: ({ kind }) => messages.push(kind),
      onSound: (sound) => sounds.push(sound),
      onLost: () => (lost += 1),
    },
    () => livekit.room,
  );
const wishes = (...people: FakeParticipant[]) => people.map(({ microphone }) => microphone.wishes);

beforeEach(() => {
  vi.useFakeTimers();
  [livekit, sounds, messages, lost] = [new FakeLiveKitRoom(), [], [], 0];
});
afterEach(() => {
  vi.useRealTimers();
});

test("nothing is subscribed to by itself, only what is to be heard", async () => {
  const channel = livekit.join("channel.es.1");
  const room = await open();
  expect(livekit.connects).toEqual([["ws://media", "t", { autoSubscribe: false, maxRetries: 0 }]]);
  expect(wishes(channel)).toEqual([[]]);
  room.hear(true);
  livekit.bring(channel);
  expect(wishes(channel)).toEqual([[true]]);
  expect(sounds.map((sound) => sound?.mediaStreamTrack)).toEqual([
    channel.microphone.media.mediaStreamTrack,
  ]);
});

test("what is wanted at once is asked for before the connection for sound is there", async () => {
  const channel = livekit.join("channel.es.1");
  let ready = (): void => undefined;
  livekit.media = new Promise((resolve) => (ready = resolve));
  const opening = open(true);
  expect(wishes(channel)).toEqual([[true]]);
  livekit.bring(channel);
  ready();
  const room = await opening;
  room.hear(true);
  expect([wishes(channel), sounds.length]).toEqual([[[true]], 1]);
});

test("sound that was let go of a moment ago is there at once when it is wanted again", async () => {
  const channel = livekit.join("channel.es.1");
  const room = await open(true);
  livekit.bring(channel);
  room.hear(false);
  room.hear(true);
  expect([wishes(channel), sounds.length]).toEqual([[[true, false, true]], 2]);
});

test("a sound has begun with the first frame that was played out", async () => {
  const channel = livekit.join("channel.es.1");
  await open(true);
  livekit.bring(channel);
  expect(sounds[0]?.hasBegun()).toBe(false);
  channel.microphone.sources = [{}];
  expect(sounds[0]?.hasBegun()).toBe(true);
});

test("a publisher who comes later is heard", async () => {
  const room = await open();
  room.hear(true);
  expect(sounds).toEqual([null]);
  const channel = livekit.join("channel.es.1");
  livekit.bring(channel);
  expect(sounds.length).toBe(2);
});

test("of two publishers the newer one is heard, and the older one let go of after an overlap", async () => {
  const [older, other] = [livekit.join("channel.es.1"), livekit.join("channel.fr.9")];
  const room = await open();
  room.hear(true);
  livekit.bring(older);
  const newer = livekit.join("channel.es.2");
  livekit.bring(newer);
  expect(sounds.at(-1)?.mediaStreamTrack).toBe(newer.microphone.media.mediaStreamTrack);
  await vi.advanceTimersByTimeAsync(1400);
  expect(wishes(older, newer, other)).toEqual([[true], [true], []]);
  await vi.advanceTimersByTimeAsync(200);
  expect(wishes(older, newer, other)).toEqual([[true, false], [true], []]);
});

test("the track of a publisher who was replaced meanwhile is not taken", async () => {
  const older = livekit.join("channel.es.1");
  const room = await open();
  room.hear(true);
  livekit.join("channel.es.2");
  livekit.bring(older);
  expect(sounds).toEqual([]);
});

test("when the newer one leaves, the older one is heard again; without any there is no sound", async () => {
  const [older, newer] = [livekit.join("channel.es.1"), livekit.join("channel.es.2")];
  const room = await open();
  room.hear(true);
  livekit.bring(newer);
  livekit.leave(newer);
  livekit.bring(older);
  expect(sounds.at(-1)?.mediaStreamTrack).toBe(older.microphone.media.mediaStreamTrack);
  livekit.leave(older);
  expect(sounds.at(-1)).toBeNull();
});

test("letting go of the sound ends every subscription, and captions still come", async () => {
  const channel = livekit.join("channel.es.1");
  const room = await open();
  room.hear(true);
  livekit.bring(channel);
  room.hear(false);
  expect(wishes(channel)).toEqual([[true, false]]);
  livekit.say("captions", { kind: "final", id: 1, language: "es", text: "hola" }, channel);
  expect(messages).toEqual(["final"]);
});

test("captions come from everybody, the state only from the newest", async () => {
  const [older, newer] = [livekit.join("channel.es.1"), livekit.join("channel.es.2")];
  await open();
  livekit.say("state", { kind: "state" }, older);
  livekit.say("captions", { kind: "interim" }, older);
  livekit.say("state", { kind: "state" }, newer);
  livekit.say("something else", { kind: "state" }, newer);
  expect(messages).toEqual(["interim", "state"]);
});

test("packets and samples are counted by the receiver's own report", async () => {
  const channel = livekit.join("channel.es.1");
  const room = await open();
  room.hear(true);
  livekit.bring(channel);
  expect(await sounds[0]?.count()).toBeNull();
  channel.microphone.stats = new Map<string, object>([
    ["codec", { type: "codec" }],
    ["rtp", { type: "inbound-rtp", packetsReceived: 12, totalSamplesReceived: 11520 }],
  ]);
  expect(await sounds[0]?.count()).toEqual({ packets: 12, samples: 11520 });
});

test("a lost connection is told once, an own farewell never", async () => {
  await open();
  livekit.tell(RoomEvent.Disconnected);
  expect(lost).toBe(1);
  livekit = new FakeLiveKitRoom();
  const room = await open();
  room.close();
  expect([livekit.connected, lost]).toEqual([false, 1]);
});

test("a room that cannot be reached is an error of whoever opens it", async () => {
  livekit.refusal = new Error("no way");
  await expect(open()).rejects.toThrow("no way");
});
