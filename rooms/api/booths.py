"""Booths and channels of a session, for whoever organizes it."""

import uuid

from django.http import HttpRequest
from ninja import Router, Status

from rooms.api.auth import SignedIn, user_of
from rooms.api.booth_schemas import (
    BoothInvitationIn,
    BoothInvitedOut,
    BoothsOut,
    FloorLanguageIn,
    ForcedOut,
    ForceIn,
    SessionChangeIn,
    TimelineOut,
)
from rooms.api.booth_shapes import booths_out, on_air_out
from rooms.api.organize import REFUSALS
from rooms.domain import find
from rooms.domain.booths import invite_interpreter, join_url, remove_interpreter
from rooms.domain.commands import force
from rooms.domain.deletion import delete_session
from rooms.domain.errors import NotNow
from rooms.domain.floor_language import detect_floor_language, set_floor_language
from rooms.domain.refusals import sentence
from rooms.domain.sessions import change_session
from rooms.domain.timeline import names_of_interpreters, timeline

router = Router(tags=["booths"], auth=SignedIn())


@router.get("/sessions/{id}/booths", response={200: BoothsOut, **REFUSALS})
def booths(request: HttpRequest, id: str) -> BoothsOut:
    """Every channel with who speaks it when, and its booth with whoever was invited."""
    return booths_out(find.session_of(user=user_of(request), id=id))


@router.post(
    "/sessions/{id}/booths/{language}/invitations", response={201: BoothInvitedOut, **REFUSALS}
)
def invite_to_booth(
    request: HttpRequest, id: str, language: str, body: BoothInvitationIn
) -> Status[BoothInvitedOut]:
    """A link into the booth of a language, good for one person. It is shown this once."""
    user = user_of(request)
    session = find.session_of(user=user, id=id)
    made = invite_interpreter(session=session, language=language, by=user, **body.dict())
    invited = BoothInvitedOut(
        id=made.assignment.id, url=join_url(made.token), expires_at=made.assignment.expires_at
    )
    return Status(201, invited)


@router.delete("/assignments/{assignment}", response={204: None, **REFUSALS})
def remove(request: HttpRequest, assignment: str) -> Status[None]:
    """Withdraws the invitation; whoever came in by it is heard no more and has to leave."""
    remove_interpreter(assignment=find.assignment_of(user=user_of(request), id=assignment))
    return Status(204, None)


@router.patch("/sessions/{id}", response={200: BoothsOut, **REFUSALS})
def change(request: HttpRequest, id: str, body: SessionChangeIn) -> BoothsOut:
    """Changes the fields that are given."""
    session = find.session_of(user=user_of(request), id=id)
    return booths_out(change_session(session=session, changes=body.changes))


@router.delete("/sessions/{id}", response={204: None, **REFUSALS})
def remove_session(request: HttpRequest, id: str) -> Status[None]:
    """Deletes a session that was never on."""
    delete_session(session=find.session_of(user=user_of(request), id=id))
    return Status(204, None)


@router.post("/sessions/{id}/channels/{language}/force", response={202: ForcedOut, **REFUSALS})
def force_input(request: HttpRequest, id: str, language: str, body: ForceIn) -> Status[ForcedOut]:
    """Puts somebody or something on air whatever the policy, until forced back to ""."""
    session = find.session_of(user=user_of(request), id=id)
    command_id = str(uuid.uuid4())
    answer = force(session=session, language=language, to=body.to, id=command_id)
    if answer and answer.refusal:
        raise NotNow(answer.refusal.value, sentence(answer.refusal))
    return Status(202, ForcedOut(command_id=command_id))


@router.post("/sessions/{id}/floor-language", response={200: BoothsOut, **REFUSALS})
def floor_language(request: HttpRequest, id: str, body: FloorLanguageIn) -> BoothsOut:
    """What the floor speaks now: the channel of that language passes it through. Or that it is to
    be found out from now on."""
    session = find.session_of(user=user_of(request), id=id)
    if body.detect:
        return booths_out(detect_floor_language(session=session))
    return booths_out(set_floor_language(session=session, language=body.language))


@router.get("/sessions/{id}/timeline", response={200: TimelineOut, **REFUSALS})
def read_timeline(request: HttpRequest, id: str) -> TimelineOut:
    """Who was on air in every channel, from when to when (seconds of session time)."""
    session = find.session_of(user=user_of(request), id=id)
    found = timeline(session=session)
    return TimelineOut(items=on_air_out(found, names_of_interpreters(id)))
