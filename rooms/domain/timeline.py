"""Who was on air: from the archive, and what of the log is not there yet."""

from collections.abc import Sequence
from dataclasses import replace

from rooms.domain.archive import entry_of, unread_of
from rooms.models import Assignment, LogEntry, Session
from translation.values import Entry, OnAir


def timeline(
    *, session: Session, language: str | None = None, unread: Sequence[Entry] | None = None
) -> list[OnAir]:
    """Every change of input, in the order of the log. `unread`: what is not in the archive yet,
    for who has it already."""
    rows = LogEntry.objects.filter(session=session, kind="on_air").order_by("id")
    found = [entry_of(row) for row in rows]
    found += unread_of(session) if unread is None else unread
    return [
        entry for entry in found if isinstance(entry, OnAir) and language in (None, entry.language)
    ]


def timeline_for_listeners(
    *, session: Session, language: str, unread: Sequence[Entry] | None = None
) -> list[OnAir]:
    """With the names of the interpreters who agree (now) that listeners read them."""
    agreed = Assignment.objects.filter(
        booth__session_id=session.id, claimed_at__isnull=False, show_name=True
    )
    names = dict(agreed.values_list("id", "name"))
    changes = timeline(session=session, language=language, unread=unread)
    return [replace(change, name=names.get(change.who, "")) for change in changes]


def names_of_interpreters(session_id: str) -> dict[str, str]:
    """Everybody's who ever had a place, by id: for organizers and colleagues, not listeners."""
    return dict(Assignment.objects.filter(booth__session_id=session_id).values_list("id", "name"))
