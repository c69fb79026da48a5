"""An event's terms as the engines want them."""

from collections import defaultdict

from rooms.models import GlossaryTerm
from translation.termbase import Concept, Term


def event_terms(event_id: int) -> list[Concept]:
    """Every concept with all of its terms, in a steady order."""
    grouped: defaultdict[str, list[Term]] = defaultdict(list)
    rows = GlossaryTerm.objects.filter(event_id=event_id).order_by("concept", "language")
    for row in rows:
        term = Term(row.language, row.term, row.note, row.do_not_translate, row.pronunciation)
        grouped[row.concept].append(term)
    return [Concept(id, terms) for id, terms in grouped.items()]
