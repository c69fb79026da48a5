from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from rooms.api.listen_schemas import CaptionsOut, ListenIn, ListenOut
from rooms.api.schemas import ErrorOut
from rooms.api.shapes import captions_out, language_out, session_out, voices_out
from rooms.api.throttle import HALL, PerAddress
from rooms.domain import find
from rooms.domain.captions import NOTHING, captions
from rooms.domain.channels import not_offered
from rooms.domain.listeners import admit_listener
from translation.languages import LANGUAGES

router = Router(tags=["listening"])

RECENT = 50

a_hall = PerAddress("listen", HALL)


@router.post(
    "/sessions/{id}/listen",
    response={
        200: ListenOut,
        404: ErrorOut,
        409: ErrorOut,
        410: ErrorOut,
        422: ErrorOut,
        429: ErrorOut,
        503: ErrorOut,
    },
    throttle=[a_hall],
)
def listen(request: HttpRequest, id: str, body: ListenIn) -> ListenOut:
    """Where to hear a language of a running session, with what token, and what was said last."""
    session = find.session(id=id)
    admission = admit_listener(session=session, language=body.language)
    if body.captions:
        recent = captions(session=session, language=body.language, limit=RECENT)
    else:
        recent = NOTHING
    return ListenOut(
        url=admission.url,
        token=admission.token,
        room=admission.room,
        language=language_out(body.language),
        session=session_out(session),
        clock_s=admission.clock_s,
        captions=captions_out(recent.captions),
        voices=voices_out(recent.voices),
    )


@router.get("/sessions/{id}/captions", response={200: CaptionsOut, 404: ErrorOut, 422: ErrorOut})
def read_captions(
    request: HttpRequest,
    id: str,
    language: str,
    before_id: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> CaptionsOut:
    """What was said, newest part first asked: pass the first `id` you have as `before_id`."""
    session = find.session(id=id)
    if language not in LANGUAGES:
        raise not_offered(language)
    page = captions(session=session, language=language, before_id=before_id, limit=limit)
    return CaptionsOut(
        items=captions_out(page.captions), more=page.more, voices=voices_out(page.voices)
    )
