// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StageStatus } from "../api/types";
import { language, session } from "../testing/fakes";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

let asked: unknown[] = [];
let status = 200;
await serve(async (request) => {
  asked.push([new URL(request.url).pathname, await request.json()]);
  return [status, status === 200 ? {} : { code: "unreachable", message: "No." }];
});
const { FloorLanguage } = await import("./FloorLanguage");

function shown(...tags: string[]) {
  asked = [];
  const known: StageStatus = {
    event: { slug: "e", title: "Conference" },
    room_name: "Hall A",
    session: session("live", ...tags),
    floor_language: language("en"),
    voice: "any",
  };
  let changed = 0;
  const changing = () => Promise.resolve(void (changed += 1));
  show(<FloorLanguage invitation="i1" status={known} onChanged={changing} />);
  return { changed: () => changed };
}
const select = () => screen.getByLabelText<HTMLSelectElement>("I speak");

test("a speaker says which of the session's languages is spoken", async () => {
  const { changed } = shown("es", "fr");
  expect([...select().options].map(({ value }) => value)).toEqual(["en", "es", "fr"]);
  expect(select().value).toBe("en");
  fireEvent.change(select(), { target: { value: "fr" } });
  await waitFor(() => expect(changed()).toBe(1));
  expect(asked).toEqual([["/api/stage/floor-language", { invitation: "i1", language: "fr" }]]);
});

test("what a speaker chose stands there while the service is told", async () => {
  const { changed } = shown("es", "fr");
  fireEvent.change(select(), { target: { value: "fr" } });
  expect(select().value).toBe("fr");
  await waitFor(() => expect(changed()).toBe(1));
});

test("what did not work is said", async () => {
  status = 503;
  const { changed } = shown("es");
  fireEvent.change(select(), { target: { value: "es" } });
  await waitFor(() => expect(screen.getByRole("alert")).toBeTruthy());
  expect(changed()).toBe(1);
});

test("where there is one language nothing is asked", () => {
  shown();
  expect(screen.queryByLabelText("I speak")).toBeNull();
});
