"""A session's transcript in one language, to keep; as public as its captions are."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from rooms.api.booth_schemas import LineOut, TranscriptOut
from rooms.api.schemas import ErrorOut
from rooms.api.shapes import language_out, session_out, voices_out
from rooms.domain import find
from rooms.domain.channels import not_offered
from rooms.domain.transcript import transcript
from rooms.domain.web_vtt import web_vtt
from translation.languages import LANGUAGES

router = Router(tags=["listening"])


@router.get(
    "/sessions/{id}/transcript.json",
    response={200: TranscriptOut, 404: ErrorOut, 422: ErrorOut, 503: ErrorOut},
)
def transcript_json(
    request: HttpRequest, id: str, language: str, response: HttpResponse
) -> TranscriptOut:
    """What was said, whose words they are, and whose voice was heard."""
    session = find.session(id=id)
    found = transcript(session=session, language=_known(language))
    response.headers["Content-Disposition"] = _file_name(session.id, language, "json")
    return TranscriptOut(
        session=session_out(session),
        language=language_out(language),
        voices=voices_out(found.voices),
        lines=[
            LineOut(
                id=line.id,
                start_s=line.start_s,
                end_s=line.end_s,
                text=line.text,
                by=line.by,
                engine=line.engine,
                recogniser=line.recogniser,
                speech_engine=line.speech_engine,
                voice=line.voice.value if line.voice else None,
                skipped=line.skipped,
                said=line.said,
                doubts=list(line.doubts),
                terms=line.terms,
                terms_kept=line.terms_kept,
            )
            for line in found.lines
        ],
    )


@router.get(
    "/sessions/{id}/transcript.vtt",
    response={200: str, 404: ErrorOut, 422: ErrorOut, 503: ErrorOut},
)
def transcript_vtt(request: HttpRequest, id: str, language: str) -> HttpResponse:
    """The same as WebVTT captions (`text/vtt`); a NOTE tells every change of voice."""
    session = find.session(id=id)
    found = transcript(session=session, language=_known(language))
    return HttpResponse(
        web_vtt(found, title=session.title),
        content_type="text/vtt; charset=utf-8",
        headers={"Content-Disposition": _file_name(session.id, language, "vtt")},
    )


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise not_offered(language)
    return language


def _file_name(session_id: str, language: str, ending: str) -> str:
    return f'attachment; filename="{session_id}.{language}.{ending}"'
