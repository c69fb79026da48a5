import { expect, test } from "vitest";
import type { EventLine } from "../api/types";
import { liveFirst } from "./liveFirst";

const event = (slug: string, live: boolean, starts_at: string | null): EventLine => ({
  slug,
  title: slug,
  organization: { slug: "o", name: "O" },
  starts_at,
  ends_at: null,
  live,
});

test("events on air come first, then the soonest, then those without a date", () => {
  const events = [
    event("undated", false, null),
    event("later", false, "2030-02-01T00:00:00Z"),
    event("live", true, "2030-03-01T00:00:00Z"),
    event("soon", false, "2030-01-01T00:00:00Z"),
  ];
  expect(liveFirst(events).map(({ slug }) => slug)).toEqual(["live", "soon", "later", "undated"]);
});
