"""Which engine knows which language: as engines are published, and as they are here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translation.languages import LANGUAGES, Language

YES, NO = "✓", ""


@dataclass(frozen=True, slots=True)
class Column:
    slot: str
    engine: str
    knows: Callable[[Language], bool]


COLUMNS = (
    Column("recognition", "PocketSphinx", lambda one: one.tag == "en"),
    Column("recognition", "Whisper", lambda one: bool(one.whisper)),
    Column("recognition", "Deepgram", lambda one: bool(one.deepgram)),
    Column("translation", "Apertium", lambda one: bool(one.apertium)),
    Column("translation", "NLLB", lambda one: bool(one.nllb)),
    Column("translation", "M2M100", lambda one: bool(one.m2m100)),
    Column("translation", "MADLAD", lambda one: bool(one.madlad)),
    Column("translation", "LLM", lambda one: True),
    Column("speech", "eSpeak NG", lambda one: bool(one.espeak)),
    Column("speech", "Piper", lambda one: bool(one.piper)),
    Column("speech", "ElevenLabs", lambda one: bool(one.elevenlabs)),
)


def published() -> str:
    """A Markdown table of all languages and engines, a line a language."""
    heads = ["", "language", *(f"{column.engine}" for column in COLUMNS)]
    slots = ["", "", *(column.slot for column in COLUMNS)]
    rows = [
        [
            f"`{one.tag}`",
            f"{one.name} · {one.english_name}" if one.name != one.english_name else one.name,
            *(YES if column.knows(one) else NO for column in COLUMNS),
        ]
        for one in LANGUAGES.values()
    ]
    marks = ["---", "---", *("---" for _ in COLUMNS)]
    named = [f"{head}<br>{slot}" if slot else head for head, slot in zip(heads, slots, strict=True)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (named, marks, *rows))


@dataclass(frozen=True, slots=True)
class Served:
    """Which engine of a chain serves a language in a slot. `why_not`: what the ones before it lack,
    or all of them where none does."""

    engine: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class HereRow:
    """One language as it is served from a given floor."""

    tag: str
    recognised: Served
    translated: Served
    spoken: Served

    @property
    def heard(self) -> bool:
        """The floor can be heard in it."""
        return bool(self.translated.engine and self.spoken.engine)


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A floor's language as it is heard in another."""

    source: str
    target: str
    recognised: Served
    translated: Served
    spoken: Served


def here(rows: Sequence[HereRow]) -> str:
    """For a terminal, a line a language."""
    return _noted([(row.tag, row) for row in rows], nobody="-")


def used(rows: Sequence[UsedRow]) -> str:
    """For a terminal, a line a pair."""
    return _noted([(f"{row.source} > {row.target}", row) for row in rows], nobody="NOBODY")


def _noted(rows: Sequence[tuple[str, HereRow | UsedRow]], *, nobody: str) -> str:
    """A number where not the first of the chain serves, and below why.

             recognised by  translated by  spoken by
    en > es  pocketsphinx   apertium       espeak-ng [1]
    [1] elevenlabs: ElevenLabs has no key; set ELEVENLABS_KEY
    """
    notes: dict[str, int] = {}

    def said(served: Served) -> str:
        why = served.why_not or ("" if served.engine else "no engine is chosen")
        mark = f" [{notes.setdefault(why, len(notes) + 1)}]" if why else ""
        return f"{served.engine or nobody}{mark}"

    lines = [["", "recognised by", "translated by", "spoken by"]]
    lines += [
        [name, *map(said, (row.recognised, row.translated, row.spoken))] for name, row in rows
    ]
    return "\n".join([_columns(lines), *(f"[{number}] {why}" for why, number in notes.items())])


def _columns(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
