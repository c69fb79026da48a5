// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Invitation } from "../api/types";
import { session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

let items: Invitation[];
let refused: boolean;

/** Keeps invitations as the service does. */
await serve(async (asked) => {
  if (asked.method === "GET") return [200, { items }];
  if (refused) return [503, { code: "unavailable", message: "…" }];
  if (asked.method === "DELETE") {
    items = [];
    return [204, null];
  }
  const { label, voice } = (await asked.json()) as Invitation;
  const times = { created_at: "2026-01-01T09:00:00Z", expires_at: "2026-01-02T09:00:00Z" };
  items.push({ id: "i1", label, voice, ...times });
  return [201, { id: "i1", url: "https://hall.test/stage#i=token", expires_at: times.expires_at }];
});
const { Invitations } = await import("./Invitations");

beforeEach(() => {
  items = [];
  refused = false;
});

const make = async () => {
  show(<Invitations session={session("live", "es")} />);
  await userEvent.type(screen.getByRole("textbox", { name: "For whom" }), "Dr. Silva");
  await userEvent.click(screen.getByRole("combobox", { name: "Machine voice" }));
  await userEvent.click(await screen.findByRole("option", { name: "Female voice" }));
  await userEvent.click(screen.getByRole("button", { name: "Create stage link" }));
};

test("an invitation says as whom the machines speak for its speaker", async () => {
  await make();
  const row = await screen.findByText("Dr. Silva");
  expect(items.map(({ label, voice }) => [label, voice])).toEqual([["Dr. Silva", "female"]]);
  expect(row.closest("li")?.textContent).toMatch(/· Female voice/);
});

test("where no link can be made, what was chosen stays", async () => {
  refused = true;
  await make();
  await screen.findByRole("alert");
  expect(screen.getByRole("textbox", { name: "For whom" })).toHaveProperty("value", "Dr. Silva");
  const voice = screen.getByRole("combobox", { name: "Machine voice" });
  expect(voice).toHaveProperty("value", "Female voice");
});

test("a link is offered until it is withdrawn", async () => {
  await make();
  await screen.findByText("Dr. Silva");
  refused = true;
  await userEvent.click(screen.getByRole("button", { name: "Withdraw" }));
  await screen.findByRole("alert");
  screen.getByRole("link", { name: "https://hall.test/stage#i=token" });
  refused = false;
  await userEvent.click(screen.getByRole("button", { name: "Withdraw" }));
  await waitFor(() => expect(screen.queryByRole("link")).toBeNull());
});
