"""The booth console's calls; who asks is known by the invitation that this browser claimed."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router
from ninja.throttling import AnonRateThrottle

from rooms.api.auth import InBooth, place_in
from rooms.api.booth_schemas import BoothGlossaryOut, BoothTokenOut, ConsoleOut, MyPlaceIn, Short
from rooms.api.booth_shapes import concept_out, console_out
from rooms.api.schemas import ErrorOut, Tag
from rooms.domain.booths import show_name
from rooms.domain.glossary import terms_between
from rooms.domain.interpreters import admit_interpreter

PAGE = 1000
"""Concepts of a glossary."""

router = Router(tags=["booth console"], auth=InBooth())

REFUSED: dict[int, Any] = dict.fromkeys((401, 403, 404, 410, 422, 429, 503), ErrorOut)


@router.get("/booth/{session_id}", response={200: ConsoleOut, **REFUSED})
def console(request: HttpRequest, session_id: str) -> ConsoleOut:
    """The session, its booths and the asker's own place. Sets the CSRF cookie."""
    get_token(request)
    return console_out(place_in(request, session_id))


@router.patch("/booth/{session_id}", response={200: ConsoleOut, **REFUSED})
def change_place(request: HttpRequest, session_id: str, body: MyPlaceIn) -> ConsoleOut:
    """What the asker decides about her own place."""
    assignment = place_in(request, session_id)
    show_name(assignment=assignment, agreed=body.show_name)
    return console_out(assignment)


@router.post(
    "/booth/{session_id}/token",
    response={200: BoothTokenOut, **REFUSED},
    throttle=[AnonRateThrottle("60/m")],
)
def booth_token(request: HttpRequest, session_id: str) -> BoothTokenOut:
    """Into the stage room: hear it, and publish one microphone."""
    admission = admit_interpreter(assignment=place_in(request, session_id))
    return BoothTokenOut(
        url=admission.url,
        token=admission.token,
        room=admission.room,
        identity=admission.identity,
    )


@router.get("/booth/{session_id}/glossary", response={200: BoothGlossaryOut, **REFUSED})
def read_glossary(
    request: HttpRequest, session_id: str, source: Tag, target: Tag, after: Short = ""
) -> BoothGlossaryOut:
    """The event's terms from one language into another, a page of them: those after a concept."""
    event = place_in(request, session_id).booth.session.room.event
    found, more = terms_between(event=event, source=source, target=target, after=after, limit=PAGE)
    return BoothGlossaryOut(items=[concept_out(concept) for concept in found], more=more)
