// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { Concept } from "../api/types";
import { language } from "../testing/fakes";
import { heard, withMedia } from "../testing/media";
import { serve } from "../testing/service";
import { term } from "../testing/workplace";

const glossary: { asked: string[]; concepts: Concept[] } = { asked: [], concepts: [] };
await serve((request) => {
  const { pathname, searchParams } = new URL(request.url);
  if (!pathname.endsWith("/glossary")) return [404, { code: "x", message: "x." }];
  const [source, target, after] = ["source", "target", "after"].map((at) => searchParams.get(at));
  glossary.asked.push(`${source}>${target}`);
  const from = glossary.concepts.findIndex(({ concept }) => concept === after) + 1;
  const items = glossary.concepts.slice(from, from + 1);
  return [200, { items, more: from + 1 < glossary.concepts.length }];
});
const { helloOf, report, showConsole } = await import("../testing/booth");

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  glossary.asked = [];
  glossary.concepts = [];
});

const holding = { owned: true, input: "interpreter", who: "ann", holder: "ann" } as const;
const region = (name: string) => screen.getByRole("region", { name });
const press = (code: string) => fireEvent.keyDown(window, { code });

describe("what other channels report", () => {
  const TAGS = ["es", ...Array.from({ length: 49 }, (_, at) => `l${at}`)];

  test("renders nothing in a booth: its own reports do, and what is read", () => {
    const { store, captions, renders } = showConsole({ tags: TAGS });
    for (let second = 0; second < 10; second += 1) {
      for (const tag of TAGS) {
        act(() => store.receive(report(tag, { level_db: -20 - second }), Date.now()));
      }
    }
    // It was 500 when the console read the whole store.
    expect(renders).toHaveLength(10);
    act(() => captions.receive({ kind: "interim", id: 1, language: "en", text: "we" }));
    expect(renders).toHaveLength(11);
  });
});

describe("retour", () => {
  const inRetour = helloOf(["es", "fr"], { en: holding });

  test("a page that is loaded while she is on air in the floor's channel works for that one", () => {
    const { asked } = showConsole({ hello: inRetour });
    expect(document.querySelector("[data-air]")?.getAttribute("data-air")).toBe("me");
    expect(screen.getByText("Retour: en")).toBeTruthy();
    press("KeyM");
    expect(asked).toMatchObject([{ language: "en", gesture: "offer", to: "machine" }]);
  });

  test("what she chose outlasts a reload", () => {
    const before = showConsole();
    press("KeyR");
    before.unmount();
    const { asked } = showConsole();
    press("KeyT");
    expect(asked).toEqual([{ language: "en", gesture: "take" }]);
  });

  test("without an assignment to a retour nothing of it is shown", () => {
    showConsole({ hello: inRetour, me: { retour: false } });
    expect(screen.queryByText("Retour: en")).toBeNull();
  });

  test("text and terms run from what the floor speaks into the channel she works for", async () => {
    glossary.concepts = [
      { concept: "1", terms: [term("es", "grupo"), term("en", "holding")] },
      { concept: "2", terms: [term("es", "acta"), term("en", "minutes")] },
    ];
    const spanish = helloOf(["es", "fr"], { en: holding }, { floor_language: language("es") });
    const { captions } = showConsole({ hello: spanish });
    act(() => {
      captions.receive({ kind: "interim", id: 1, language: "es", text: "el acta del grupo" });
      captions.receive({ kind: "interim", id: 1, language: "en", text: "the minutes" });
    });
    expect(within(region("Live text")).getByText("el acta", { exact: false })).toBeTruthy();
    expect(within(region("Machine")).getByText("the minutes")).toBeTruthy();
    // Two pages of the glossary.
    await waitFor(() => expect(region("Terms").textContent).toContain("minutes"));
    expect(region("Terms").textContent).toContain("holding");
    expect(glossary.asked).not.toContain("es>es");
  });
});

test("a glossary that changed is read again", async () => {
  const { store } = showConsole();
  await waitFor(() => expect(glossary.asked).toEqual(["en>es"]));
  glossary.concepts = [{ concept: "1", terms: [term("en", "holding"), term("es", "grupo")] }];
  const { session, channels } = store.state;
  if (!session) throw new Error("no session");
  act(() =>
    store.receive({ type: "plan", session, channels: [...channels], glossary: "new" }, Date.now()),
  );
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "hol" } });
  await waitFor(() => expect(region("Terms").textContent).toContain("grupo"));
});

test("the turn goes on over a stand-in, and the time since the change begins anew", () => {
  const turn = { who: "ann", since_s: -1100, left_s: null };
  const hello = helloOf(["es"], { es: { ...holding, since_s: 55, turn } });
  showConsole({ hello });
  const [air] = screen.getAllByRole("banner");
  expect(air?.textContent).toContain("ON AIR00:45");
  expect(air?.textContent).toContain("Turn 20:00 / 30:00");
});

describe("talking while muted", () => {
  const shown = (facts: Parameters<typeof report>[1]) => {
    withMedia();
    heard.samples = () => new Float32Array(2048).fill(0.5);
    const ear = new MediaStream();
    const hello = helloOf(["es"], { es: { owned: true, input: "machine", ...facts } });
    return showConsole({ hello, parts: { ear, microphone: { stream: ear } as never } });
  };

  test.each([
    ["holds the channel", holding],
    ["holds it while the machine stands in", { holder: "ann" }],
    ["was put on air by order", { forced: "ann" }],
  ])("is an alarm while she %s", async (_name, facts) => {
    const { sent } = shown(facts);
    await waitFor(() => expect(sent).toContainEqual({ type: "report", muted_talking: true }));
    expect(screen.getByText("You are talking, but your microphone is muted.")).toBeTruthy();
  });

  test("is none while nobody counts on her", async () => {
    const { sent } = shown({ input: "interpreter", who: "bob", holder: "bob" });
    await new Promise((resolve) => setTimeout(resolve, 1500)); // more than speech needs to be noticed
    expect(sent).toEqual([{ type: "report", muted_talking: false }]);
  });
});

test("a browser that keeps the sound back is named", () => {
  showConsole({ blocked: true });
  expect(screen.getByRole("alert").textContent).toContain("until you press a key");
});

test("the monitor's volume is on the keyboard", () => {
  showConsole();
  press("KeyO");
  fireEvent.keyDown(window, { code: "ArrowUp", altKey: true });
  expect(screen.getByRole<HTMLInputElement>("slider", { name: "Own channel" }).value).toBe("45");
});
