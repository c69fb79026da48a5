from datetime import datetime
from typing import Any

from rooms.domain.errors import Invalid
from rooms.domain.slugs import create_with_slug
from rooms.models import Event, Organization, Room


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


def create_room(*, event: Event, name: str) -> Room:
    return create_with_slug(event.rooms, named=name, otherwise="room", name=name)


def rename_room(*, room: Room, name: str) -> Room:
    """The address stays."""
    room.name = name
    room.save(update_fields=["name"])
    return room


def _check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at and ends_at and ends_at < starts_at:
        raise Invalid("ends_at: must not be before starts_at.", code="ends_before_start")
