from django.http import HttpRequest
from ninja import Router

from rooms.api.schemas import ErrorOut, EventLinesOut, EventOut
from rooms.api.shapes import event_line_out, event_out
from rooms.domain import find
from rooms.models import Event

router = Router(tags=["events"])


@router.get("/events", response=EventLinesOut)
def events(request: HttpRequest) -> EventLinesOut:
    """The listed ones."""
    found = (
        Event.objects.filter(listed=True)
        .select_related("organization")
        .prefetch_related("rooms__sessions")
    )
    return EventLinesOut(items=[event_line_out(event) for event in found])


@router.get("/events/{event}", response={200: EventOut, 404: ErrorOut})
def event(request: HttpRequest, event: str) -> EventOut:
    """An event with its rooms, their sessions and languages."""
    return event_out(find.event(slug=event))
