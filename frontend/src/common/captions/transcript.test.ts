import { describe, expect, test } from "vitest";
import type { Caption } from "../../api/types";
import { EMPTY, load, receive, visible, type Transcript } from "./transcript";

const caption = (id: number, text = `line ${id}`, skipped: Caption["skipped"] = null): Caption => ({
  id,
  language: "es",
  text,
  start_s: id,
  end_s: id + 1,
  skipped,
});
const final = (id: number, text?: string) => ({ kind: "final" as const, ...caption(id, text) });
const interim = (id: number, text: string) => ({
  kind: "interim" as const,
  id,
  language: "es",
  text,
});
const skipped = (id: number) => ({
  kind: "skipped" as const,
  id,
  language: "es",
  skipped: "behind" as const,
});
const after = (...messages: Parameters<typeof receive>[1][]): Transcript =>
  messages.reduce(receive, EMPTY);
const texts = (transcript: Transcript) => transcript.lines.map((line) => line.text);

describe("receive", () => {
  test("a final takes the place of its interim", () => {
    const { lines } = after(
      interim(1, "lo que"),
      interim(1, "lo que vimos"),
      final(1, "Lo vimos."),
    );
    expect(lines).toEqual([{ id: 1, text: "Lo vimos.", final: true, skipped: null }]);
  });

  test("an interim that comes late does not undo a final", () => {
    const done = after(final(1, "Lo vimos."));
    expect(receive(done, interim(1, "lo"))).toBe(done);
  });

  test("lines stand in the order of their segments, however they come", () => {
    expect(texts(after(final(2), final(1), final(3)))).toEqual(["line 1", "line 2", "line 3"]);
  });

  test("the same final twice changes nothing", () => {
    const once = after(final(1), final(2));
    expect(receive(once, final(1))).toBe(once);
  });

  test("a skip marks its line, before or after the text comes", () => {
    const marked = [{ id: 1, text: "line 1", final: true, skipped: "behind" }];
    expect(after(final(1), skipped(1)).lines).toEqual(marked);
    expect(after(skipped(1), final(1)).lines).toEqual(marked);
  });

  test("an interim that never became final goes when three later ones are final", () => {
    expect(texts(after(interim(1, "lost"), final(2), final(3)))).toEqual([
      "lost",
      "line 2",
      "line 3",
    ]);
    expect(texts(after(interim(1, "lost"), final(2), final(3), final(4)))).toEqual([
      "line 2",
      "line 3",
      "line 4",
    ]);
  });

  test("it keeps the newest two thousand lines and knows that there are older ones", () => {
    let transcript = EMPTY;
    for (let id = 1; id <= 2005; id += 1) transcript = receive(transcript, final(id));
    expect(transcript.lines.length).toBe(2000);
    expect(transcript.lines[0]?.id).toBe(6);
    expect(transcript.more).toBe(true);
  });
});

describe("load", () => {
  test("an older page goes before what is there, each line once", () => {
    const transcript = load(after(final(3), final(4)), [caption(2), caption(3)], true);
    expect(texts(transcript)).toEqual(["line 2", "line 3", "line 4"]);
    expect(transcript.more).toBe(true);
  });

  test("a newer page says nothing about whether there are older lines", () => {
    const whole = load(EMPTY, [caption(1), caption(2)], false);
    expect(load(whole, [caption(2), caption(3)], true).more).toBe(false);
  });

  test("it fills a gap in the middle", () => {
    expect(texts(load(after(final(1), final(3)), [caption(2)], false))).toEqual([
      "line 1",
      "line 2",
      "line 3",
    ]);
  });
});

describe("visible", () => {
  test("an empty line is shown only where a translation is missing", () => {
    const transcript = load(
      EMPTY,
      [caption(1, "", "untranslated"), caption(2, "", "unheard"), caption(3)],
      false,
    );
    expect(visible(transcript).map((line) => line.id)).toEqual([1, 3]);
  });
});
