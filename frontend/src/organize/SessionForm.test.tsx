// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Event, Room, Session } from "../api/types";
import { language, session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

const asked: [string, string, unknown][] = [];
let silent: boolean;

/** An event whose engines speak Japanese besides: what it wishes for counts, not the install. */
await serve(async (request) => {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/api/languages" && silent) return [503, { code: "unavailable", message: "…" }];
  if (pathname === "/api/languages") {
    const targets = searchParams.get("event") === "summit" ? ["es", "ja"] : ["es"];
    const known = { en: targets, es: ["en"], ja: [] };
    return [
      200,
      { items: Object.entries(known).map(([tag, to]) => ({ ...language(tag), targets: to })) },
    ];
  }
  asked.push([request.method, pathname, await request.json()]);
  return [200, {}];
});
const { SessionForm } = await import("./SessionForm");

const event = { slug: "summit" } as Event;
const room = { slug: "hall-a" } as Room;
const shown = (known?: Session) =>
  show(
    <SessionForm
      event={event}
      room={room}
      {...(known ? { session: known } : {})}
      onCancel={() => undefined}
      onDone={() => Promise.resolve()}
    />,
  );

beforeEach(() => {
  asked.length = 0;
  silent = false;
});

test("languages that the event's own engines serve are offered", async () => {
  shown();
  await userEvent.type(await screen.findByRole("textbox", { name: /^Title/ }), "Keynote");
  await userEvent.click(screen.getByRole("combobox", { name: "Interpreted into" }));
  await userEvent.click(await screen.findByRole("option", { name: "ja · Japanese" }));
  await userEvent.click(screen.getByRole("button", { name: "Create session" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual([
    "POST",
    "/api/organize/rooms/summit/hall-a/sessions",
    { title: "Keynote", source_language: "en", starts_at: null, languages: ["ja"] },
  ]);
});

test("a session that was never on may get another language on its floor", async () => {
  shown(session("planned", "fr"));
  const title = await screen.findByRole("textbox", { name: /^Title/ });
  await userEvent.clear(title);
  await userEvent.type(title, "Opening");
  const source = screen.getByRole("combobox", { name: "Language spoken on stage" });
  await waitFor(() => expect(source).toHaveProperty("value", "en · English"));
  await userEvent.click(source);
  await userEvent.click(await screen.findByRole("option", { name: "es · Spanish" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual([
    "PATCH",
    "/api/sessions/s1",
    { title: "Opening", source_language: "es", starts_at: null },
  ]);
});

test("one that was on keeps it, and says so", async () => {
  shown({ ...session("ended", "fr"), started_at: "2026-01-01T00:00:00Z" });
  expect(await screen.findByRole("combobox", { name: "Language spoken on stage" })).toHaveProperty(
    "disabled",
    true,
  );
  screen.getByText(/^It was on already: its language stays\./);
});

test("a session is changed also while the languages cannot be read", async () => {
  silent = true;
  shown(session("planned", "fr"));
  expect((await screen.findByRole("status")).textContent).toMatch(/could not be reached/);
  await userEvent.type(screen.getByRole("textbox", { name: /^Title/ }), " 2");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual([
    "PATCH",
    "/api/sessions/s1",
    { title: "Keynote 2", source_language: "en", starts_at: null },
  ]);
  silent = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("status")).toBeNull());
});

test("a language that the engines know no more stays the floor's", async () => {
  shown({ ...session("planned", "fr"), source_language: language("so") });
  const source = await screen.findByRole("combobox", { name: "Language spoken on stage" });
  await userEvent.click(source);
  await screen.findByRole("option", { name: "en · English" });
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.[2]).toHaveProperty("source_language", "so");
});
