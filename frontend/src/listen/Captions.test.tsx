// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { EMPTY, hear, load, type Transcript } from "../common/captions/transcript";
import type { Voice } from "../common/captions/voices";
import type { AnyCaption, By } from "../common/captions/messages";
import { en } from "../i18n/catalogues/en";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import { language, session } from "../testing/fakes";
import { Captions } from "./Captions";

const STARTED = "2026-11-22T12:00:00Z";
const caption = (id: number, start_s: number, by: By, text: string): AnyCaption => ({
  id: by === "interpreter" ? `i${id}` : id,
  language: "es",
  text,
  start_s,
  end_s: start_s + 1,
  by,
});
const voice = (minutes: number, input: Voice["input"], who = "", name = ""): Voice => ({
  since_s: minutes * 60,
  input,
  who,
  name,
});

function shown(captions: AnyCaption[], voices: Voice[], ended = false) {
  const part = (transcript: Transcript) => (
    <TextsProvider texts={textsOf("en", "ltr", en)}>
      <Captions
        session={{ ...session("live", "es"), started_at: STARTED }}
        transcript={transcript}
        language={language("es")}
        ended={ended}
        textSize={1}
        onOlder={() => Promise.resolve()}
      />
    </TextsProvider>
  );
  const at = hear(load(EMPTY, captions, false), voices);
  const { rerender } = render(part(at));
  return {
    add: (...more: AnyCaption[]) => rerender(part(load(at, more, false))),
    read: () => [...screen.getByRole("log").querySelectorAll("p")].map((p) => p.textContent.trim()),
  };
}

const clock = (minutes: number) =>
  new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit" }).format(
    Date.parse(STARTED) + minutes * 60_000,
  );

test("who was on air from when on is told between the lines", () => {
  const { read } = shown(
    [caption(1, 5, "machine", "uno"), caption(1, 200, "interpreter", "dos")],
    [
      voice(0, "machine", "Piper 1.4"),
      voice(3, "interpreter", "a1", "Ann"),
      voice(4, "slate"),
      voice(5, "floor"),
    ],
  );
  expect(read()).toEqual([
    `${clock(0)}Machine voice · Piper 1.4`,
    "uno",
    `${clock(3)}Interpreter · Ann`,
    "Interpreter, as recogniseddos",
    `${clock(4)}No sound`,
    `${clock(5)}Original sound`,
  ]);
});

test("a machine's translation is marked as such while a human is on air", () => {
  const { read } = shown(
    [caption(1, 5, "machine", "uno"), caption(2, 70, "machine", "dos")],
    [voice(0, "machine", "Piper 1.4"), voice(1, "interpreter", "a1")],
  );
  expect(read()).toEqual([
    `${clock(0)}Machine voice · Piper 1.4`,
    "uno",
    `${clock(1)}Interpreter`,
    "Machine translationdos",
  ]);
});

test("after the end the transcript can be kept; before it there is none to keep", () => {
  shown([caption(1, 5, "machine", "uno")], [], true);
  const links = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "/api/sessions/s1/transcript.vtt?language=es",
    "/api/sessions/s1/transcript.json?language=es",
  ]);
  screen.getByRole("link", { name: "Download the transcript as WebVTT" });
});

test("while it is live there is nothing to download", () => {
  shown([caption(1, 5, "machine", "uno")], []);
  expect(screen.queryAllByRole("link")).toEqual([]);
});

test("pausing holds the text still, and going on catches up", async () => {
  const { add, read } = shown([caption(1, 5, "machine", "uno")], []);
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  add(caption(2, 8, "machine", "dos"));
  expect(read()).toEqual(["uno"]);
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  expect(read()).toEqual(["uno", "dos"]);
});
