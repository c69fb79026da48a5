import type { Concept } from "../../api/types";

/** A term as it is found in the source, with what it is in the booth's language. */
export interface Entry {
  concept: string;
  source: string;
  /** The booth's terms; the source's own where it is not to be translated; empty: unknown. */
  targets: readonly string[];
  note: string;
}

export interface Hit {
  start: number;
  end: number;
  entry: Entry;
}

/** Scripts that are written without spaces: a term may begin and end anywhere in them. */
const DENSE = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
const LETTER = `(?!${DENSE})[\\p{L}\\p{M}\\p{N}]`;
/** A word, or one sign that is none. */
const FIRST = new RegExp(`(?:${LETTER})+|\\S`, "gu");

interface Candidate {
  entry: Entry;
  /** Made when its first word is met for the first time. */
  pattern?: RegExp;
}

/**
 * An event's terms, found in a text by their first words: however many terms there are, a text is
 * searched in about its own length.
 *
 * @example
 * new TermIndex(entriesOf(concepts, "en", "es")).in("the balance sheet")
 */
export class TermIndex {
  private readonly byFirst = new Map<string, Candidate[]>();

  constructor(readonly entries: readonly Entry[]) {
    for (const entry of entries) {
      const first = firstOf(entry.source);
      const there = this.byFirst.get(first);
      if (there) there.push({ entry });
      else this.byFirst.set(first, [{ entry }]);
    }
  }

  /** Whole words, whatever their case; where terms overlap the longest one. */
  in(text: string): Hit[] {
    const hits: Hit[] = [];
    for (const { 0: first, index } of text.matchAll(FIRST)) {
      for (const candidate of this.byFirst.get(first.toLowerCase()) ?? []) {
        const pattern = (candidate.pattern ??= patternOf(candidate.entry.source));
        pattern.lastIndex = index;
        const found = pattern.exec(text);
        if (found)
          hits.push({ start: index, end: index + found[0].length, entry: candidate.entry });
      }
    }
    const kept: Hit[] = [];
    for (const hit of hits.sort((a, b) => b.end - b.start - (a.end - a.start))) {
      if (!kept.some(({ start, end }) => hit.start < end && start < hit.end)) kept.push(hit);
    }
    return kept;
  }
}

export const NO_TERMS = new TermIndex([]);

const base = (tag: string) => tag.toLowerCase().split("-")[0];

/** Whether two tags name one language, of whatever region. @example isSame("pt", "pt-BR") // true */
export const isSame = (one: string, other: string) => base(one) === base(other);

/** The entries from one language into another. */
export function entriesOf(concepts: readonly Concept[], from: string, into: string): Entry[] {
  return concepts.flatMap(({ concept, terms }) => {
    const targets = terms.filter(({ language }) => isSame(language, into));
    return terms
      .filter(({ language, term }) => isSame(language, from) && term.trim() !== "")
      .map(({ term, note, do_not_translate }) => ({
        concept,
        source: term.trim(),
        targets: do_not_translate ? [term] : targets.map((target) => target.term),
        note,
      }));
  });
}

function firstOf(term: string): string {
  return (term.match(FIRST)?.[0] ?? "").toLowerCase();
}

function patternOf(term: string): RegExp {
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  return new RegExp(`(?<!${LETTER})${escaped}(?!${LETTER})`, "iuy");
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
