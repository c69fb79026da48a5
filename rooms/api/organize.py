"""Setting up: events, rooms and their agenda."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from rooms.api.auth import SignedIn, user_of
from rooms.api.schemas import (
    ErrorOut,
    EventChangeIn,
    EventIn,
    EventOut,
    EventsOut,
    RoomIn,
    RoomOut,
    SessionIn,
    SessionOut,
)
from rooms.api.shapes import event_out, room_out, session_out
from rooms.domain import find
from rooms.domain.deletion import delete_event, delete_room
from rooms.domain.events import change_event, create_event, create_room, rename_room
from rooms.domain.sessions import create_session
from rooms.models import ORGANIZING, Event

router = Router(tags=["organize"], auth=SignedIn())

REFUSALS: dict[int, Any] = dict.fromkeys((401, 403, 404, 409, 422, 503), ErrorOut)


@router.get("/organize/events", response={200: EventsOut, 401: ErrorOut})
def my_events(request: HttpRequest) -> EventsOut:
    """The events of every organization that the person may organize for."""
    found = Event.objects.filter(
        organization__members__user=user_of(request), organization__members__role__in=ORGANIZING
    )
    found = found.select_related("organization").prefetch_related("rooms__sessions__channels")
    return EventsOut(items=[event_out(event) for event in found])


@router.post("/organize/events", response={201: EventOut, **REFUSALS})
def add_event(request: HttpRequest, body: EventIn) -> Status[EventOut]:
    organization = find.organization_of(user=user_of(request), slug=body.organization)
    fields = body.dict(exclude={"organization"})
    return Status(201, event_out(create_event(organization=organization, **fields)))


@router.patch("/organize/events/{event}", response={200: EventOut, **REFUSALS})
def edit_event(request: HttpRequest, event: str, body: EventChangeIn) -> EventOut:
    """Changes the fields that are given; the address stays."""
    found = find.event_of(user=user_of(request), slug=event)
    return event_out(change_event(event=found, changes=body.dict(exclude_unset=True)))


@router.delete("/organize/events/{event}", response={204: None, **REFUSALS})
def remove_event(request: HttpRequest, event: str) -> Status[None]:
    """Deletes the event with all of its sessions and transcripts."""
    delete_event(event=find.event_of(user=user_of(request), slug=event))
    return Status(204, None)


@router.post("/organize/events/{event}/rooms", response={201: RoomOut, **REFUSALS})
def add_room(request: HttpRequest, event: str, body: RoomIn) -> Status[RoomOut]:
    found = find.event_of(user=user_of(request), slug=event)
    return Status(201, room_out(create_room(event=found, name=body.name)))


@router.patch("/organize/rooms/{event}/{room}", response={200: RoomOut, **REFUSALS})
def edit_room(request: HttpRequest, event: str, room: str, body: RoomIn) -> RoomOut:
    """Another name; the address stays."""
    found = find.room_of(user=user_of(request), event_slug=event, slug=room)
    return room_out(rename_room(room=found, name=body.name))


@router.delete("/organize/rooms/{event}/{room}", response={204: None, **REFUSALS})
def remove_room(request: HttpRequest, event: str, room: str) -> Status[None]:
    """Deletes a room in which nothing was held yet."""
    delete_room(room=find.room_of(user=user_of(request), event_slug=event, slug=room))
    return Status(204, None)


@router.post("/organize/rooms/{event}/{room}/sessions", response={201: SessionOut, **REFUSALS})
def add_session(request: HttpRequest, event: str, room: str, body: SessionIn) -> Status[SessionOut]:
    found = find.room_of(user=user_of(request), event_slug=event, slug=room)
    return Status(201, session_out(create_session(room=found, **body.dict())))
