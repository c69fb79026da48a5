// @vitest-environment jsdom
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Concept, Event } from "../../api/types";
import { language, session } from "../../testing/fakes";
import { concept, show, term } from "../../testing/workplace";

const GLOSSARY = "/api/events/summit/glossary";
const event = {
  slug: "summit",
  rooms: [{ slug: "a", name: "A", current_session_id: null, sessions: [session("planned", "es")] }],
} as unknown as Event;

let kept: Concept[] = [];
let Glossary: typeof import("./Glossary").Glossary;

const textOf = async (incoming: IncomingMessage) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};
/** Keeps a glossary as the service does, on loopback. */
async function answer(incoming: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(incoming.url ?? "", "http://service");
  if (pathname === "/api/languages") {
    return { items: ["en", "es"].map((tag) => ({ ...language(tag), targets: [] })) };
  }
  if (incoming.method === "GET") {
    const holds = (said: Concept) =>
      JSON.stringify(said.terms).includes(searchParams.get("q") ?? "");
    return { items: kept.filter(holds) };
  }
  if (incoming.method === "POST") {
    const put = JSON.parse(await textOf(incoming)) as Concept;
    const known = { ...put, concept: put.concept || `new-${kept.length}` };
    kept = [...kept.filter((each) => each.concept !== known.concept), known];
    return known;
  }
  kept = pathname === GLOSSARY ? [] : kept.filter((each) => !pathname.endsWith(each.concept));
  return null;
}
const server = createServer((incoming, outgoing) => {
  void answer(incoming).then((said) => {
    outgoing.writeHead(said === null ? 204 : 200, { "content-type": "application/json" });
    outgoing.end(said === null ? undefined : JSON.stringify(said));
  });
});

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal("location", { origin: `http://127.0.0.1:${port}` });
  ({ Glossary } = await import("./Glossary"));
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});
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
