// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Invitation } from "../api/types";
import { session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

const items: Invitation[] = [];

/** Keeps invitations as the service does. */
await serve(async (asked) => {
  if (asked.method === "GET") return [200, { items }];
  const { label, voice } = (await asked.json()) as Invitation;
  const times = { created_at: "2026-01-01T09:00:00Z", expires_at: "2026-01-02T09:00:00Z" };
  items.push({ id: "i1", label, voice, ...times });
  return [201, { id: "i1", url: "https://hall.test/stage#i=token", expires_at: times.expires_at }];
});
const { Invitations } = await import("./Invitations");

test("an invitation says as whom the machines speak for its speaker", async () => {
  show(<Invitations session={session("live", "es")} />);
  await userEvent.type(screen.getByRole("textbox", { name: "For whom" }), "Dr. Silva");
  await userEvent.click(screen.getByRole("combobox", { name: "Machine voice" }));
  await userEvent.click(await screen.findByRole("option", { name: "Female voice" }));
  await userEvent.click(screen.getByRole("button", { name: "Create stage link" }));

  const row = await screen.findByText("Dr. Silva");
  expect(items.map(({ label, voice }) => [label, voice])).toEqual([["Dr. Silva", "female"]]);
  expect(row.closest("li")?.textContent).toMatch(/· Female voice/);
});
