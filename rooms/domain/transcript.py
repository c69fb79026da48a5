"""What was said in a language, with whose voice it was heard and whose words it shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import Q

from rooms.domain.archive import entry_of, unread_of
from rooms.domain.timeline import timeline_for_listeners
from rooms.domain.voices import EAR_KINDS, Voices, of_the_ear
from rooms.models import LogEntry, Session
from translation.values import (
    Entry,
    Input,
    Interpreted,
    OnAir,
    Segment,
    Speaking,
    Spoken,
    Translation,
    Trouble,
)

KINDS = ("translation", "speaking", "spoken", *EAR_KINDS)


@dataclass(frozen=True)
class Line:
    """`by`: whose words: the speaker's own, a machine's translation, or an interpreter's as they
    were recognised. `engine`: what translated, `recogniser`: what recognised the words that are
    shown or translated. `voice`: what was on air when it was heard, None where nobody knows.
    `said`: what a late machine said instead, shorter. `speech_engine`: what spoke it, where that
    was heard. `doubts`, `terms`, `terms_kept`: as in `Translation`, of a machine's. Times: when it
    was heard, else when the floor said it."""

    id: str
    start_s: float
    end_s: float
    text: str
    by: Literal["floor", "machine", "interpreter"]
    engine: str = ""
    voice: Input | None = None
    skipped: str | None = None
    said: str = ""
    recogniser: str = ""
    speech_engine: str = ""
    doubts: tuple[str, ...] = ()
    terms: int = 0
    terms_kept: int = 0


@dataclass(frozen=True)
class Transcript:
    language: str
    voices: list[OnAir]
    lines: list[Line]


def transcript(*, session: Session, language: str) -> Transcript:
    """Captions follow the voice: where an interpreter on air was recognised, her words stand
    instead of the machine's."""
    voices = timeline_for_listeners(session=session, language=language)
    return make_transcript(language, voices, _entries(session, language))


def make_transcript(language: str, voices: list[OnAir], entries: Iterable[Entry]) -> Transcript:
    segments: dict[int, Segment] = {}
    texts: dict[int, Translation] = {}
    begun: dict[int, Speaking] = {}
    done: dict[int, Spoken] = {}
    heard: list[Interpreted | Trouble] = []
    for entry in entries:
        heard += of_the_ear([entry], language)
        match entry:
            case Segment():
                segments[entry.id] = entry
            case Translation() if entry.language == language:
                texts[entry.segment_id] = entry
            case Speaking() if entry.language == language:
                begun[entry.segment_id] = entry
            case Spoken() if entry.language == language:
                done[entry.segment_id] = entry
    heard_voices = Voices(voices, heard)
    lines = [
        Line(
            f"i{entry.id}", entry.start_s, entry.end_s, entry.text, "interpreter",
            voice=Input.INTERPRETER, recogniser=entry.engine,
        )
        for entry in heard
        if isinstance(entry, Interpreted)
    ]  # fmt: skip
    for segment in segments.values():
        line = _line(
            language, segment, texts.get(segment.id), begun.get(segment.id), done.get(segment.id)
        )
        if not heard_voices.in_own_words(line.start_s) and (line.text or line.skipped):
            voice = heard_voices.voice(line.start_s)
            engine = line.speech_engine if voice in (None, Input.MACHINE) else ""
            lines.append(replace(line, voice=voice, speech_engine=engine))
    return Transcript(language, voices, sorted(lines, key=lambda line: line.start_s))


def _line(
    language: str,
    segment: Segment,
    text: Translation | None,
    begun: Speaking | None,
    done: Spoken | None,
) -> Line:
    own = segment.language == language
    made = None if own else text
    spoken = begun is not None and done is not None
    return Line(
        id=str(segment.id),
        start_s=begun.started_s if begun and spoken else segment.floor_start_s,
        end_s=done.ended_s if done and spoken else segment.floor_end_s,
        text=segment.text if own else made.text if made else "",
        by="floor" if own else "machine",
        engine=made.engine if made else "",
        skipped=done.skipped.value if done and done.skipped else None,
        said=begun.said if begun else "",
        recogniser=segment.engine,
        speech_engine=begun.engine if begun else "",
        doubts=made.doubts if made else (),
        terms=made.terms if made else 0,
        terms_kept=made.terms_kept if made else 0,
    )


def _entries(session: Session, language: str) -> Iterator[Entry]:
    rows = LogEntry.objects.filter(
        Q(kind="segment") | Q(kind__in=KINDS, language=language), session=session
    ).order_by("id")
    for row in rows.iterator():
        yield entry_of(row)
    yield from unread_of(session)
