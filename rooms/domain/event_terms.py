"""An event's terms as the engines want them."""

from collections import defaultdict

from django.db.models import QuerySet

from rooms.models import GlossaryTerm
from translation.termbase import Concept, Term


def event_terms(event_id: int) -> list[Concept]:
    """Every concept with all of its terms, in a steady order."""
    return concepts_of_rows(GlossaryTerm.objects.filter(event_id=event_id))


def concepts_of_rows(rows: "QuerySet[GlossaryTerm]") -> list[Concept]:
    grouped: defaultdict[str, list[Term]] = defaultdict(list)
    for row in rows.order_by("concept", "language"):
        term = Term(row.language, row.term, row.note, row.do_not_translate, row.pronunciation)
        grouped[row.concept].append(term)
    return [Concept(id, terms) for id, terms in grouped.items()]
