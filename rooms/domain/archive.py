"""The session log in the database: all of it, for good."""

import json
from collections.abc import Iterator

from rooms.models import LogEntry, Session
from rooms.parts import BlockingLog, parts
from translation.log import codec
from translation.ports import Logged
from translation.values import Entry, Segment

BATCH = 1000


def archive_log(session: Session) -> int:
    """Copies what came since the last time; how many entries that was. May run twice at once."""
    count = 0
    for batch in unarchived(session):
        LogEntry.objects.bulk_create(
            [_row(session, logged) for logged in batch], ignore_conflicts=True
        )
        count += len(batch)
    return count


def unarchived(session: Session) -> Iterator[list[Logged]]:
    """The log's entries behind the last archived one, in batches."""
    last = LogEntry.objects.filter(session=session).order_by("-id").values_list("position").first()
    log: BlockingLog = parts().log(session.id)
    position = last[0] if last else ""
    while batch := log.read(after=position, limit=BATCH):
        yield batch
        position = batch[-1].position
        if len(batch) < BATCH:
            return


def unread_of(session: Session) -> list[Entry]:
    """What of the log is not in the archive yet."""
    if session.epoch is None or session.archived_at:
        return []
    return [logged.entry for batch in unarchived(session) for logged in batch]


def entry_of(row: LogEntry) -> Entry:
    return codec.decode(json.dumps({"kind": row.kind, **row.payload}))


def segment_of(entry: Entry) -> int | None:
    return entry.id if isinstance(entry, Segment) else getattr(entry, "segment_id", None)


def _row(session: Session, logged: Logged) -> LogEntry:
    entry = logged.entry
    return LogEntry(
        session=session,
        position=logged.position,
        kind=codec.kind(entry),
        segment=segment_of(entry),
        language=getattr(entry, "language", ""),
        at_s=codec.moment_s(entry),
        payload=codec.payload(entry),
    )
