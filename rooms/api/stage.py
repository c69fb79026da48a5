from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.throttling import AnonRateThrottle

from rooms.api.schemas import (
    ErrorOut,
    EventNameOut,
    StageIn,
    StageLanguageIn,
    StageOut,
    StageStatusOut,
    StageVoiceIn,
)
from rooms.api.shapes import language_out, session_out
from rooms.domain.channels import not_offered
from rooms.domain.floor_language import set_floor_language
from rooms.domain.speakers import admit_speaker, invited_to_stage, wish_voice
from rooms.models import Invitation
from translation.voices import Gender

router = Router(tags=["stage"])

REFUSED: dict[int, Any] = dict.fromkeys((401, 410, 422, 429, 503), ErrorOut)


@router.post(
    "/stage",
    response={200: StageOut, **REFUSED},
    throttle=[AnonRateThrottle("120/m")],
)
def stage(request: HttpRequest, body: StageIn) -> StageOut:
    """An invitation's token -> where to speak, and with what token."""
    admission = admit_speaker(token=body.invitation)
    return StageOut(
        url=admission.url,
        token=admission.token,
        room=admission.room,
        identity=admission.identity,
        **_status_out(admission.invitation).dict(),
    )


@router.post(
    "/stage/status",
    response={200: StageStatusOut, **REFUSED},
    throttle=[AnonRateThrottle("120/m")],
)
def stage_status(request: HttpRequest, body: StageIn) -> StageStatusOut:
    """An invitation's token -> the session it is for, as it stands now."""
    return _status_out(invited_to_stage(token=body.invitation))


@router.post(
    "/stage/floor-language",
    response={200: StageStatusOut, 404: ErrorOut, **REFUSED},
    throttle=[AnonRateThrottle("120/m")],
)
def say_floor_language(request: HttpRequest, body: StageLanguageIn) -> StageStatusOut:
    """What is spoken on the stage from now on: the channel of that language passes it through."""
    invitation = invited_to_stage(token=body.invitation)
    session = invitation.session
    if not session.channels.filter(language=body.language).exists():
        raise not_offered(body.language)
    invitation.session = set_floor_language(session=session, language=body.language)
    return _status_out(invitation)


@router.post(
    "/stage/voice",
    response={200: StageStatusOut, **REFUSED},
    throttle=[AnonRateThrottle("120/m")],
)
def say_voice(request: HttpRequest, body: StageVoiceIn) -> StageStatusOut:
    """Whether machines should speak as a woman or a man while this speaker speaks."""
    return _status_out(wish_voice(token=body.invitation, voice=Gender(body.voice)))


def _status_out(invitation: Invitation) -> StageStatusOut:
    session = invitation.session
    event = session.room.event
    return StageStatusOut(
        event=EventNameOut(slug=event.slug, title=event.title),
        room_name=session.room.name,
        session=session_out(session),
        floor_language=language_out(session.floor_language or session.source_language),
        voice=Gender(invitation.voice).value,
    )
