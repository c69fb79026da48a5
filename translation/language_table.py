"""Which engine knows which language: as engines are published, and as they are here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translation.languages import LANGUAGES, Language

YES, NO = "✓", ""


@dataclass(frozen=True, slots=True)
class Column:
    """`says`: of a language, a mark or some words; "" where the engine does not know it. `here`: it
    runs on the machine of the service, without a key."""

    slot: str
    engine: str
    says: Callable[[Language], str]
    here: bool = True


def _coded(engine: str) -> Callable[[Language], str]:
    return lambda one: YES if getattr(one, engine) else NO


def _always(says: str) -> Callable[[Language], str]:
    return lambda _: says


def _espeak(one: Language) -> str:
    return f"{YES} with SudachiPy" if one.tag == "ja" else _coded("espeak")(one)


COLUMNS = (
    Column("recognition", "PocketSphinx", lambda one: YES if one.tag == "en" else NO),
    Column("recognition", "Whisper", _coded("whisper")),
    Column("recognition", "OpenAI", _coded("whisper"), here=False),
    Column("recognition", "Deepgram", _coded("deepgram"), here=False),
    Column("translation", "Apertium", _coded("apertium")),
    Column("translation", "NLLB", _coded("nllb")),
    Column("translation", "M2M100", _coded("m2m100")),
    Column("translation", "MADLAD", _coded("madlad")),
    Column("translation", "OPUS-MT", _always("pairs"), here=False),
    Column("translation", "LLM", _always(YES), here=False),
    Column("speech", "eSpeak NG", _espeak),
    Column("speech", "Piper", _coded("piper")),
    Column("speech", "ElevenLabs", _coded("elevenlabs"), here=False),
    Column("speech", "OpenAI", _always("server's"), here=False),
)


def published() -> str:
    """A Markdown table of all languages and engines, a line a language."""
    heads = ["", "language", "end to end here", *(column.engine for column in COLUMNS)]
    slots = ["", "", "", *(column.slot for column in COLUMNS)]
    rows = [
        [
            f"`{one.tag}`",
            f"{one.name} · {one.english_name}" if one.name != one.english_name else one.name,
            _end_to_end(one),
            *(column.says(one) for column in COLUMNS),
        ]
        for one in LANGUAGES.values()
    ]
    marks = ["---" for _ in heads]
    named = [f"{head}<br>{slot}" if slot else head for head, slot in zip(heads, slots, strict=True)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (named, marks, *rows))


def _end_to_end(one: Language) -> str:
    """From the floor to a voice by engines that run here; or what is missing, so that it is
    refused."""
    wants = {"recognition": "ear", "translation": "translation", "speech": "voice"}
    able = {column.slot for column in COLUMNS if column.here and column.says(one)}
    missing = [word for slot, word in wants.items() if slot not in able]
    return f"refused: no {' and no '.join(missing)}" if missing else YES


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
