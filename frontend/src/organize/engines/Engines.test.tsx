// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { EngineWish } from "../../api/types";
import { language } from "../../testing/fakes";
import { serve } from "../../testing/service";
import { show } from "../../testing/workplace";

const known = {
  recognition: ["pocketsphinx", "whisper"],
  translation: ["apertium", "llm"],
  speech: ["elevenlabs", "espeak-ng", "piper"],
};
const usual = { chain: ["espeak-ng"], origin: "install" };

let wishes: EngineWish[] = [];
let refused: string | null = null;

/** Keeps wishes as the service does. */
await serve(async (asked) => {
  const { pathname } = new URL(asked.url);
  if (pathname === "/api/languages") {
    return [200, { items: ["es", "fr"].map((tag) => ({ ...language(tag), targets: [] })) }];
  }
  if (asked.method === "PUT") {
    if (refused)
      return [409, { code: "engine_unavailable", message: "…", values: { engine: refused } }];
    ({ wishes } = (await asked.json()) as { wishes: EngineWish[] });
  }
  const spoken = wishes.find(({ slot }) => slot === "speech");
  const speech = spoken ? { chain: spoken.chain, origin: "event" } : usual;
  const served = {
    event: "summit",
    language: language("es"),
    recognition: { ...usual, chain: [] },
  };
  return [200, { wishes, known, languages: [{ ...served, translation: null, speech }] }];
});
const { Engines } = await import("./Engines");

beforeEach(() => {
  refused = null;
  wishes = [{ slot: "speech", language: "", chain: ["piper", "espeak-ng"] }];
  show(<Engines scope={{ kind: "event", slug: "summit" }} title="Engines" events={[]} />);
});

const button = (name: string) => screen.getByRole("button", { name });
const choose = async (field: string, choice: string) => {
  const open = screen.queryByRole("option", { name: choice });
  if (!open) await userEvent.click(screen.getByRole("combobox", { name: field }));
  await userEvent.click(await screen.findByRole("option", { name: choice }));
};

test("what is wished, and what serves, is told in order", async () => {
  const table = await screen.findByRole("table");
  const cells = within(table).getAllByRole("cell");
  expect(cells.map(({ textContent }) => textContent)).toEqual([
    "none",
    "not needed",
    "PipereSpeak NGchosen for the event",
  ]);
});

test("engines are chosen for a language, the first choice first", async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Choose engines" }));
  await choose("Language", "fr · French");
  await choose("Engines, the first choice first", "ElevenLabs");
  await choose("Engines, the first choice first", "Piper");
  await userEvent.click(button("Save"));
  await waitFor(() => expect(wishes).toHaveLength(2));
  expect(wishes[1]).toEqual({ slot: "speech", language: "fr", chain: ["elevenlabs", "piper"] });
  await waitFor(() => expect(document.activeElement).toBe(button("Choose engines")));
});

test("a choice is changed in place, and one for the same is said to be replaced", async () => {
  await userEvent.click(
    await screen.findByRole("button", { name: "Change the engines for Speech, All languages" }),
  );
  await choose("Language", "es · Spanish");
  await userEvent.click(button("Save"));
  await waitFor(() => expect(wishes.map((wish) => wish.language)).toEqual(["es"]));
  await userEvent.click(button("Choose engines"));
  await choose("Language", "es · Spanish");
  await screen.findByText("This replaces what was chosen for this step and language.");
});

test("back to the usual engines", async () => {
  await userEvent.click(
    await screen.findByRole("button", {
      name: "Back to the usual engines for Speech, All languages",
    }),
  );
  await screen.findByText(/^Nothing of its own is chosen/);
  expect(wishes).toEqual([]);
});

test("what the service refuses is said, and nothing is lost", async () => {
  refused = "whisper";
  await userEvent.click(await screen.findByRole("button", { name: "Choose engines" }));
  await choose("Step", "Recognition");
  await choose("Engines, the first choice first", "Whisper");
  await userEvent.click(button("Save"));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toMatch(/^“Whisper” is not set up on this service\./);
  expect(button("Save")).toHaveProperty("disabled", false);
});
