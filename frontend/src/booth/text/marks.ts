import type { Concept } from "../../api/types";
import { numberWords } from "./numberWords";

/** A term as it is found in the source, with what it is in the booth's language. */
export interface Entry {
  concept: string;
  source: string;
  /** The booth's terms; the source's own where it is not to be translated; empty: unknown. */
  targets: readonly string[];
  note: string;
}

export interface Piece {
  kind: "text" | "number" | "term";
  text: string;
  entry?: Entry;
}

const base = (tag: string) => tag.toLowerCase().split("-")[0];

/** The entries from one language into another, the longest source term first. */
export function entriesOf(concepts: readonly Concept[], from: string, into: string): Entry[] {
  return concepts
    .flatMap(({ concept, terms }) => {
      const targets = terms.filter(({ language }) => base(language) === base(into));
      return terms
        .filter(({ language, term }) => base(language) === base(from) && term.trim() !== "")
        .map(({ term, note, do_not_translate }) => ({
          concept,
          source: term,
          targets: do_not_translate ? [term] : targets.map((target) => target.term),
          note,
        }));
    })
    .sort((a, b) => b.source.length - a.source.length);
}

/** Digits with their separators, and what belongs to them: a currency, a sign, a unit, a quarter. */
const DIGITS =
  /(?<![\p{L}\p{N}])(?:[$€£¥₹]\s?)?[+−-]?\p{Nd}+(?:[.,:\u00a0\u202f'’/٫٬]\p{Nd}+)*(?:\s?(?:%|‰|٪|°C|°|€|\$|£|¥|(?:km|kg|kW|MW|GW|Hz|mm|cm|m|g|l|t|h)(?![\p{L}\p{N}])))?/gu;

/** Cuts a text into pieces, so that numbers and terms can be marked. */
export function marked(text: string, language: string, entries: readonly Entry[]): Piece[] {
  const found = [...termsIn(text, entries), ...numbersIn(text, language)];
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, ...kind } of found.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) pieces.push({ kind: "text", text: text.slice(at, start) });
    pieces.push({ ...kind, text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) pieces.push({ kind: "text", text: text.slice(at) });
  return pieces;
}

interface Found extends Omit<Piece, "text"> {
  start: number;
  end: number;
}

function termsIn(text: string, entries: readonly Entry[]): Found[] {
  const found: Found[] = [];
  for (const entry of entries) {
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])${escaped(entry.source)}(?![\\p{L}\\p{N}])`,
      "giu",
    );
    for (const { index, 0: hit } of text.matchAll(pattern)) {
      const [start, end] = [index, index + hit.length];
      const isTaken = found.some((other) => start < other.end && other.start < end);
      if (!isTaken) found.push({ kind: "term", start, end, entry });
    }
  }
  return found;
}

function numbersIn(text: string, language: string): Found[] {
  const patterns = [DIGITS, numberWords(language)];
  return patterns.flatMap((pattern) =>
    pattern
      ? [...text.matchAll(pattern)].map(({ index, 0: hit }) => ({
          kind: "number" as const,
          start: index,
          end: index + hit.length,
        }))
      : [],
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** The entries that hold what was typed, those that begin with it first. */
export function searched(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = plain(typed.trim());
  if (wanted === "") return [];
  const rank = (entry: Entry) =>
    Math.min(
      ...[entry.source, ...entry.targets, entry.note].map((text) => {
        const at = plain(text).indexOf(wanted);
        return at < 0 ? Infinity : at;
      }),
    );
  return entries
    .map((entry) => ({ entry, at: rank(entry) }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at || a.entry.source.localeCompare(b.entry.source))
    .map(({ entry }) => entry);
}
