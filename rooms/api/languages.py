from django.http import HttpRequest
from ninja import Router

from rooms.api.schemas import LanguagesOut, LanguageTargetsOut
from rooms.api.shapes import language_out
from rooms.parts import parts
from translation.languages import LANGUAGES

router = Router(tags=["events"])


@router.get("/languages", response=LanguagesOut)
def languages(request: HttpRequest) -> LanguagesOut:
    """Every language, and into which others the engines here can interpret it."""
    unserved = parts().engines.unserved
    return LanguagesOut(
        items=[
            LanguageTargetsOut(
                **language_out(source).dict(),
                targets=[
                    tag
                    for tag in LANGUAGES
                    if tag != source.tag and unserved(source.tag, tag, ()) is None
                ],
            )
            for source in LANGUAGES.values()
        ]
    )
