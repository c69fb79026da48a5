// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LiveChannel } from "../live/messages";
import { LiveStore } from "../live/store";
import { language, session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

const asked: unknown[] = [];
await serve(async (request) => {
  asked.push(await request.json());
  return [200, {}];
});
const { FloorLanguage } = await import("./FloorLanguage");

beforeEach(() => asked.splice(0));
afterEach(cleanup);

const channels: LiveChannel[] = ["en", "fr"].map((tag) => ({
  language: language(tag),
  policy: "human_first",
  original: tag === "en",
  unmanned: "slate",
  stand_in_s: 6,
  turn_s: 1800,
  booth: null,
}));
const plan = (spoken: string, detects: boolean) => ({
  type: "plan" as const,
  session: session("live", "fr"),
  floor_language: language(spoken),
  detects_language: detects,
  channels,
});

function shown(spoken: string, detects: boolean) {
  const store = new LiveStore(0);
  store.receive({ ...plan(spoken, detects), type: "hello", now_s: 0, facts: {} }, 0);
  const run = async (action: () => Promise<unknown>) => Boolean(await action());
  show(<FloorLanguage store={store} session={session("live", "fr")} run={run} />);
  return store;
}
const select = () => screen.getByLabelText<HTMLSelectElement>("Spoken on the floor now");
const chosen = () => select().selectedOptions[0]?.textContent;

test("the organizer leaves the floor's language to detection, and takes it back", async () => {
  const store = shown("en", false);
  expect(chosen()).toBe("en");

  fireEvent.change(select(), { target: { value: "detect" } });
  await waitFor(() => expect(asked).toEqual([{ language: "", detect: true }]));
  act(() => store.receive(plan("en", true), 0));
  fireEvent.change(select(), { target: { value: "fr" } });
  await waitFor(() => expect(asked.slice(1)).toEqual([{ language: "fr", detect: false }]));
  act(() => store.receive(plan("fr", false), 0));
  fireEvent.change(select(), { target: { value: "en" } });
  await waitFor(() => expect(asked.slice(2)).toEqual([{ language: "", detect: false }]));
});

test("what was found out is told", () => {
  const store = shown("en", true);
  expect(chosen()).toBe("Found out from the sound: en");

  act(() => store.receive(plan("fr", true), 0));
  expect(chosen()).toBe("Found out from the sound: fr");
});
