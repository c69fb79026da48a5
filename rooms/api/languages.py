from django.http import HttpRequest
from ninja import Router

from rooms.api.schemas import ErrorOut, LanguagesOut, LanguageTargetsOut
from rooms.api.shapes import language_out
from rooms.domain import find
from rooms.domain.wishes import wishes_of
from rooms.parts import parts
from translation.languages import LANGUAGES

router = Router(tags=["events"])


@router.get("/languages", response={200: LanguagesOut, 404: ErrorOut})
def languages(request: HttpRequest, event: str = "") -> LanguagesOut:
    """Every language, and into which others the engines here (those of an event, by its address)
    can interpret it."""
    wishes = wishes_of(find.event(slug=event).id) if event else ()
    unserved = parts().engines.unserved
    return LanguagesOut(
        items=[
            LanguageTargetsOut(
                **language_out(source).dict(),
                targets=[
                    tag
                    for tag in LANGUAGES
                    if tag != source.tag and unserved(source.tag, tag, wishes) is None
                ],
            )
            for source in LANGUAGES.values()
        ]
    )
