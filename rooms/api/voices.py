"""Which voices an event chose for its speech engines."""

from django.http import HttpRequest
from ninja import Router

from rooms.api.auth import SignedIn, user_of
from rooms.api.engine_schemas import ChosenVoiceOut, VoicesIn, VoicesOut
from rooms.api.organize import REFUSALS
from rooms.domain import find
from rooms.domain.engines import known_engines
from rooms.domain.event_voices import put_voices
from rooms.models import Event
from translation.choice import Slot
from translation.voices import ANY_LANGUAGE, Gender, VoiceChoice

router = Router(tags=["engines"], auth=SignedIn())

EVENT = "/organize/events/{event}/voices"


@router.get(EVENT, response={200: VoicesOut, **REFUSALS})
def event_voices(request: HttpRequest, event: str) -> VoicesOut:
    return _voices_out(find.event_of(user=user_of(request), slug=event))


@router.put(EVENT, response={200: VoicesOut, **REFUSALS})
def choose_voices(request: HttpRequest, event: str, body: VoicesIn) -> VoicesOut:
    """They come before the install's; running sessions go on with them."""
    found = find.event_of(user=user_of(request), slug=event)
    chosen = [
        VoiceChoice(one.engine, one.language or ANY_LANGUAGE, one.voice, Gender(one.gender))
        for one in body.voices
    ]
    put_voices(event=found, voices=chosen)
    return _voices_out(found)


def _voices_out(event: Event) -> VoicesOut:
    return VoicesOut(
        voices=[
            ChosenVoiceOut(
                engine=row.engine,
                language=row.language,
                gender=Gender(row.gender).value,
                voice=row.voice,
            )
            for row in event.voices.all()
        ],
        engines=known_engines(Slot.SPEECH),
    )
