import { numberWords } from "./numberWords";
import type { Entry, TermIndex } from "./termIndex";

export interface Piece {
  kind: "text" | "number" | "term";
  text: string;
  entry?: Entry;
}

/** Digits with their separators, and what belongs to them: a currency, a sign, a unit, a quarter. */
const DIGITS =
  /(?<![\p{L}\p{N}])(?:[$€£¥₹]\s?)?[+−-]?\p{Nd}+(?:[.,:\u00a0\u202f'’/٫٬]\p{Nd}+)*(?:\s?(?:%|‰|٪|°C|°|€|\$|£|¥|(?:km|kg|kW|MW|GW|Hz|mm|cm|m|g|l|t|h)(?![\p{L}\p{N}])))?/gu;

/** Cuts a text into pieces, so that numbers and terms can be marked. */
export function marked(text: string, language: string, terms: TermIndex): Piece[] {
  const hits = terms.in(text).map((hit) => ({ kind: "term" as const, ...hit }));
  const found: Found[] = [...hits, ...numbersIn(text, language)];
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
