// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { LogLevel, setLogLevel } from "livekit-client";
import { beforeEach, expect, test } from "vitest";
import type { Session } from "../api/types";
import { admission, session } from "../testing/fakes";
import { FakeLoudspeaker, withMedia } from "../testing/media";
import { serve, type Answer } from "../testing/service";
import { show } from "../testing/workplace";

let sessions: Session[];
let asked: string[];
let refusal: Answer | null;

const talk = (id: string, state: Session["state"], ...tags: string[]): Session => ({
  ...session(state, ...tags),
  id,
  title: `Talk ${id}`,
});
const current = () => sessions.find(({ state }) => state !== "ended") ?? sessions.at(-1);

/** An event with one room; the media of its sessions cannot be reached. */
await serve(({ method, url }) => {
  const { pathname } = new URL(url);
  if (method === "POST") {
    const id = pathname.split("/")[3] ?? "";
    if (refusal) return refusal;
    const offered = sessions.find((each) => each.id === id)?.channels ?? [];
    asked.push(id);
    if (!offered.some(({ language: { tag } }) => tag === "es")) {
      return [404, { code: "language_not_offered", message: "" }];
    }
    return [200, { ...admission("es"), url: "ws://127.0.0.1:9" }];
  }
  if (pathname.endsWith("/captions")) return [200, { items: [], more: false, voices: [] }];
  const room = { slug: "hall", name: "Hall", current_session_id: current()?.id, sessions };
  return [200, { slug: "summit", title: "Summit", description: "", rooms: [room] }];
});
const { ListenPage } = await import("./ListenPage");
setLogLevel(LogLevel.silent);

/** The page asks for the event again. */
const look = () => window.dispatchEvent(new Event("online"));
const audio = () => [...document.querySelectorAll("audio")];

beforeEach(() => {
  asked = [];
  refusal = null;
  withMedia();
  new FakeLoudspeaker();
});

test("the next session goes on in the chosen language and in the element of the first tap", async () => {
  sessions = [talk("1", "live", "es"), talk("2", "planned", "es")];
  show(<ListenPage eventSlug="summit" roomSlug="hall" />);
  await userEvent.click(await screen.findByRole("radio", { name: /^es/ }));
  const [tapped, ...others] = audio();
  expect([tapped?.paused, others]).toEqual([false, []]);

  sessions = [talk("1", "ended", "es"), talk("2", "planned", "es")];
  look();
  await screen.findByText("This session has ended");
  await waitFor(() => expect([audio(), tapped?.paused]).toEqual([[tapped], true]));

  sessions = [talk("1", "ended", "es"), talk("2", "live", "es")];
  look();
  await screen.findByRole("heading", { name: "Talk 2" });
  await waitFor(() => expect(asked).toContain("2"));
  await waitFor(() => expect([audio(), tapped?.paused]).toEqual([[tapped], false]));
});

test("a language that was taken away and is offered again is tuned in again", async () => {
  sessions = [talk("1", "live", "es", "fr")];
  show(<ListenPage eventSlug="summit" roomSlug="hall" />);
  await userEvent.click(await screen.findByRole("radio", { name: /^es/ }));
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));

  sessions = [talk("1", "live", "fr")];
  await screen.findByText("This language is no longer offered. Please choose another one.");
  await screen.findByRole("radio", { name: /^fr/ });

  sessions = [talk("1", "live", "es", "fr")];
  const before = asked.length;
  look();
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
  await waitFor(() =>
    expect(document.querySelector("[data-state]")?.getAttribute("data-state")).toMatch(
      /connecting/,
    ),
  );
});

test.each([
  [409, "full", "Every place is taken right now"],
  [429, "too_many", "Too many people are joining at once"],
])(
  "who is refused (%i) reads why, and is let in later",
  async (status, code, sentence) => {
    sessions = [talk("1", "live", "es")];
    refusal = [status, { code, message: "" }];
    show(<ListenPage eventSlug="summit" roomSlug="hall" />);
    await userEvent.click(await screen.findByRole("radio", { name: /^es/ }));
    await screen.findByText(sentence);
    screen.getByText("This page keeps trying by itself.");

    refusal = null;
    await waitFor(() => expect(screen.queryByText(sentence)).toBeNull(), { timeout: 10_000 });
  },
  15_000,
);
