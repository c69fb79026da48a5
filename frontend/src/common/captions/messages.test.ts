import { expect, test } from "vitest";
import { parseMessage } from "./messages";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a caption is read from its topic", () => {
  const interim = { kind: "interim", id: 1, language: "es", text: "hola" };
  expect(parseMessage("captions", bytes(JSON.stringify(interim)))).toEqual(interim);
});

test.each([
  ["an unknown topic", "chat", '{"kind":"final"}'],
  ["an unknown kind", "captions", '{"kind":"later"}'],
  ["a kind of another topic", "state", '{"kind":"final"}'],
  ["something that is no JSON", "captions", "hola"],
  ["no topic", undefined, '{"kind":"final"}'],
])("%s is nothing", (_name, topic, text) => {
  expect(parseMessage(topic, bytes(text))).toBeNull();
});
