// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useMediaSession } from "./useMediaSession";

type Handler = (() => void) | null;

/** What the phone's lock screen shows, and its keys. */
const lockScreen = {
  metadata: null as { title: string; artist: string; album: string } | null,
  playbackState: "none",
  keys: new Map<string, Handler>(),
  setActionHandler: (action: string, handler: Handler) => lockScreen.keys.set(action, handler),
};
const PLAYING = { title: "Español", artist: "Keynote · Hall A", album: "Summit", playing: true };

let done: string[];
const shown = (playing = true) =>
  renderHook(
    (given: { playing: boolean }) =>
      useMediaSession({
        ...PLAYING,
        ...given,
        onPlay: () => done.push("play"),
        onStop: () => done.push("stop"),
      }),
    { initialProps: { playing } },
  );

beforeEach(() => {
  done = [];
  Object.assign(globalThis, {
    MediaMetadata: function (this: object, of: object) {
      Object.assign(this, of);
    },
  });
  Object.defineProperty(navigator, "mediaSession", { configurable: true, value: lockScreen });
});
test("the lock screen tells the language, the session, the room and the event", () => {
  shown();
  expect(lockScreen.metadata).toEqual({
    title: "Español",
    artist: "Keynote · Hall A",
    album: "Summit",
  });
});

test("it tells whether it plays", () => {
  const { rerender } = shown(true);
  expect(lockScreen.playbackState).toBe("playing");
  rerender({ playing: false });
  expect(lockScreen.playbackState).toBe("paused");
});

test("its keys play and stop, until the page is left", () => {
  const { unmount } = shown();
  for (const key of ["play", "pause", "stop"]) lockScreen.keys.get(key)?.();
  expect(done).toEqual(["play", "stop", "stop"]);
  unmount();
  expect([...lockScreen.keys.values()]).toEqual([null, null, null]);
});

test("a browser without a lock screen plays all the same", () => {
  Reflect.deleteProperty(navigator, "mediaSession");
  expect(() => shown()).not.toThrow();
});
