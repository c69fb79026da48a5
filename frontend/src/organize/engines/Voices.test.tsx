// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { EventVoice } from "../../api/types";
import { language } from "../../testing/fakes";
import { serve } from "../../testing/service";
import { show } from "../../testing/workplace";

const HERS: EventVoice = { engine: "piper", language: "es", gender: "female", voice: "es_ES-ana" };
let voices: EventVoice[] = [];
let refused = false;

/** Keeps voices as the service does. */
await serve(async (asked) => {
  if (new URL(asked.url).pathname === "/api/languages") {
    return [200, { items: ["es", "fr"].map((tag) => ({ ...language(tag), targets: [] })) }];
  }
  if (asked.method === "PUT") {
    if (refused) return [422, { code: "bad_voice", message: "…", values: { voice: "a b" } }];
    ({ voices } = (await asked.json()) as { voices: EventVoice[] });
  }
  return [200, { voices, engines: ["elevenlabs", "espeak-ng", "piper"] }];
});
const { Voices } = await import("./Voices");

beforeEach(() => {
  refused = false;
  voices = [HERS];
  show(<Voices event="summit" />);
});

const button = (name: string) => screen.getByRole("button", { name });
const choose = async (field: string, choice: string) => {
  await userEvent.click(screen.getByRole("combobox", { name: field }));
  await userEvent.click(await screen.findByRole("option", { name: choice }));
};
const open = async () =>
  userEvent.click(await screen.findByRole("button", { name: "Choose a voice" }));
const nameIt = (name: string) =>
  userEvent.type(screen.getByRole("textbox", { name: "Name of the voice" }), name);

test("a voice is chosen for an engine, a language and a kind of speaker", async () => {
  await open();
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Engine" }));
  await choose("Engine", "eSpeak NG");
  await choose("Language", "fr · French");
  await choose("Kind", "Male voice");
  expect(button("Save")).toHaveProperty("disabled", true);
  await nameIt("fr+m3");
  await userEvent.click(button("Save"));
  await waitFor(() => expect(voices).toHaveLength(2));
  expect(voices[1]).toEqual({
    engine: "espeak-ng",
    language: "fr",
    gender: "male",
    voice: "fr+m3",
  });
  await waitFor(() => expect(document.activeElement).toBe(button("Choose a voice")));
});

test("another voice for the same replaces it, and that is said before", async () => {
  await open();
  await choose("Engine", "Piper");
  await choose("Language", "es · Spanish");
  await choose("Kind", "Female voice");
  await screen.findByText("This replaces the voice that was chosen for the same.");
  await nameIt("es_ES-eva");
  await userEvent.click(button("Save"));
  await waitFor(() => expect(voices).toEqual([{ ...HERS, voice: "es_ES-eva" }]));
});

test("a voice is changed in place, and given up", async () => {
  const what = "Piper, Spanish, Female voice";
  await userEvent.click(
    await screen.findByRole("button", { name: `Change the voice for ${what}` }),
  );
  await choose("Kind", "For all speakers");
  await userEvent.click(button("Save"));
  const changed = "Piper, Spanish, For all speakers";
  await waitFor(() =>
    expect(document.activeElement).toBe(button(`Change the voice for ${changed}`)),
  );
  expect(voices).toEqual([{ ...HERS, gender: "any" }]);
  await userEvent.click(button(`Back to the usual voice for ${changed}`));
  await screen.findByText(/^No voice of its own is chosen/);
  expect(voices).toEqual([]);
});

test("what the service refuses is said, and nothing is lost", async () => {
  refused = true;
  await open();
  await nameIt("a b");
  await userEvent.click(button("Save"));
  expect((await screen.findByRole("alert")).textContent).toMatch(
    /^“a b” cannot be the name of a voice/,
  );
  expect(screen.getByRole("textbox", { name: "Name of the voice" })).toHaveProperty("value", "a b");
});
