// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Event, Room } from "../api/types";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

await serve(() => [200, { items: [] }]);
const { RoomCard } = await import("./RoomCard");

const room: Room = { slug: "hall-a", name: "Hall A", current_session_id: null, sessions: [] };
const event = { slug: "summit", title: "Summit", rooms: [room] } as unknown as Event;

test.each([
  ["Rename the room Hall A", "Name"],
  ["New session", "Title"],
])("%s: the focus goes into the form and comes back", async (name, field) => {
  show(<RoomCard event={event} room={room} onChange={() => Promise.resolve()} />);
  await userEvent.click(screen.getByRole("button", { name }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: field }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name })));
});
