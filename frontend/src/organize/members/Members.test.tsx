// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { Member, Members as People } from "../../api/types";
import { serve } from "../../testing/service";
import { show } from "../../testing/workplace";

const person = (id: number, email: string, role: Member["role"], you = false): Member => ({
  id,
  name: "",
  email,
  role,
  you,
});

let people: People;
let refused: boolean;
const asked: [string, string, unknown][] = [];

/** Keeps people as the service does; the last owner stays. */
await serve(async (request) => {
  const { pathname } = new URL(request.url);
  const place = pathname.replace("/api/organize/organizations/acme/", "");
  if (request.method === "GET") return [200, people];
  const body = request.body ? ((await request.json()) as Record<string, string>) : null;
  asked.push([request.method, place, body]);
  if (place === "members" && body?.["email"] === "nobody@example.org")
    return [404, { code: "unknown_person", message: "Nobody …" }];
  if (place === "invitations" && refused) return [503, { code: "unavailable", message: "…" }];
  if (place === "invitations") {
    const made = { id: "i1", expires_at: "2031-01-01T00:00Z" };
    people.invitations.push({ ...made, role: "organizer", label: String(body?.["label"]) });
    return [201, { ...made, url: "https://x/organize/join/abc" }];
  }
  const owners = people.items.filter(({ role }) => role === "owner");
  if (place === "members/1" && owners.length === 1)
    return [409, { code: "last_owner", message: "An organization needs …" }];
  if (request.method === "DELETE") {
    people.items = people.items.filter(({ id }) => place !== `members/${id}`);
    people.invitations = people.invitations.filter(({ id }) => place !== `invitations/${id}`);
    return [204, null];
  }
  const changed = people.items.find(({ id }) => place === `members/${id}`);
  if (changed) changed.role = body?.["role"] as Member["role"];
  if (changed?.you) people.yours = changed.role === "owner";
  return [200, changed];
});
const { Members } = await import("./Members");

const onYou = vi.fn(() => Promise.resolve());
const shown = () => show(<Members organization={{ slug: "acme", name: "Acme" }} onYou={onYou} />);

beforeEach(() => {
  asked.length = 0;
  onYou.mockClear();
  refused = false;
  people = {
    yours: true,
    items: [person(1, "ann@x.org", "owner", true), person(2, "bob@x.org", "organizer")],
    invitations: [{ id: "i0", role: "auditor", label: "Carol", expires_at: "2031-01-01T00:00Z" }],
  };
});

const choose = async (field: HTMLElement, choice: string) => {
  await userEvent.click(field);
  await userEvent.click(await screen.findByRole("option", { name: choice }));
};

test("an owner sees everybody, and changes a role", async () => {
  shown();
  const rows = await screen.findAllByRole("listitem");
  expect(rows.map((row) => row.textContent.slice(0, 9))).toEqual([
    "ann@x.org",
    "bob@x.org",
    "CarolAudi",
  ]);
  await choose(screen.getByRole("combobox", { name: "Role of bob@x.org" }), "Owner");
  await waitFor(() => expect(asked).toEqual([["PATCH", "members/2", { role: "owner" }]]));
});

test("an owner who gives up the role sees no owner's choices any more", async () => {
  people.items = [person(1, "ann@x.org", "owner", true), person(2, "bob@x.org", "owner")];
  shown();
  await choose(await screen.findByRole("combobox", { name: "Role of ann@x.org" }), "Organizer");
  await waitFor(() => expect(onYou).toHaveBeenCalledOnce());
  await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("where somebody is gone, the focus goes to the heading", async () => {
  shown();
  await userEvent.click(await screen.findByRole("button", { name: "Remove bob@x.org" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Remove bob@x.org" }));
  await waitFor(() => expect(screen.queryByText("bob@x.org")).toBeNull());
  const heading = screen.getByRole("heading", { level: 2 });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test("what did not work before is not said in a dialog", async () => {
  shown();
  await choose(await screen.findByRole("combobox", { name: "Role of ann@x.org" }), "Organizer");
  await screen.findByRole("alert");
  await userEvent.click(screen.getByRole("button", { name: "Remove bob@x.org" }));
  expect(within(screen.getByRole("dialog")).queryByRole("alert")).toBeNull();
});

test("the last owner is told why she stays", async () => {
  shown();
  await userEvent.click(await screen.findByRole("button", { name: "Leave the organization" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Leave the organization" }));
  const alert = await within(dialog).findByRole("alert");
  expect(alert.textContent).toContain("needs an owner");
  expect(onYou).not.toHaveBeenCalled();
});

test("somebody is added by address, or told why not", async () => {
  shown();
  const address = await screen.findByRole("textbox", { name: /^E-mail address/ });
  await userEvent.type(address, "nobody@example.org");
  await userEvent.click(screen.getByRole("button", { name: "Add" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe(
    "Nobody here has an account with this address. Make a link instead.",
  );
  await userEvent.clear(address);
  await userEvent.type(address, "dan@x.org");
  await userEvent.click(screen.getByRole("button", { name: "Add" }));
  await waitFor(() =>
    expect(asked.at(-1)).toEqual(["POST", "members", { email: "dan@x.org", role: "organizer" }]),
  );
});

test("a link is shown once it is made, and can be withdrawn", async () => {
  shown();
  await userEvent.type(await screen.findByRole("textbox", { name: "For whom" }), "Dan");
  await userEvent.click(screen.getByRole("button", { name: "Make a link" }));
  await screen.findByRole("link", { name: "https://x/organize/join/abc" });
  expect(asked).toEqual([["POST", "invitations", { label: "Dan", role: "organizer" }]]);
  await userEvent.click(screen.getByRole("button", { name: "Withdraw the link for Carol" }));
  await waitFor(() => expect(asked.at(-1)).toEqual(["DELETE", "invitations/i0", null]));
  const heading = screen.getByRole("heading", { level: 2 });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  screen.getByRole("link", { name: "https://x/organize/join/abc" });
});

test("a link that is withdrawn is not offered any more", async () => {
  shown();
  await userEvent.type(await screen.findByRole("textbox", { name: "For whom" }), "Dan");
  await userEvent.click(screen.getByRole("button", { name: "Make a link" }));
  await screen.findByRole("link");
  await userEvent.click(screen.getByRole("button", { name: "Withdraw the link for Dan" }));
  await waitFor(() => expect(screen.queryByRole("link")).toBeNull());
});

test("where no link can be made, what was typed stays", async () => {
  refused = true;
  shown();
  const label = await screen.findByRole("textbox", { name: "For whom" });
  await userEvent.type(label, "Dan");
  await userEvent.click(screen.getByRole("button", { name: "Make a link" }));
  await screen.findByRole("alert");
  expect(label).toHaveProperty("value", "Dan");
});

test("who is no owner chooses nobody, and may leave", async () => {
  people = {
    ...people,
    yours: false,
    items: [person(1, "ann@x.org", "owner"), person(2, "bob@x.org", "organizer", true)],
  };
  shown();
  await screen.findByText("Organizer");
  expect(screen.queryByRole("combobox")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Leave the organization" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Leave the organization" }));
  await waitFor(() => expect(onYou).toHaveBeenCalledOnce());
  expect(asked).toEqual([["DELETE", "members/2", null]]);
});
