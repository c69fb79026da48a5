import { expect, test } from "vitest";
import { fenceOf, newestPublisher } from "./publisher";

const room = (...identities: string[]) => identities.map((identity) => ({ identity }));

test("the fence is the number after the language", () => {
  expect(fenceOf("channel.es.7", "es")).toBe(7);
  expect(fenceOf("channel.pt-BR.12", "pt-BR")).toBe(12);
});

test.each(["channel.pt-BR.7", "listener.es.7", "channel.es.x", "channel.es.", "channel.es.7.1"])(
  "%s is no publisher of es",
  (identity) => {
    expect(fenceOf(identity, "es")).toBeNull();
  },
);

test("the highest fence counts, as a number", () => {
  const found = newestPublisher(room("channel.es.9", "channel.es.10", "channel.es.2"), "es");
  expect(found?.identity).toBe("channel.es.10");
});

test("nobody else is taken", () => {
  expect(newestPublisher(room("someone", "channel.fr.3"), "es")).toBeNull();
});
