import { expect, test } from "vitest";
import { lossBetween } from "./loss";

test("lost packets are among those sent, and not among those received", () => {
  const before = { packets: 100, lost: 1 };
  expect(lossBetween(before, { packets: 150, lost: 6 }, "sent")).toBe(0.1);
  expect(lossBetween(before, { packets: 145, lost: 6 }, "received")).toBe(0.1);
});

test("a new connection counts from zero and is not compared", () => {
  expect(lossBetween(null, { packets: 50, lost: 0 }, "sent")).toBeNull();
  expect(lossBetween({ packets: 900, lost: 9 }, { packets: 50, lost: 0 }, "sent")).toBeNull();
  expect(lossBetween({ packets: 50, lost: 0 }, { packets: 50, lost: 0 }, "sent")).toBeNull();
});

test("packets that come late after all are no negative loss", () => {
  expect(lossBetween({ packets: 100, lost: 5 }, { packets: 150, lost: 3 }, "received")).toBe(0);
});
