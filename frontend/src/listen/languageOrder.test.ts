import { expect, test } from "vitest";
import type { Channel } from "../api/types";
import { findChannels, orderChannels } from "./languageOrder";

const channel = (tag: string, name: string, english_name = name, original = false): Channel => ({
  language: { tag, name, english_name, direction: "ltr" },
  original,
});
const CHANNELS = [
  channel("en", "English", "English", true),
  channel("it", "Italiano", "Italian"),
  channel("es", "Español", "Spanish"),
  channel("pt", "Português", "Portuguese"),
  channel("pt-BR", "Português (Brasil)", "Brazilian Portuguese"),
];
const ordered = (...preferred: string[]) =>
  orderChannels(CHANNELS, preferred).map(({ language }) => language.tag);

test("the browser's languages come first, in its order", () => {
  expect(ordered("it", "es-MX").slice(0, 2)).toEqual(["it", "es"]);
});

test("an exact match goes first, then the plain language, then other regions", () => {
  expect(ordered("pt-BR").slice(0, 2)).toEqual(["pt-BR", "pt"]);
  expect(ordered("pt-PT", "pt").slice(0, 2)).toEqual(["pt", "pt-BR"]);
});

test("the rest goes by name, the original last", () => {
  expect(ordered("ja")).toEqual(["es", "it", "pt", "pt-BR", "en"]);
});

test("the original comes first for those who speak it", () => {
  expect(ordered("en-GB")[0]).toBe("en");
});

test.each([
  ["espanol", ["es"]],
  ["Spanisch", ["es"]],
  ["portuguese", ["pt", "pt-BR"]],
  ["pt-br", ["pt-BR"]],
  ["klingon", []],
])("%s finds %j", (typed, tags) => {
  const german = (tag: string) => (tag === "es" ? "Spanisch" : "");
  expect(findChannels(CHANNELS, typed, german).map((c) => c.language.tag)).toEqual(tags);
});
