import { describe, expect, test } from "vitest";
import type { Caption } from "../../api/types";
import { EMPTY, load, oldestSegment, receive, visible, type Transcript } from "./transcript";

const caption = (id: number, text = `line ${id}`, skipped: Caption["skipped"] = null): Caption => ({
  id,
  language: "es",
  text,
  start_s: id,
  end_s: id + 1,
  skipped,
  said: "",
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
    expect(lines).toMatchObject([{ id: 1, text: "Lo vimos.", final: true, skipped: null }]);
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
    expect(after(final(1), skipped(1)).lines).toMatchObject(marked);
    expect(after(skipped(1), final(1)).lines).toMatchObject(marked);
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

describe("a line that the voice made shorter", () => {
  const condensed = { kind: "condensed" as const, id: 1, language: "es", text: "short" };
  const shown = (...messages: Parameters<typeof receive>[1][]) =>
    after(...messages).lines.map(({ text, said }) => [text, said]);

  test("keeps its whole text beside what was said of it, whichever came first", () => {
    expect(shown(final(1), condensed)).toEqual([["line 1", "short"]]);
    expect(shown(condensed, final(1))).toEqual([["line 1", "short"]]);
  });

  test("is read by who comes late", () => {
    const { lines } = load(EMPTY, [{ ...caption(1), said: "short" }], false);
    expect(lines[0]?.said).toBe("short");
  });
});

describe("an interpreter's lines", () => {
  const said = (id: string, start_s: number) => ({
    kind: "final" as const,
    id,
    language: "es",
    text: id,
    start_s,
    end_s: start_s + 1,
    by: "interpreter" as const,
  });
  const order = (transcript: Transcript) => transcript.lines.map((line) => line.id);

  test("stand between the machine's by the time at which they were said", () => {
    expect(order(after(final(1), final(2), said("i1", 1.5)))).toEqual([1, "i1", 2]);
    expect(order(after(said("i9", 5), said("i10", 6)))).toEqual(["i9", "i10"]);
    expect(order(after(said("i10", 6), said("i9", 5), final(7)))).toEqual(["i9", "i10", 7]);
  });

  test("are each there once, and know whose words they are", () => {
    const { lines } = after(final(1), said("i1", 2), final(3), said("i1", 2));
    expect(lines.map(({ id, by }) => [id, by])).toEqual([
      [1, undefined],
      ["i1", "interpreter"],
      [3, undefined],
    ]);
  });

  test("an older page is asked for by the oldest segment", () => {
    expect(oldestSegment(after(said("i1", 0), final(4)).lines)).toBe(4);
    expect(oldestSegment([])).toBe(Infinity);
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
