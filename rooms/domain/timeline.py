"""Who was on air: from the archive, and what of the log is not there yet."""

from rooms.domain.archive import entry_of, unarchived
from rooms.models import Assignment, LogEntry, Session
from translation.values import OnAir


def timeline(*, session: Session, language: str | None = None) -> list[OnAir]:
    """Every change of input, in the order of the log."""
    if session.epoch is None:
        return []
    rows = LogEntry.objects.filter(session=session, kind="on_air").order_by("id")
    found = [entry_of(row) for row in rows]
    if not session.archived_at:
        found += [logged.entry for batch in unarchived(session) for logged in batch]
    return [
        entry for entry in found if isinstance(entry, OnAir) and language in (None, entry.language)
    ]


def agreed_names(session_id: str) -> dict[str, str]:
    """By id, of the interpreters who agree (now) that listeners read their names."""
    agreed = Assignment.objects.filter(
        booth__session_id=session_id, claimed_at__isnull=False, show_name=True
    )
    return dict(agreed.values_list("id", "name"))


def names_of_interpreters(session_id: str) -> dict[str, str]:
    """Everybody's who ever had a place, by id: for organizers and colleagues, not listeners."""
    return dict(Assignment.objects.filter(booth__session_id=session_id).values_list("id", "name"))
