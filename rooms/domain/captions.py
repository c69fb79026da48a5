"""What was said, as text in a language: from the archive and what of the log is not there yet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import Q

from rooms.domain.archive import entry_of, unread_of
from rooms.domain.timeline import timeline_for_listeners
from rooms.domain.voices import EAR_KINDS, Voices, of_the_ear
from rooms.models import LogEntry, Session
from translation.values import (
    Entry,
    Interpreted,
    OnAir,
    Segment,
    SkipReason,
    Speaking,
    Spoken,
    Translation,
    Trouble,
)

CAPTION_KINDS = ("segment", "translation", "speaking", "spoken")


@dataclass(frozen=True)
class Caption:
    """A segment in one language, or (`id`: i1, i2 ...) what its interpreter was recognised to
    say. `text` is empty where a segment was never translated, and where the interpreter's words
    stand instead. `by`: whose words these are. `said`: what a late machine said
    instead, shorter."""

    id: int | str
    language: str
    text: str
    start_s: float
    end_s: float
    skipped: SkipReason | None = None
    by: Literal["floor", "machine", "interpreter"] = "machine"
    said: str = ""


@dataclass(frozen=True)
class Page:
    """`more`: there are older ones. `voices`: all changes of who is heard, of the whole session."""

    captions: list[Caption]
    more: bool
    voices: list[OnAir]


NOTHING = Page([], False, [])


def captions(
    *, session: Session, language: str, before_id: int | None = None, limit: int = 50
) -> Page:
    """The captions of the newest segments (before one), oldest first, with what the interpreter
    said meanwhile."""
    if session.epoch is None:
        return NOTHING
    unread = unread_of(session)
    recent = _by_segment(unread, language)
    archived = LogEntry.objects.filter(
        session=session, language=language, kind__in=CAPTION_KINDS, segment__isnull=False
    )
    if before_id is not None:
        archived = archived.filter(segment__lt=before_id)
    newest = archived.order_by("-segment").values_list("segment", flat=True).distinct()
    ids = {segment for segment in newest[: limit + 1] if segment is not None}
    ids |= {
        segment
        for segment, entries in recent.items()
        if any(entry.language == language for entry in entries)
        and (before_id is None or segment < before_id)
    }
    chosen = sorted(ids)[-limit:]
    found = _archived(session, language, chosen)
    made = [_caption(language, [*found.get(id_, ()), *recent.get(id_, ())]) for id_ in chosen]
    segments = [caption for caption in made if caption]
    more = len(ids) > limit
    voices = timeline_for_listeners(session=session, language=language, unread=unread)
    heard = _heard(session, language, unread)
    if spoken := [words for words in heard if isinstance(words, Interpreted)]:
        since_s = segments[0].start_s if segments and more else 0.0
        until_s = segments[-1].end_s if segments and before_id is not None else float("inf")
        segments = _in_the_voices_words(
            segments,
            [words for words in spoken if since_s <= words.start_s < until_s],
            Voices(voices, heard),
        )
    return Page(segments, more, voices)


def _in_the_voices_words(
    captions: Sequence[Caption], spoken: Sequence[Interpreted], voices: Voices
) -> list[Caption]:
    own = [
        Caption(f"i{words.id}", words.language, words.text, words.start_s, words.end_s,
                by="interpreter")
        for words in spoken
    ]  # fmt: skip
    kept = [
        replace(caption, text="") if voices.in_own_words(caption.end_s) else caption
        for caption in captions
    ]
    return sorted([*kept, *own], key=lambda caption: caption.start_s)


CaptionEntry = Segment | Translation | Speaking | Spoken


def _heard(session: Session, language: str, unread: Sequence[Entry]) -> list[Interpreted | Trouble]:
    rows = LogEntry.objects.filter(session=session, kind__in=EAR_KINDS, language=language)
    return of_the_ear([*(entry_of(row) for row in rows.order_by("id")), *unread], language)


def _archived(
    session: Session, language: str, segments: list[int]
) -> dict[int, list[CaptionEntry]]:
    rows = LogEntry.objects.filter(
        Q(kind="segment") | Q(kind__in=CAPTION_KINDS, language=language),
        session=session,
        segment__in=segments,
    )
    return _by_segment((entry_of(row) for row in rows), language)


def _by_segment(entries: Iterable[Entry], language: str) -> dict[int, list[CaptionEntry]]:
    """Of the entries those that make captions in `language`."""
    found: defaultdict[int, list[CaptionEntry]] = defaultdict(list)
    for entry in entries:
        match entry:
            case Segment():
                found[entry.id].append(entry)
            case Translation() | Speaking() | Spoken() if entry.language == language:
                found[entry.segment_id].append(entry)
    return found


def _caption(language: str, entries: list[CaptionEntry]) -> Caption | None:
    segment = next((entry for entry in entries if isinstance(entry, Segment)), None)
    if segment is None:
        return None
    own = segment.language == language
    text, said, skipped = (segment.text if own else ""), "", None
    for entry in entries:
        match entry:
            case Translation():
                text = entry.text
            case Speaking():
                said = entry.said
            case Spoken():
                skipped = entry.skipped
    start_s, end_s = segment.floor_start_s, segment.floor_end_s
    by: Literal["floor", "machine"] = "floor" if own else "machine"
    return Caption(segment.id, language, text, start_s, end_s, skipped, by, said)
