import type { AnyCaption, By, CaptionId, CaptionMessage, Skip } from "./messages";
import { withVoice, type Voice } from "./voices";

/** One segment's text in one language, as the reader sees it. */
export interface Line {
  id: CaptionId;
  text: string;
  final: boolean;
  skipped: Skip | null;
  by?: By | undefined;
  /** What the voice said of it, where it had to be short. */
  said?: string | undefined;
  /** Session time; unknown of an interim. */
  startS?: number | undefined;
}

/** The lines of one language, in the order in which they were said, each id once. `more`: the service has older ones. */
export interface Transcript {
  lines: readonly Line[];
  more: boolean;
  /** In whose voice it was heard, of the whole session. */
  voices: readonly Voice[];
}

export const EMPTY: Transcript = { lines: [], more: false, voices: [] };

const MOST_LINES = 2000;
/** An interim this many segments behind the newest final never became one: it goes. */
const OLDEST_INTERIM = 3;

/** A message from the room. Gives the same transcript where nothing changes. */
export function receive(transcript: Transcript, message: CaptionMessage): Transcript {
  const known = transcript.lines.find((line) => line.id === message.id);
  switch (message.kind) {
    case "interim":
      if (known?.final || known?.text === message.text) return transcript;
      return put(transcript, {
        id: message.id,
        text: message.text,
        final: false,
        skipped: known?.skipped ?? null,
        by: message.by ?? known?.by,
        said: known?.said,
      });
    case "final":
      return put(transcript, finalLine(message, known), known);
    case "skipped":
      if (known?.skipped === message.skipped) return transcript;
      return put(transcript, { ...bare(message.id, known), skipped: message.skipped });
    case "condensed":
      return put(transcript, { ...bare(message.id, known), said: message.text }, known);
  }
}

/** A page of captions from the service, of any age. `more` where the page is the oldest known. */
export function load(
  transcript: Transcript,
  captions: readonly AnyCaption[],
  more: boolean,
): Transcript {
  const reachesBack =
    transcript.lines.length === 0 || oldestSegment(captions) <= oldestSegment(transcript.lines);
  let lines = [...transcript.lines];
  for (const caption of captions) {
    const known = lines.find((line) => line.id === caption.id);
    lines = placed(lines, finalLine(caption, known));
  }
  return { ...transcript, lines, more: reachesBack ? more : transcript.more };
}

/** The same with what is told of voices. */
export function hear(transcript: Transcript, told: readonly Voice[]): Transcript {
  const voices = told.reduce(withVoice, transcript.voices);
  return voices === transcript.voices ? transcript : { ...transcript, voices };
}

/** What is known of a line that something is said about. */
function bare(id: CaptionId, known: Line | undefined): Line {
  return known ?? { id, text: "", final: false, skipped: null };
}

function finalLine(caption: AnyCaption, known: Line | undefined): Line {
  return {
    id: caption.id,
    text: caption.text || (known?.text ?? ""),
    final: true,
    skipped: caption.skipped ?? known?.skipped ?? null,
    by: caption.by ?? known?.by,
    said: caption.said || known?.said,
    startS: caption.start_s,
  };
}

function put(transcript: Transcript, line: Line, known?: Line): Transcript {
  if (known && same(known, line)) return transcript;
  const lines = withoutOldInterims(placed([...transcript.lines], line));
  const kept = lines.slice(-MOST_LINES);
  return { ...transcript, lines: kept, more: transcript.more || kept.length < lines.length };
}

/** Nearly every line belongs at the end, so its place is looked for from there. */
function placed(lines: Line[], line: Line): Line[] {
  const there = lines.findLastIndex(({ id }) => id === line.id);
  if (there >= 0) {
    lines[there] = line;
    return lines;
  }
  let at = lines.length;
  while (at > 0 && comesAfter(lines[at - 1] as Line, line)) at -= 1;
  lines.splice(at, 0, line);
  return lines;
}

/**
 * Segments go by number, and so do an interpreter's lines; between the two their times decide,
 * and where these are unknown the order in which they came.
 */
function comesAfter(a: Line, b: Line): boolean {
  if (typeof a.id === typeof b.id) return numberOf(a.id) > numberOf(b.id);
  return a.startS !== undefined && b.startS !== undefined && a.startS > b.startS;
}

function numberOf(id: CaptionId): number {
  return typeof id === "number" ? id : Number(id.slice(1));
}

/** The lowest number of a segment; infinite where there is none. */
export function oldestSegment(lines: readonly { id: CaptionId }[]): number {
  return lines.reduce(
    (low, { id }) => (typeof id === "number" ? Math.min(low, id) : low),
    Infinity,
  );
}

function withoutOldInterims(lines: Line[]): Line[] {
  const newest = lines.reduce(
    (high, { id, final }) => (final && typeof id === "number" ? Math.max(high, id) : high),
    0,
  );
  return lines.filter(
    ({ id, final, skipped, said }) =>
      final || skipped || said || typeof id !== "number" || id > newest - OLDEST_INTERIM,
  );
}

function same(a: Line, b: Line): boolean {
  const sameWords = a.text === b.text && a.said === b.said;
  return sameWords && a.final === b.final && a.skipped === b.skipped && a.by === b.by;
}

/** What a reader is shown: no empty lines, but a word where a translation is missing. */
export function visible(transcript: Transcript): readonly Line[] {
  return transcript.lines.filter((line) => line.text !== "" || line.skipped === "untranslated");
}
