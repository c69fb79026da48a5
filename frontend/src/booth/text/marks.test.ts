import { expect, test } from "vitest";
import type { Concept } from "../../api/types";
import { marked } from "./marks";
import { entriesOf, searched, TermIndex } from "./termIndex";

const term = (language: string, text: string, note = "") => ({
  language,
  term: text,
  note,
  do_not_translate: false,
  pronunciation: "",
});
const CONCEPTS: Concept[] = [
  { concept: "1", terms: [term("en", "holding"), term("es", "grupo")] },
  { concept: "2", terms: [{ ...term("en", "Acme Holding"), do_not_translate: true }] },
  { concept: "3", terms: [term("en", "balance sheet", "accounting"), term("es", "balance")] },
  { concept: "4", terms: [term("en", "C++")] },
];
const ENTRIES = entriesOf(CONCEPTS, "en-GB", "es");
const TERMS = new TermIndex(ENTRIES);
const marks = (text: string, language = "en") =>
  marked(text, language, TERMS)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, text: hit }) => `${kind}: ${hit}`);

test.each([
  ["grew by 17.4 % in 2025", ["number: 17.4 %", "number: 2025"]],
  ["$ 3,500,000 or €12", ["number: $ 3,500,000", "number: €12"]],
  ["at 14:30, 5 km away", ["number: 14:30", "number: 5 km"]],
  ["the B2B model of Q3", []],
  ["grew by seventeen point four percent", ["number: seventeen point four percent"]],
  ["one thing and two more", ["number: two"]],
  ["two hundred and five people", ["number: two hundred and five"]],
])("numbers in “%s”", (text, found) => {
  expect(marks(text)).toEqual(found);
});

test.each([
  ["de", "um dreihundertfünfzig Millionen", ["number: dreihundertfünfzig Millionen"]],
  ["de", "um siebzehn Komma vier Prozent", ["number: siebzehn Komma vier Prozent"]],
  ["es", "creció treinta y cinco", ["number: treinta y cinco"]],
  ["fr", "deux cent mille euros", ["number: deux cent mille"]],
  ["ar", "بلغ ٣٥٪ هذا العام", ["number: ٣٥٪"]],
  ["ja", "17 と 二十", ["number: 17"]],
])("%s: %s", (language, text, found) => {
  expect(marks(text, language)).toEqual(found);
});

test("the longest term wins, whatever its case, and only as a whole word", () => {
  expect(marks("the ACME holding, a Holding, holdings")).toEqual([
    "term: ACME holding",
    "term: Holding",
  ]);
});

test("a term may hold any character and break over white space", () => {
  expect(marks("the balance  sheet in C++, all")).toEqual(["term: balance  sheet", "term: C++"]);
});

test.each([
  ["ja", "翻訳", "機械翻訳の結果", ["term: 翻訳"]],
  ["hi", "हिन्दी", "वह हिन्दी बोलता है", ["term: हिन्दी"]],
  ["hi", "हि", "वह हिन्दी बोलता है", []],
  ["ar", "القابضة", "شركة القابضة.", ["term: القابضة"]],
  ["en", ".NET", "on .NET, ASP.NET", ["term: .NET"]],
])("%s: %s in “%s”", (tag, source, text, found) => {
  const terms = new TermIndex(entriesOf([{ concept: "1", terms: [term(tag, source)] }], tag, "es"));
  const pieces = marked(text, tag, terms).filter(({ kind }) => kind === "term");
  expect(pieces.map(({ kind, text: hit }) => `${kind}: ${hit}`)).toEqual(found);
});

test("twenty thousand terms cost no more than the words of the text", () => {
  const concepts = Array.from({ length: 20_000 }, (_, at) => ({
    concept: `${at}`,
    terms: [term("en", `word${at} of a term`), term("es", `palabra${at}`)],
  }));
  const terms = new TermIndex(entriesOf(concepts, "en", "es"));
  const text = "nothing of it, but word17 of a term, in a sentence of twenty words or so ".repeat(
    5,
  );
  marked(text, "en", terms);
  const began = performance.now();
  for (let line = 0; line < 100; line += 1) {
    expect(marked(text, "en", terms).filter(({ kind }) => kind === "term")).toHaveLength(5);
  }
  // With a pattern for each term one line took half a minute.
  expect(performance.now() - began).toBeLessThan(1000);
});

test("the pieces put together are the text", () => {
  const text = "  In 2025, Acme Holding’s balance sheet: 3.5 %!";
  expect(
    marked(text, "en", TERMS)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("what is not to be translated is its own translation", () => {
  expect(ENTRIES.find(({ concept }) => concept === "2")?.targets).toEqual(["Acme Holding"]);
  expect(ENTRIES.find(({ concept }) => concept === "1")?.targets).toEqual(["grupo"]);
  expect(ENTRIES.find(({ concept }) => concept === "4")?.targets).toEqual([]);
});

test.each([
  ["hol", ["holding", "Acme Holding"]],
  ["GRUPO", ["holding"]],
  ["account", ["balance sheet"]],
  [" ", []],
])("a search for “%s”", (typed, found) => {
  expect(searched(ENTRIES, typed).map(({ source }) => source)).toEqual(found);
});
