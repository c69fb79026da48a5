import { expect, test } from "vitest";
import type { By } from "./messages";
import { passages } from "./passages";
import type { Line } from "./transcript";
import { withVoice, type Voice } from "./voices";

const line = (id: number, startS: number | undefined, by: By = "machine"): Line => ({
  id: by === "interpreter" ? `i${id}` : id,
  text: `line ${id}`,
  final: true,
  skipped: null,
  by,
  startS,
});
const voice = (since_s: number, input: Voice["input"], who = "", name = ""): Voice => ({
  since_s,
  input,
  who,
  name,
});
const MACHINE = voice(0, "machine", "Piper 1.4");
const ANN = voice(10, "interpreter", "a1", "Ann");
const AGAIN = voice(20, "machine", "Piper 1.4");

/** `machine: 1 2*` where a mark stands at the second line. */
const told = (lines: Line[], voices: Voice[], more = false) =>
  passages(lines, voices, more).map(
    (passage) =>
      `${passage.voice?.input ?? "unknown"}:` +
      passage.lines
        .map(({ line: { id }, begins }) => ` ${id}${begins ? `=${begins}` : ""}`)
        .join(""),
  );

test("an interpreter who is not recognised: the machine's words are marked as such", () => {
  const lines = [line(1, 2), line(2, 12), line(3, 15), line(4, 22)];
  expect(told(lines, [MACHINE, ANN, AGAIN])).toEqual([
    "machine: 1",
    "interpreter: 2=machine 3",
    "machine: 4",
  ]);
});

test("an interpreter who is recognised: hers are marked, and the machine's after them", () => {
  const lines = [line(1, 2), line(1, 12, "interpreter"), line(2, 15, "interpreter"), line(4, 22)];
  expect(told(lines, [MACHINE, ANN, AGAIN])).toEqual([
    "machine: 1",
    "interpreter: i1=interpreter i2",
    "machine: 4=machine",
  ]);
});

test("the mark stands again where the next interpreter begins", () => {
  const bob = voice(20, "interpreter", "b1");
  expect(told([line(1, 12), line(2, 22)], [ANN, bob])).toEqual([
    "interpreter: 1=machine",
    "interpreter: 2=machine",
  ]);
});

test("whoever spoke while nothing was written is told too", () => {
  const slate = voice(15, "slate");
  expect(told([line(1, 2), line(2, 22)], [MACHINE, ANN, slate, AGAIN])).toEqual([
    "machine: 1",
    "interpreter:",
    "slate:",
    "machine: 2",
  ]);
});

test("a change is told before anything is said in the new voice", () => {
  expect(told([line(1, 2)], [MACHINE, ANN])).toEqual(["machine: 1", "interpreter:"]);
});

test("of a part of a long transcript only its own voices are told", () => {
  expect(told([line(3, 22)], [MACHINE, ANN, AGAIN], true)).toEqual(["machine: 3"]);
  expect(told([line(3, 12), line(4, 22)], [MACHINE, ANN, AGAIN], true)).toEqual([
    "interpreter: 3=machine",
    "machine: 4",
  ]);
});

test("without a word about voices there are only the words' own marks", () => {
  const lines = [line(1, 2), line(1, 12, "interpreter"), line(2, 15)];
  expect(told(lines, [])).toEqual(["unknown: 1 i1=interpreter 2=machine"]);
});

test("a line without a time stays with the one before it, and none goes back in time", () => {
  const lines = [line(1, 2), line(2, undefined), line(3, 12), line(4, 9)];
  expect(told(lines, [MACHINE, ANN])).toEqual(["machine: 1 2", "interpreter: 3=machine 4"]);
});

test("another reason for the same voice is no other voice", () => {
  expect(told([line(1, 2), line(2, 6)], [MACHINE, { ...MACHINE, since_s: 5 }])).toEqual([
    "machine: 1 2",
  ]);
});

test("two interpreters of whom nobody knows more than that are two", () => {
  const two = [voice(0, "interpreter"), voice(5, "interpreter")];
  expect(told([line(1, 2), line(2, 6)], two)).toEqual([
    "interpreter: 1=machine",
    "interpreter: 2=machine",
  ]);
});

test("a voice that is told again changes nothing; a name may be withdrawn", () => {
  const voices = [MACHINE, ANN];
  expect(withVoice(voices, { ...ANN, who: "" })).toBe(voices);
  expect(withVoice(voices, { ...ANN, who: "", name: "" })).toEqual([MACHINE, { ...ANN, name: "" }]);
  expect(withVoice([MACHINE, AGAIN], ANN)).toEqual([MACHINE, ANN, AGAIN]);
});
