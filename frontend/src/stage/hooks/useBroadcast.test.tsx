// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { LogLevel, setLogLevel } from "livekit-client";
import { beforeEach, expect, test } from "vitest";
import { CaptionStore } from "../../common/captions/store";
import { FakeTrack } from "../../testing/media";
import { serve } from "../../testing/service";

let asked: unknown[];
let refusal: string | null;

/** Lets whoever has an invitation onto a stage that cannot be reached. */
await serve(async (request) => {
  asked.push(await request.json());
  if (refusal) return [401, { code: refusal, message: "" }];
  return [200, { url: "ws://127.0.0.1:9", token: "t", room: "r", identity: "i" }];
});
const { useBroadcast } = await import("./useBroadcast");
setLogLevel(LogLevel.silent);

const microphone = () => new FakeTrack("desk") as unknown as MediaStreamTrack;

beforeEach(() => {
  [asked, refusal] = [[], null];
});

test("the invitation is what leads onto the stage", async () => {
  const { result } = renderHook(() => useBroadcast("a token", new CaptionStore()));
  expect(result.current.state.phase).toBe("off");
  act(() => result.current.broadcast.start(microphone()));
  await waitFor(() => expect(result.current.state.phase).toBe("reconnecting"));
  expect(asked[0]).toEqual({ invitation: "a token" });
});

test("a refusal is told with its reason", async () => {
  refusal = "invitation_unknown";
  const { result } = renderHook(() => useBroadcast("a token", new CaptionStore()));
  act(() => result.current.broadcast.start(microphone()));
  await waitFor(() => expect(result.current.state.code).toBe("invitation_unknown"));
  expect(result.current.state.phase).toBe("refused");
});

test("who leaves the page leaves the stage", async () => {
  const { result, unmount } = renderHook(() => useBroadcast("a token", new CaptionStore()));
  act(() => result.current.broadcast.start(microphone()));
  await waitFor(() => expect(asked.length).toBe(1));
  unmount();
  expect(result.current.broadcast.state.phase).toBe("off");
});
