"""Running a session."""

from django.http import HttpRequest
from ninja import Router

from rooms.api.auth import SignedIn, user_of
from rooms.api.booth_schemas import ChannelChangeIn, ChannelControlOut
from rooms.api.booth_shapes import channel_control_out
from rooms.api.organize import REFUSALS
from rooms.api.schemas import (
    ChannelIn,
    ChannelStatusOut,
    DutyOut,
    FloorStatusOut,
    SessionOut,
    StatusOut,
    TroubleOut,
)
from rooms.api.shapes import session_out
from rooms.domain import find
from rooms.domain.channels import add_channel, change_channel, remove_channel
from rooms.domain.sessions import end_session, pause_session, start_session
from rooms.domain.status import session_status

router = Router(tags=["organize"], auth=SignedIn())


@router.post("/sessions/{id}/start", response={200: SessionOut, **REFUSALS})
def start(request: HttpRequest, id: str) -> SessionOut:
    return session_out(start_session(session=find.session_of(user=user_of(request), id=id)))


@router.post("/sessions/{id}/pause", response={200: SessionOut, **REFUSALS})
def pause(request: HttpRequest, id: str) -> SessionOut:
    return session_out(pause_session(session=find.session_of(user=user_of(request), id=id)))


@router.post("/sessions/{id}/end", response={200: SessionOut, **REFUSALS})
def end(request: HttpRequest, id: str) -> SessionOut:
    return session_out(end_session(session=find.session_of(user=user_of(request), id=id)))


@router.post("/sessions/{id}/channels", response={200: SessionOut, **REFUSALS})
def add_language(request: HttpRequest, id: str, body: ChannelIn) -> SessionOut:
    """Offers one more language, also while the session runs."""
    session = find.session_of(user=user_of(request), id=id)
    return session_out(add_channel(session=session, language=body.language))


@router.delete("/sessions/{id}/channels/{language}", response={200: SessionOut, **REFUSALS})
def remove_language(request: HttpRequest, id: str, language: str) -> SessionOut:
    """Offers a language no longer; its listeners are sent away."""
    session = find.session_of(user=user_of(request), id=id)
    return session_out(remove_channel(session=session, language=language))


@router.patch("/sessions/{id}/channels/{language}", response={200: ChannelControlOut, **REFUSALS})
def change_language(
    request: HttpRequest, id: str, language: str, body: ChannelChangeIn
) -> ChannelControlOut:
    """Changes the fields that are given, also while the session runs."""
    session = find.session_of(user=user_of(request), id=id)
    changed = change_channel(
        session=session, language=language, changes=body.dict(exclude_none=True)
    )
    return channel_control_out(changed, session, session.booths.filter(language=language).first())


@router.get("/sessions/{id}/status", response={200: StatusOut, **REFUSALS})
def status(request: HttpRequest, id: str) -> StatusOut:
    """How the floor and every language are doing now."""
    session = find.session_of(user=user_of(request), id=id)
    found = session_status(session=session)
    shown = session_out(session)
    return StatusOut(
        session=shown,
        floor=FloorStatusOut(**found.floor),
        translation=DutyOut(**found.translation),
        channels=[
            ChannelStatusOut(
                **{
                    **found.channels.get(channel.language.tag, {}),
                    "language": channel.language,
                    "listeners": found.listeners.get(channel.language.tag, 0),
                }
            )
            for channel in shown.channels
        ],
        troubles=[
            TroubleOut(
                stage=trouble.stage.value,
                language=trouble.language,
                message=trouble.message,
                at_s=trouble.at_s,
            )
            for trouble in found.troubles
        ],
    )
