// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Concept, Event } from "../../api/types";
import { language, session } from "../../testing/fakes";
import { serve } from "../../testing/service";
import { concept, show, term } from "../../testing/workplace";

const GLOSSARY = "/api/events/summit/glossary";
const event = {
  slug: "summit",
  rooms: [{ slug: "a", name: "A", current_session_id: null, sessions: [session("planned", "es")] }],
} as unknown as Event;

let kept: Concept[] = [];

/** Keeps a glossary as the service does. */
await serve(async (asked) => {
  const { pathname, searchParams } = new URL(asked.url);
  if (pathname === "/api/languages") {
    return [200, { items: ["en", "es"].map((tag) => ({ ...language(tag), targets: [] })) }];
  }
  if (asked.method === "GET") {
    const holds = (said: Concept) =>
      JSON.stringify(said.terms).includes(searchParams.get("q") ?? "");
    return [200, { items: kept.filter(holds) }];
  }
  if (asked.method === "POST") {
    const put = (await asked.json()) as Concept;
    const known = { ...put, concept: put.concept || `new-${kept.length}` };
    kept = [...kept.filter((each) => each.concept !== known.concept), known];
    return [200, known];
  }
  kept = pathname === GLOSSARY ? [] : kept.filter((each) => !pathname.endsWith(each.concept));
  return [204, null];
});
const { Glossary } = await import("./Glossary");

beforeEach(() => {
  kept = [
    concept("c1", term("en", "holding"), term("es", "grupo")),
    concept("c2", term("en", "dividend"), term("es", "dividendo")),
  ];
});

const button = (name: string) => screen.getByRole("button", { name });
const rows = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);

test("it is read, sorted, and searched when the typing rests", async () => {
  show(<Glossary event={event} />);
  await screen.findByText("2 entries");
  expect(rows()).toEqual(["endividendesdividendo", "enholdingesgrupo"]);
  const search = screen.getByLabelText("Search terms and notes");
  await userEvent.type(search, "grupo");
  await screen.findByText("1 entry found");
  expect(rows()).toEqual(["enholdingesgrupo"]);
  await userEvent.type(search, "s");
  await screen.findByText("No entry holds “grupos”.");
});

test("an entry is added, and the button has the focus again", async () => {
  show(<Glossary event={event} />);
  await screen.findByText("2 entries");
  await userEvent.click(button("Add entry"));
  await userEvent.keyboard("Acme");
  await userEvent.click(button("Save"));
  await screen.findByText("3 entries");
  await waitFor(() => expect(document.activeElement).toBe(button("Add entry")));
  expect(kept.at(-1)?.terms).toEqual([term("en", "Acme")]);
});

test("a language is taken from an entry, which stays where it was", async () => {
  show(<Glossary event={event} />);
  await screen.findByText("2 entries");
  await userEvent.click(button("Edit “holding”"));
  await userEvent.clear(screen.getByDisplayValue("grupo"));
  await userEvent.click(button("Save"));
  await waitFor(() => expect(rows()).toEqual(["endividendesdividendo", "enholding"]));
  await waitFor(() => expect(document.activeElement).toBe(button("Edit “holding”")));
});

test("clearing asks first, leaves nothing to search, and gives the heading the focus", async () => {
  show(<Glossary event={event} />);
  await screen.findByText("2 entries");
  await userEvent.click(button("Clear glossary"));
  const [, clear] = screen.getAllByRole("button", { name: "Clear glossary" });
  await userEvent.click(clear as HTMLElement);
  await screen.findByText(/^No entries yet/);
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Glossary" })),
  );
  expect(screen.queryByLabelText("Search terms and notes")).toBeNull();
});
