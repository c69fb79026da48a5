import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../testing/service";
import type { Term } from "./types";

let asked: Request[] = [];
let answers: [status: number, body: unknown][] = [];

/** Notes what it is asked and answers what the test wants. */
await serve((request) => {
  asked.push(request);
  return answers.shift() ?? [204, null];
});
vi.stubGlobal("document", { cookie: "look=dark; csrftoken=secret" });
const api = await import("./glossary");

beforeEach(() => {
  asked = [];
  answers = [];
});

const term = (language: string, said: string): Term => ({
  language,
  term: said,
  note: "",
  pronunciation: "",
  do_not_translate: false,
});
const lines = () =>
  asked.map(({ method, url }) => `${method} ${url.replace("http://service", "")}`);

test("a search names the event and the words", async () => {
  answers = [[200, { items: [] }]];
  expect(await api.readGlossary("summit", "größe & co")).toEqual([]);
  expect(lines()).toEqual(["GET /api/events/summit/glossary?q=gr%C3%B6%C3%9Fe%20%26%20co"]);
});

test("a file goes as multipart, with the token that Django asks for", async () => {
  answers = [[200, { terms: 2 }]];
  const file = new File(["en,es\nholding,grupo\n"], "terms.csv");
  expect(await api.uploadGlossary("summit", file, true)).toBe(2);
  expect(lines()).toEqual(["POST /api/events/summit/glossary/upload?replace=true"]);
  const [upload] = asked;
  expect(upload?.headers.get("x-csrftoken")).toBe("secret");
  const sent = (await upload?.formData())?.get("file") as File;
  expect([sent.name, await sent.text()]).toEqual(["terms.csv", "en,es\nholding,grupo\n"]);
});

test("what is wrong with a file comes as the service's own sentence", async () => {
  answers = [[422, { code: "invalid", message: "Line 3: term: is empty." }]];
  const refused = api.uploadGlossary("summit", new File([""], "terms.csv"), false);
  await expect(refused).rejects.toMatchObject({
    status: 422,
    code: "invalid",
    message: "Line 3: term: is empty.",
  });
});

test("a new concept and one that keeps its languages are put once", async () => {
  const saved = { concept: "c1", terms: [term("en", "holding")] };
  answers = [
    [201, saved],
    [201, saved],
  ];
  await api.saveConcept("summit", null, saved.terms);
  await api.saveConcept("summit", saved, [term("en", "holding"), term("es", "grupo")]);
  expect(lines()).toEqual(["POST /api/events/summit/glossary", "POST /api/events/summit/glossary"]);
  expect(await asked[0]?.json()).toEqual({ concept: "", terms: saved.terms });
});

test("a concept that lost a language is made anew, once its new terms were taken", async () => {
  const known = { concept: "c1", terms: [term("en", "holding"), term("es", "grupo")] };
  const left = { concept: "c1", terms: [term("en", "holding")] };
  answers = [
    [201, left],
    [204, null],
    [201, left],
  ];
  expect(await api.saveConcept("summit", known, left.terms)).toEqual(left);
  expect(lines()).toEqual([
    "POST /api/events/summit/glossary",
    "DELETE /api/events/summit/glossary/c1",
    "POST /api/events/summit/glossary",
  ]);
  asked = [];
  answers = [[422, { code: "invalid", message: "No." }]];
  await expect(api.saveConcept("summit", known, left.terms)).rejects.toThrow("No.");
  expect(lines()).toEqual(["POST /api/events/summit/glossary"]);
});
