import type { Caption } from "../../api/types";
import type { CaptionMessage, Skip } from "./messages";

/** One segment's text in one language, as the reader sees it. */
export interface Line {
  id: number;
  text: string;
  final: boolean;
  skipped: Skip | null;
}

/** The lines of one language, by id, each id once. `more`: the service has older ones. */
export interface Transcript {
  lines: readonly Line[];
  more: boolean;
}

export const EMPTY: Transcript = { lines: [], more: false };

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
      });
    case "final":
      return put(transcript, finalLine(message, known), known);
    case "skipped":
      if (known?.skipped === message.skipped) return transcript;
      return put(transcript, {
        id: message.id,
        text: known?.text ?? "",
        final: known?.final ?? false,
        skipped: message.skipped,
      });
  }
}

/** A page of captions from the service, of any age. `more` where the page is the oldest known. */
export function load(
  transcript: Transcript,
  captions: readonly Caption[],
  more: boolean,
): Transcript {
  const oldest = transcript.lines[0]?.id ?? Infinity;
  const reachesBack = transcript.lines.length === 0 || (captions[0]?.id ?? Infinity) <= oldest;
  let lines = [...transcript.lines];
  for (const caption of captions) {
    const known = lines.find((line) => line.id === caption.id);
    lines = placed(lines, finalLine(caption, known));
  }
  return { lines, more: reachesBack ? more : transcript.more };
}

function finalLine(caption: Caption, known: Line | undefined): Line {
  return {
    id: caption.id,
    text: caption.text || (known?.text ?? ""),
    final: true,
    skipped: caption.skipped ?? known?.skipped ?? null,
  };
}

function put(transcript: Transcript, line: Line, known?: Line): Transcript {
  if (known && same(known, line)) return transcript;
  const lines = withoutOldInterims(placed([...transcript.lines], line));
  const kept = lines.slice(-MOST_LINES);
  return { lines: kept, more: transcript.more || kept.length < lines.length };
}

/** Nearly every line belongs at the end, so its place is looked for from there. */
function placed(lines: Line[], line: Line): Line[] {
  let at = lines.length;
  while (at > 0 && (lines[at - 1] as Line).id > line.id) at -= 1;
  if (lines[at - 1]?.id === line.id) lines[at - 1] = line;
  else lines.splice(at, 0, line);
  return lines;
}

function withoutOldInterims(lines: Line[]): Line[] {
  const newest = lines.reduce((id, line) => (line.final ? line.id : id), 0);
  return lines.filter((line) => line.final || line.skipped || line.id > newest - OLDEST_INTERIM);
}

function same(a: Line, b: Line): boolean {
  return a.text === b.text && a.final === b.final && a.skipped === b.skipped;
}

/** What a reader is shown: no empty lines, but a word where a translation is missing. */
export function visible(transcript: Transcript): readonly Line[] {
  return transcript.lines.filter((line) => line.text !== "" || line.skipped === "untranslated");
}
