// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { StageStatus } from "../api/types";
import { language, session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

let asked: unknown[] = [];
await serve(async (request) => {
  asked.push([new URL(request.url).pathname, await request.json()]);
  return [200, {}];
});
const { SpeakerVoice } = await import("./SpeakerVoice");

function shown(...tags: string[]) {
  asked = [];
  const status: StageStatus = {
    event: { slug: "e", title: "Conference" },
    room_name: "Hall A",
    session: session("live", ...tags),
    floor_language: language("en"),
    voice: "female",
  };
  let changed = 0;
  const changing = () => Promise.resolve(void (changed += 1));
  show(<SpeakerVoice invitation="i1" status={status} onChanged={changing} />);
  return { changed: () => changed };
}
const LABEL = "Machine voice for me";

test("a speaker says as whom the machines speak", async () => {
  const { changed } = shown("es");
  const select = screen.getByLabelText<HTMLSelectElement>(LABEL);
  expect([...select.options].map(({ text }) => text)).toEqual([
    "No preference",
    "Female voice",
    "Male voice",
  ]);
  expect(select.value).toBe("female");
  await userEvent.selectOptions(select, "Male voice");
  await waitFor(() => expect(changed()).toBe(1));
  expect(asked).toEqual([["/api/stage/voice", { invitation: "i1", voice: "male" }]]);
});

test("where nothing is interpreted nothing is asked", () => {
  shown();
  expect(screen.queryByLabelText(LABEL)).toBeNull();
});
