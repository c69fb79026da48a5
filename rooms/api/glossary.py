"""An event's glossary, for whoever organizes it."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from rooms.api.auth import SignedIn, user_of
from rooms.api.booth_schemas import ConceptIn, ConceptOut, GlossaryOut, UploadedOut
from rooms.api.booth_shapes import concept_out
from rooms.api.organize import REFUSALS
from rooms.domain import find
from rooms.domain.errors import TooLarge
from rooms.domain.glossary import clear_glossary, delete_concept, glossary, put_concepts
from rooms.domain.glossary_files import concepts_of, csv_of, tbx_of
from rooms.models.ids import new_id
from translation.termbase import Concept, Term

router = Router(tags=["glossary"], auth=SignedIn())

LARGEST_BYTES = 2_000_000


@router.get("/events/{event}/glossary", response={200: GlossaryOut, **REFUSALS})
def read_glossary(
    request: HttpRequest, event: str, q: Annotated[str, Query(max_length=200)] = ""
) -> GlossaryOut:
    """Every concept; with `q`, those in which a term or note holds it."""
    found = find.event_of(user=user_of(request), slug=event)
    return GlossaryOut(
        items=[concept_out(concept) for concept in glossary(event=found, query=q.strip())]
    )


@router.post("/events/{event}/glossary", response={201: ConceptOut, **REFUSALS})
def put_concept(request: HttpRequest, event: str, body: ConceptIn) -> Status[ConceptOut]:
    """Adds a concept, or changes what a known one is called in the given languages."""
    found = find.event_of(user=user_of(request), slug=event)
    terms = [
        Term(term.language, term.term, term.note, term.do_not_translate, term.pronunciation)
        for term in body.terms
    ]
    concept = Concept(body.concept or new_id(), terms)
    put_concepts(event=found, concepts=[concept])
    return Status(201, concept_out(concept))


@router.post("/events/{event}/glossary/upload", response={200: UploadedOut, **REFUSALS})
def upload_glossary(
    request: HttpRequest, event: str, file: File[UploadedFile], replace: bool = False
) -> UploadedOut:
    """A TBX-Basic file, or a CSV file: a row a term (concept, language, term, note,
    do_not_translate, pronunciation) or a row a concept with a column a language. `replace`: what
    stood in the glossary before goes."""
    found = find.event_of(user=user_of(request), slug=event)
    if (file.size or 0) > LARGEST_BYTES:
        raise TooLarge("The file is larger than 2 MB.")
    count = put_concepts(event=found, concepts=concepts_of(file.read()), replace=replace)
    return UploadedOut(terms=count)


@router.get("/events/{event}/glossary.csv", include_in_schema=False)
def download_csv(request: HttpRequest, event: str) -> HttpResponse:
    found = find.event_of(user=user_of(request), slug=event)
    return _file(csv_of(event=found), "text/csv; charset=utf-8", f"{found.slug}.csv")


@router.get("/events/{event}/glossary.tbx", include_in_schema=False)
def download_tbx(request: HttpRequest, event: str) -> HttpResponse:
    found = find.event_of(user=user_of(request), slug=event)
    return _file(tbx_of(event=found), "application/x-tbx", f"{found.slug}.tbx")


def _file(data: bytes, type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=type, headers={"Content-Disposition": disposition})


@router.delete("/events/{event}/glossary/{path:concept}", response={204: None, **REFUSALS})
def remove_concept(request: HttpRequest, event: str, concept: str) -> Status[None]:
    found = find.event_of(user=user_of(request), slug=event)
    delete_concept(event=found, concept=concept)
    return Status(204, None)


@router.delete("/events/{event}/glossary", response={204: None, **REFUSALS})
def remove_glossary(request: HttpRequest, event: str) -> Status[None]:
    """Every term of the event."""
    clear_glossary(event=find.event_of(user=user_of(request), slug=event))
    return Status(204, None)
