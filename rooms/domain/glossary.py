"""An event's terms: what a concept is called in each language."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from rooms.domain.errors import Invalid, Unknown
from rooms.domain.event_terms import concepts_of_rows, event_terms
from rooms.domain.plans import publish_plans_on_commit
from rooms.domain.sessions import check_language
from rooms.models import Event, GlossaryTerm
from rooms.models.ids import new_id
from translation.termbase import MOST_TERMS, Concept


def glossary(*, event: Event, query: str = "") -> list[Concept]:
    """Concepts in which a term or note holds `query`, whatever its case; all of their terms."""
    wanted = query.casefold()
    return [
        concept
        for concept in event_terms(event.id)
        if any(wanted in f"{term.term}\n{term.note}".casefold() for term in concept.terms)
    ]


def terms_between(
    *, event: Event, source: str, target: str, after: str, limit: int
) -> tuple[list[Concept], bool]:
    """Of the concepts that have a term in the source, in the order of their ids from `after` on:
    their terms in these two languages, of whatever region. Whether there are more."""
    known = GlossaryTerm.objects.filter(event=event)
    named = known.filter(_spoken_in(source), concept__gt=after).order_by("concept")
    ids = list(named.values_list("concept", flat=True).distinct()[: limit + 1])
    page = ids[:limit]
    if not page:
        return [], False
    both = known.filter(_spoken_in(source) | _spoken_in(target))
    rows = both.filter(concept__gte=page[0], concept__lte=page[-1])
    wanted = set(page)
    concepts = [concept for concept in concepts_of_rows(rows) if concept.id in wanted]
    return concepts, len(ids) > limit


def _spoken_in(language: str) -> Q:
    base = language.partition("-")[0]
    return Q(language=base) | Q(language__startswith=f"{base}-")


def put_concepts(*, event: Event, concepts: Iterable[Concept], replace: bool = False) -> int:
    """Adds terms; a concept's term in a language that has one is replaced. `replace`: whatever
    stood there before goes. How many terms there were to add."""
    rows = [
        GlossaryTerm(
            event=event,
            concept=concept.id or new_id(),
            language=term.language,
            term=term.term,
            note=term.note,
            do_not_translate=term.do_not_translate,
            pronunciation=term.pronunciation,
        )
        for concept in concepts
        for term in concept.terms
    ]
    for tag in {row.language for row in rows}:
        check_language(tag)
    rows = list({(row.concept, row.language): row for row in rows}.values())
    if len(rows) > MOST_TERMS:
        raise _full()
    with transaction.atomic():
        Event.objects.select_for_update().get(id=event.id)
        if replace:
            GlossaryTerm.objects.filter(event=event).delete()
        GlossaryTerm.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["event", "concept", "language"],
            update_fields=["term", "note", "do_not_translate", "pronunciation"],
            batch_size=500,
        )
        if GlossaryTerm.objects.filter(event=event).count() > MOST_TERMS:
            raise _full()
        publish_plans_on_commit(event)
    return len(rows)


def delete_concept(*, event: Event, concept: str) -> None:
    gone, _ = GlossaryTerm.objects.filter(event=event, concept=concept).delete()
    if not gone:
        raise Unknown("unknown_term", "There is no such term in this glossary.")
    publish_plans_on_commit(event)


def clear_glossary(*, event: Event) -> None:
    GlossaryTerm.objects.filter(event=event).delete()
    publish_plans_on_commit(event)


def _full() -> Invalid:
    return Invalid(
        f"A glossary has {MOST_TERMS} terms at most.", code="glossary_full", most=str(MOST_TERMS)
    )
