import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Term } from "./types";

interface Asked {
  method: string;
  url: string;
  csrf: string | null;
  body: Request;
}

let asked: Asked[] = [];
let answers: [status: number, body: unknown][] = [];
let api: typeof import("./glossary");

/** A service that notes what it is asked and answers what the test wants, on loopback. */
const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
  incoming.on("end", () => {
    const { method = "", url = "", headers } = incoming;
    const body = new Request("http://service", {
      method: "POST",
      headers: { "content-type": headers["content-type"] ?? "" },
      body: Buffer.concat(chunks),
    });
    asked.push({ method, url, csrf: headers["x-csrftoken"]?.toString() ?? null, body });
    const [status, answer] = answers.shift() ?? [204, null];
    outgoing.writeHead(status, { "content-type": "application/json" });
    outgoing.end(status === 204 ? undefined : JSON.stringify(answer));
  });
});

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal("location", { origin: `http://127.0.0.1:${port}` });
  vi.stubGlobal("document", { cookie: "look=dark; csrftoken=secret" });
  api = await import("./glossary");
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});
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
const lines = () => asked.map(({ method, url }) => `${method} ${url}`);

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
  expect(upload?.csrf).toBe("secret");
  const sent = (await upload?.body.formData())?.get("file") as File;
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
  expect(await asked[0]?.body.json()).toEqual({ concept: "", terms: saved.terms });
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
