import { expect, test } from "vitest";
import { beginWatch, look, verdict, type Watch } from "./watchdog";

/** Looks every 250 ms from 0 on; each number is the count of packets then. */
const watched = (...counts: (number | null)[]): Watch =>
  counts.reduce((watch, count, i) => look(watch, (i + 1) * 250, count), beginWatch(0));

test("before the first packet it waits", () => {
  expect(verdict(watched(null, null, 0))).toBe("waiting");
});

test("growing counts flow", () => {
  expect(verdict(watched(10, 22, 35))).toBe("flowing");
});

test("a short gap is no stall", () => {
  expect(verdict(watched(10, 22, 22, 22, 22))).toBe("flowing");
});

test("a second without packets is a stall, noticed within one and a half", () => {
  expect(verdict(watched(10, 22, 22, 22, 22, 22))).toBe("stalled");
});

test("packets that come again flow again", () => {
  expect(verdict(watched(10, 22, 22, 22, 22, 22, 30))).toBe("flowing");
});

test("a count that began again from zero is a new connection, not a stall", () => {
  expect(verdict(watched(500, 512, 3))).toBe("flowing");
});

test("after two and a half seconds it is lost", () => {
  expect(verdict(look(watched(10, 22), 3000, 22))).toBe("lost");
});

test("a track that goes away stalls like one that is silent", () => {
  expect(verdict(watched(10, 22, null, null, null, null))).toBe("stalled");
});

test("when nothing ever comes it is lost too", () => {
  expect(verdict(look(beginWatch(0), 2500, null))).toBe("lost");
});

test("a page that slept looks again before it judges", () => {
  expect(verdict(look(watched(10, 22), 60_000, 3000))).toBe("flowing");
});
