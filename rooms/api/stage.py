from django.http import HttpRequest
from ninja import Router
from ninja.throttling import AnonRateThrottle

from rooms.api.schemas import ErrorOut, EventNameOut, StageIn, StageOut
from rooms.api.shapes import session_out
from rooms.domain.speakers import admit_speaker

router = Router(tags=["stage"])


@router.post(
    "/stage",
    response={200: StageOut, 401: ErrorOut, 410: ErrorOut, 422: ErrorOut, 503: ErrorOut},
    throttle=[AnonRateThrottle("120/m")],
)
def stage(request: HttpRequest, body: StageIn) -> StageOut:
    """An invitation's token -> where to speak, and with what token."""
    admission = admit_speaker(token=body.invitation)
    session = admission.session
    event = session.room.event
    return StageOut(
        url=admission.url,
        token=admission.token,
        room=admission.room,
        identity=admission.identity,
        event=EventNameOut(slug=event.slug, title=event.title),
        room_name=session.room.name,
        session=session_out(session),
    )
