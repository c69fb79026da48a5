"""What was said, as text in a language: from the archive and what of the log is not there yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from rooms.domain.archive import entry_of, unarchived
from rooms.models import LogEntry, Session
from translation.values import Entry, Segment, SkipReason, Spoken, Translation

CAPTION_KINDS = ("segment", "translation", "spoken")


@dataclass(frozen=True)
class Caption:
    """A segment in one language. `text` is empty where it was never translated."""

    id: int
    language: str
    text: str
    start_s: float
    end_s: float
    skipped: SkipReason | None = None


def captions(
    *, session: Session, language: str, before_id: int | None = None, limit: int = 50
) -> tuple[list[Caption], bool]:
    """The newest captions (before a segment), oldest first; and whether there are older ones."""
    if session.epoch is None:
        return [], False
    recent = _recent(session, language)
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
    return [caption for caption in made if caption], len(ids) > limit


CaptionEntry = Segment | Translation | Spoken


def _recent(session: Session, language: str) -> dict[int, list[CaptionEntry]]:
    if session.archived_at:
        return {}
    return _by_segment(
        (logged.entry for batch in unarchived(session) for logged in batch), language
    )


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
            case Translation() | Spoken() if entry.language == language:
                found[entry.segment_id].append(entry)
    return found


def _caption(language: str, entries: list[CaptionEntry]) -> Caption | None:
    segment = next((entry for entry in entries if isinstance(entry, Segment)), None)
    if segment is None:
        return None
    text, skipped = (segment.text if segment.language == language else ""), None
    for entry in entries:
        match entry:
            case Translation():
                text = entry.text
            case Spoken():
                skipped = entry.skipped
    return Caption(segment.id, language, text, segment.floor_start_s, segment.floor_end_s, skipped)
