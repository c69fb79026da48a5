import { expect, test } from "vitest";
import type { Event } from "../../api/types";
import { session } from "../../testing/fakes";
import { concept, term } from "../../testing/workplace";
import { draftsOf, isHalf, languagesOf, nameOf, noTerm, sorted, termsOf } from "./terms";

const room = (...tags: string[]): Event["rooms"][number] => ({
  slug: tags.join("-"),
  name: "Hall",
  current_session_id: null,
  sessions: [session("planned", ...tags)],
});
const event = (...rooms: Event["rooms"]) => ({ rooms }) as Event;
const tags = (terms: { language: string }[]) => terms.map(({ language }) => language);

test("an event's languages come once, in the order of its agenda", () => {
  const all = languagesOf(event(room("es", "ar"), room("fr", "es")));
  expect(all.map(({ tag }) => tag)).toEqual(["en", "es", "ar", "fr"]);
  expect(languagesOf(event())).toEqual([]);
});

test("a form offers the event's languages first, and those that a concept has besides", () => {
  const known = [term("it", "azienda"), term("es", "empresa")];
  expect(draftsOf(known, ["en", "es"])).toEqual([
    noTerm("en"),
    term("es", "empresa"),
    term("it", "azienda"),
  ]);
});

test("an event without sessions offers what the concept has", () => {
  expect(tags(draftsOf([term("it", "azienda")], []))).toEqual(["it"]);
  expect(draftsOf([], [])).toEqual([]);
});

test("languages left empty are not saved, blanks around words neither", () => {
  const drafts = [noTerm("en"), term("es", " grupo ", { note: " finanzas " }), term("fr", "  ")];
  expect(termsOf(drafts)).toEqual([term("es", "grupo", { note: "finanzas" })]);
});

test("a note without its term is half an entry", () => {
  expect(isHalf(term("es", "", { note: "finanzas" }))).toBe(true);
  expect(isHalf(term("es", " ", { do_not_translate: true }))).toBe(true);
  expect(isHalf(term("es", "grupo", { note: "finanzas" }))).toBe(false);
  expect(isHalf(noTerm("es"))).toBe(false);
});

test("a concept is called by its term in the event's first language that has one", () => {
  const holding = concept("c1", term("de", "Holding"), term("es", "grupo"));
  expect(nameOf(holding, ["en", "es"])).toBe("grupo");
  expect(nameOf(holding, [])).toBe("Holding");
  expect(nameOf(concept("c2"), ["en"])).toBe("");
});

test("concepts are sorted as the reader's language sorts", () => {
  const named = (name: string) => concept(name, term("en", name));
  const names = (locale: string) =>
    sorted(["Zebra", "öl", "part 10", "part 9", "apple"].map(named), ["en"], locale).map(
      (each) => each.concept,
    );
  expect(names("de")).toEqual(["apple", "öl", "part 9", "part 10", "Zebra"]);
  expect(names("sv")).toEqual(["apple", "part 9", "part 10", "Zebra", "öl"]);
});
