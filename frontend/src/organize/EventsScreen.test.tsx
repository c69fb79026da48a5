// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Me, RoleName } from "../api/types";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

/** An organization without anything. */
await serve((asked) => {
  if (asked.url.endsWith("/members")) return [200, { yours: false, items: [], invitations: [] }];
  const known = { recognition: [], translation: [], speech: [] };
  return [200, { wishes: [], known, languages: [] }];
});
const { EventsScreen } = await import("./EventsScreen");

const nothing = () => Promise.resolve();
const shown = (role: RoleName) => {
  const organizations: Me["organizations"] = [{ slug: "acme", name: "Acme", role }];
  const me: Me = { signed_in: true, name: "Ann", email: "ann@x.org", organizations };
  show(<EventsScreen me={me} events={[]} onChange={nothing} onMe={nothing} />);
};

test("whoever organizes is asked to create an event; the form has the focus", async () => {
  shown("organizer");
  screen.getByText("No events yet");
  await userEvent.click(screen.getByRole("button", { name: "New event" }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Title" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "New event" })),
  );
});

test("whoever may not is told so, and offered nothing", () => {
  shown("interpreter");
  screen.getByText("Your role opens nothing here yet");
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByText("No events yet")).toBeNull();
});
