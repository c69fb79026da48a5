from datetime import datetime
from typing import Any

from django.db import transaction

from rooms.domain.errors import Invalid, NotNow
from rooms.domain.slugs import create_with_slug
from rooms.models import Event, Organization, Room, Session
from rooms.parts import parts
from translation.names import parse_room
from translation.values import SessionState

RUNNING = (SessionState.LIVE, SessionState.PAUSED)


def create_event(
    *,
    organization: Organization,
    title: str,
    description: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    listed: bool = True,
) -> Event:
    _check_times(starts_at, ends_at)
    return create_with_slug(
        Event.objects,
        named=title,
        otherwise="event",
        organization=organization,
        title=title,
        description=description,
        starts_at=starts_at,
        ends_at=ends_at,
        listed=listed,
    )


def change_event(*, event: Event, changes: dict[str, Any]) -> Event:
    """`changes`: some of title, description, starts_at, ends_at, listed. The address stays."""
    for name, value in changes.items():
        setattr(event, name, value)
    _check_times(event.starts_at, event.ends_at)
    if changes:
        event.save(update_fields=list(changes))
    return event


def delete_event(*, event: Event) -> None:
    """With everything in it, transcripts too. Refused while a session runs."""
    with transaction.atomic():
        sessions = Session.objects.select_for_update().filter(room__event=event)
        if any(session.state in RUNNING for session in sessions):
            raise NotNow("event_running", "End this event's sessions before deleting it.")
        ids = {session.id for session in sessions if session.epoch}
        _forget(ids)
        event.delete()


def _forget(session_ids: set[str]) -> None:
    """Nothing of these sessions stays in LiveKit or in the log."""
    if not session_ids:
        return
    for room in parts().media.list_rooms():
        place = parse_room(room.name)
        if place and place[0] in session_ids:
            parts().media.delete_room(room.name)
    for session_id in session_ids:
        parts().log(session_id).delete()


def create_room(*, event: Event, name: str) -> Room:
    return create_with_slug(event.rooms, named=name, otherwise="room", name=name)


def _check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at and ends_at and ends_at < starts_at:
        raise Invalid("ends_at: must not be before starts_at.")
