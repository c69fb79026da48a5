// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Event, Room, Session, Status } from "../api/types";
import { session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

const idle = { engine: "", resting: [] };
let known: Session;
let refused: boolean;

/** Runs a session as the service does, or refuses to. */
await serve(({ method, url }) => {
  const { pathname } = new URL(url);
  if (pathname.endsWith("/status")) {
    const floor = { ...idle, owned: true, speaking: false, speakers: 0 };
    const status: Status = { session: known, floor, translation: idle, channels: [], troubles: [] };
    return [200, status];
  }
  if (method === "GET") return [200, { items: [] }];
  if (refused) return [409, { code: "wrong_state", message: "…" }];
  known = { ...known, state: "ended" };
  return [200, known];
});
const { SessionScreen } = await import("./SessionScreen");

const room: Room = { slug: "hall-a", name: "Hall A", current_session_id: null, sessions: [] };
const event = { slug: "summit", title: "Summit", rooms: [room] } as unknown as Event;

beforeEach(() => {
  known = { ...session("live", "es"), started_at: "2026-01-01T09:00:00Z" };
  refused = true;
  const onChange = () => Promise.resolve();
  show(<SessionScreen event={event} room={room} known={known} onChange={onChange} />);
});

const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const inDialog = () => within(screen.getByRole("dialog"));
const end = () => userEvent.click(inDialog().getByRole("button", { name: "End" }));

test("the focus goes into the form that changes it and comes back", async () => {
  await click("Change the session");
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Title" }));
  await click("Cancel");
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Change the session" })),
  );
});

test("a question says only what itself came to", async () => {
  await click("Pause");
  await screen.findByRole("alert");
  await click("End");
  expect(inDialog().queryByRole("alert")).toBeNull();
  await end();
  await inDialog().findByRole("alert");
  await userEvent.click(inDialog().getByRole("button", { name: "Cancel" }));
  await click("End");
  expect(inDialog().queryByRole("alert")).toBeNull();
});

test("when it is ended, the focus goes to its title", async () => {
  refused = false;
  await click("End");
  await end();
  const title = screen.getByRole("heading", { level: 1 });
  await waitFor(() => expect(document.activeElement).toBe(title));
});
