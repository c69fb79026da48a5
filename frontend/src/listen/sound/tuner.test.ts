import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { admission, FakeOutput, FakeRoom, FakeSound } from "../../testing/fakes";
import { Tuner, type TunerParts } from "./tuner";

interface Given {
  answers?: (ApiError | null)[];
  sounds?: (FakeSound | null)[];
  /** The sound is there before the room is. */
  early?: boolean;
  /** A room takes a second to connect. */
  slow?: boolean;
  /** How many rooms cannot be reached at first. */
  unreachable?: number;
}

/** A tuner among fakes. What `answers` and `sounds` hold is used up first, in order. */
function set(given: Given = {}) {
  let unreachable = given.unreachable ?? 0;
  const admitted: string[] = [];
  const answers = given.answers ?? [];
  const sounds = given.sounds ?? [];
  const rooms: FakeRoom[] = [];
  const asked: string[] = [];
  let changes = 0;
  const output = new FakeOutput();
  const parts: TunerParts = {
    listen: (language) => {
      asked.push(language);
      const error = answers.shift();
      return error ? Promise.reject(error) : Promise.resolve(admission(language));
    },
    openRoom: ({ language }, handlers) => {
      if (unreachable-- > 0) return Promise.reject(new Error("unreachable"));
      const sound = sounds.length > 0 ? (sounds.shift() ?? null) : new FakeSound();
      const room = new FakeRoom(language, handlers, sound);
      if (given.early) room.hear(true);
      return new Promise((connected) => {
        const connect = () => {
          rooms.push(room);
          connected(room);
        };
        if (given.slow) setTimeout(connect, 1000);
        else connect();
      });
    },
    output,
    onAdmitted: (language) => admitted.push(language),
    onCaption: () => undefined,
    onState: () => undefined,
    onSessionChanged: () => (changes += 1),
    nowMs: () => Date.now(),
    random: () => 1,
  };
  const tuner = new Tuner(parts);
  tuner.open();
  return { tuner, rooms, asked, admitted, output, changes: () => changes };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("one tap leads to sound", async () => {
  const { tuner, output } = set();
  tuner.setSession("live");
  tuner.tune("es", true);
  expect(output.unlocked).toBe(1);
  await pass(500);
  expect(output.played.length).toBe(1);
  expect(tuner.state.phase).toBe("on");
});

test("sound that comes while the room is still being connected is played once", async () => {
  const { tuner, rooms, output } = set({ early: true });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(500);
  expect([rooms.length, output.played.length]).toEqual([1, 1]);
});

test("the service is asked before the page draws itself anew", () => {
  const { tuner, asked } = set();
  const seen: string[][] = [];
  tuner.setSession("live");
  tuner.subscribe(() => seen.push([...asked]));
  tuner.tune("es", true);
  expect(seen[0]).toEqual(["es"]);
});

test("what was said before is asked for when the connection is there, or failed", async () => {
  const { tuner, rooms, admitted } = set({ unreachable: 1 });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(0);
  expect([rooms.length, admitted]).toEqual([0, ["es"]]);
  await pass(2000);
  expect([rooms.length, admitted]).toEqual([1, ["es", "es"]]);
});

test("who only reads does not wait for the connection to read what was said before", async () => {
  const { tuner, rooms, admitted } = set({ slow: true });
  tuner.setSession("live");
  tuner.tune("es", false);
  await pass(0);
  expect([rooms.length, admitted]).toEqual([0, ["es"]]);
});

test("sound that was stopped while the room was being connected comes with the next tap", async () => {
  const { tuner, rooms, output } = set({ early: true, slow: true });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(500);
  tuner.stopSound();
  await pass(1000);
  expect([rooms.length, output.played.length]).toEqual([1, 0]);
  tuner.startSound();
  expect(rooms[0]?.hearing).toBe(true);
});

test("a session that is not live yet begins by itself", async () => {
  const { tuner, asked } = set();
  tuner.setSession("planned");
  tuner.tune("es", true);
  await pass(10_000);
  expect(asked).toEqual([]);
  tuner.setSession("live");
  await pass(500);
  expect(tuner.state.phase).toBe("on");
});

describe("switching language", () => {
  test("the old room plays on until the new one is heard", async () => {
    const { tuner, rooms, output } = set();
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(500);
    tuner.heard();
    tuner.tune("fr", true);
    await pass(100);
    expect(output.played.map(({ softly }) => softly)).toEqual([false, true]);
    expect(rooms.map(({ closed }) => closed)).toEqual([false, false]);
    tuner.heard();
    expect(rooms.map(({ closed }) => closed)).toEqual([true, false]);
  });

  test("a tap that is overtaken by another one leaves no room open", async () => {
    const { tuner, rooms } = set();
    tuner.setSession("live");
    tuner.tune("es", true);
    tuner.tune("fr", true);
    await pass(500);
    tuner.heard();
    const open = rooms.filter(({ closed }) => !closed).map(({ language }) => language);
    expect(open).toEqual(["fr"]);
  });
});

describe("when packets stop", () => {
  test("it says so within one and a half seconds", async () => {
    const sound = new FakeSound();
    const { tuner } = set({ sounds: [sound] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(1000);
    sound.flows = false;
    await pass(1500);
    expect(tuner.state.phase).toBe("reconnecting");
  });

  test("a new publisher in the same room is enough", async () => {
    const sound = new FakeSound();
    const { tuner, rooms, asked, output } = set({ sounds: [sound] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(1000);
    sound.flows = false;
    await pass(1500);
    rooms[0]?.publish(new FakeSound());
    await pass(500);
    expect(tuner.state.phase).toBe("on");
    expect(output.played.length).toBe(2);
    expect(asked).toEqual(["es"]);
  });

  test("without one it asks for another room", async () => {
    const sound = new FakeSound();
    const { tuner, rooms, asked } = set({ sounds: [sound] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(1000);
    sound.flows = false;
    await pass(5000);
    expect(asked).toEqual(["es", "es"]);
    expect(rooms.length).toBe(2);
    expect(tuner.state.phase).toBe("on");
  });

  test("it never gives up", async () => {
    const unreachable = Array.from({ length: 20 }, () => new ApiError(0, "unreachable", ""));
    const { tuner, rooms, asked } = set({ answers: [null, ...unreachable] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(1000);
    rooms[0]?.handlers.onLost();
    await pass(60_000);
    expect(tuner.state.phase).toBe("reconnecting");
    await pass(120_000);
    expect(asked.length).toBe(22);
    expect(tuner.state.phase).toBe("on");
  });

  test("a pause is not a failure", async () => {
    const sound = new FakeSound();
    const { tuner, asked } = set({ sounds: [sound] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(1000);
    sound.flows = false;
    tuner.setSession("paused");
    await pass(30_000);
    expect(asked).toEqual(["es"]);
    expect(tuner.state.phase).toBe("on");
  });
});

test("a language without a publisher is said to have no voice, and looked for ever less often", async () => {
  const { tuner, asked } = set({ sounds: Array.from({ length: 50 }, () => null) });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(5000);
  expect(tuner.state.voiceless).toBe(true);
  await pass(120_000);
  expect(asked.length).toBeLessThan(12);
});

describe("when the service lets nobody in", () => {
  const full = new ApiError(409, "full", "");

  test("it says why, keeps asking and goes on by itself", async () => {
    const { tuner } = set({ answers: [full, full, full] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(0);
    expect(tuner.state.refused).toBe("full");
    await pass(30_000);
    expect([tuner.state.refused, tuner.state.phase]).toEqual([null, "on"]);
  });

  test("it comes back no earlier than it was asked to", async () => {
    const later = new ApiError(429, "too_many", "", {}, 20);
    const { tuner, asked } = set({ answers: [later] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(20_000);
    expect([tuner.state.refused, asked.length]).toEqual(["too_many", 1]);
    await pass(2000);
    expect([tuner.state.refused, asked.length]).toEqual([null, 2]);
  });

  test("another failure than a refusal is not called one", async () => {
    const { tuner } = set({ answers: [full, new ApiError(0, "unreachable", "")] });
    tuner.setSession("live");
    tuner.tune("es", true);
    await pass(600);
    expect([tuner.state.refused, tuner.state.phase]).toEqual([null, "reconnecting"]);
  });
});

test("a language that is not offered any more ends it", async () => {
  const gone = new ApiError(404, "language_not_offered", "");
  const { tuner, rooms, asked, changes } = set({ answers: [null, gone] });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(1000);
  rooms[0]?.handlers.onLost();
  await pass(30_000);
  expect(tuner.state.gone).toBe(true);
  expect(changes()).toBe(1);
  expect(asked.length).toBe(2);
});

test("the end of the session closes the room", async () => {
  const { tuner, rooms, output } = set();
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(500);
  tuner.setSession("ended");
  expect(rooms[0]?.closed).toBe(true);
  expect(output.stopped).toBe(1);
  expect(tuner.state.phase).toBe("idle");
});

test("stopping the sound keeps the captions", async () => {
  const { tuner, rooms } = set();
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(500);
  tuner.stopSound();
  expect(rooms[0]?.hearing).toBe(false);
  expect(rooms[0]?.closed).toBe(false);
  tuner.startSound();
  await pass(500);
  expect(rooms[0]?.hearing).toBe(true);
  expect(rooms.length).toBe(1);
});

test("a first connection that brings nothing is not called a reconnection", async () => {
  const { tuner } = set({ sounds: [null, null] });
  tuner.setSession("live");
  tuner.tune("es", true);
  await pass(2900);
  expect(tuner.state.phase).toBe("connecting");
});
