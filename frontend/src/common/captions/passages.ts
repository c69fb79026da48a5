import type { Line } from "./transcript";
import { changes, type Voice } from "./voices";

/** Lines that were heard in one voice; `voice` is null where nobody knows whose. */
export interface Passage {
  voice: Voice | null;
  lines: { line: Line; begins: "machine" | "interpreter" | null }[];
}

/**
 * Lines under the voices that were heard meanwhile. A line `begins` what a reader could take for
 * somebody else's words: an interpreter's, or a machine's beside an interpreter.
 *
 * @param more there are older lines: the voices before the first of these are theirs
 */
export function passages(
  lines: readonly Line[],
  voices: readonly Voice[],
  more: boolean,
): Passage[] {
  const heard = changes(voices);
  const firstS = lines.find(({ startS }) => startS !== undefined)?.startS;
  const from = more && firstS !== undefined ? numberAt(heard, firstS) : 0;
  const found: Passage[] = [{ voice: from > 0 ? (heard[from - 1] ?? null) : null, lines: [] }];
  let number = from;
  let before: Line | undefined;
  for (const line of lines) {
    const at = line.startS === undefined ? number : numberAt(heard, line.startS);
    for (; number < at; number += 1) found.push({ voice: heard[number] ?? null, lines: [] });
    const passage = found.at(-1) as Passage;
    passage.lines.push({ line, begins: beginning(line, before, passage) });
    before = line;
  }
  for (const voice of heard.slice(number)) found.push({ voice, lines: [] });
  return found.filter(({ voice, lines: under }) => voice !== null || under.length > 0);
}

/** How many voices had begun by then. */
function numberAt(voices: readonly Voice[], atS: number): number {
  const next = voices.findIndex(({ since_s }) => since_s > atS);
  return next < 0 ? voices.length : next;
}

function beginning(line: Line, before: Line | undefined, { voice, lines }: Passage) {
  const goesOn = lines.length > 0 && before?.by === line.by;
  if (goesOn) return null;
  if (line.by === "interpreter") return "interpreter";
  const besideAHuman = voice?.input === "interpreter" || before?.by === "interpreter";
  return line.by === "machine" && besideAHuman ? "machine" : null;
}
