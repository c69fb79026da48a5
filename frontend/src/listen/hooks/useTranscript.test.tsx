// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { CaptionStore } from "../../common/captions/store";
import { session } from "../../testing/fakes";
import { serve } from "../../testing/service";

const LINES = 5;
const PAGE = 2;
const VOICE = { input: "machine", who: "Piper", name: "", reason: "started", since_s: 0 };

let asked: string[];
let broken: boolean;
let captions: CaptionStore;

beforeEach(() => {
  [asked, broken, captions] = [[], false, new CaptionStore()];
});

/** Five captions, two a page, newest page first. */
await serve(({ url }) => {
  const { searchParams } = new URL(url);
  const before = Number(searchParams.get("before_id") ?? LINES + 1);
  asked.push(`${searchParams.get("language") ?? ""} ${before}`);
  if (broken) return [503, { code: "unavailable", message: "" }];
  const ids = Array.from({ length: LINES }, (_, at) => at + 1).filter((id) => id < before);
  const items = ids.slice(-PAGE).map((id) => ({
    id,
    language: "es",
    text: `línea ${id}`,
    start_s: id,
    end_s: id + 1,
    skipped: null,
    by: "machine",
  }));
  return [200, { items, more: ids.length > PAGE, voices: [VOICE] }];
});
const { useTranscript } = await import("./useTranscript");

const read = (state: "live" | "paused" | "ended", tag = "es") =>
  renderHook(
    (at: { state: "live" | "paused" | "ended"; tag: string }) =>
      useTranscript(session(at.state, "es", "fr"), captions, at.tag),
    { initialProps: { state, tag } },
  );
const ids = (result: { current: ReturnType<typeof useTranscript> }) =>
  result.current.transcript.lines.map(({ id }) => id);

test("after the end the last page is there by itself, with whose voice it was", async () => {
  const { result } = read("ended");
  await waitFor(() => expect(ids(result)).toEqual([4, 5]));
  expect(result.current.transcript.more).toBe(true);
  expect(result.current.transcript.voices.map(({ who }) => who)).toEqual(["Piper"]);
});

test("while it is live the room brings captions, and nobody asks", async () => {
  const { rerender } = read("live");
  expect(asked).toEqual([]);
  rerender({ state: "paused", tag: "es" });
  await waitFor(() => expect(asked).toEqual(["es 6"]));
});

test("older ones come page by page, until the first", async () => {
  const { result } = read("ended");
  await waitFor(() => expect(ids(result)).toEqual([4, 5]));
  await act(() => result.current.loadOlder());
  expect([ids(result), result.current.transcript.more]).toEqual([[2, 3, 4, 5], true]);
  await act(() => result.current.loadOlder());
  expect([ids(result), result.current.transcript.more]).toEqual([[1, 2, 3, 4, 5], false]);
});

test("a reader who scrolls a lot asks for one page at a time", async () => {
  const { result } = read("ended");
  await waitFor(() => expect(ids(result)).toEqual([4, 5]));
  await act(() => Promise.all([result.current.loadOlder(), result.current.loadOlder()]));
  expect(asked).toEqual(["es 6", "es 4"]);
});

test("a page that does not come can be asked for again", async () => {
  const { result } = read("ended");
  await waitFor(() => expect(ids(result)).toEqual([4, 5]));
  broken = true;
  await act(() => result.current.loadOlder());
  expect(ids(result)).toEqual([4, 5]);
  broken = false;
  await act(() => result.current.loadOlder());
  expect(ids(result)).toEqual([2, 3, 4, 5]);
});

test("another language has its own lines", async () => {
  const { result, rerender } = read("ended");
  await waitFor(() => expect(ids(result)).toEqual([4, 5]));
  rerender({ state: "ended", tag: "fr" });
  await waitFor(() => expect(asked).toEqual(["es 6", "fr 6"]));
});
