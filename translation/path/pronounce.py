"""A text as a voice should read it: the event's terms by their pronunciations. Pure.

    "Acme in Subiaco"  ->  "ack-mee in soo-bee-ack-oh"

Only what is read aloud; captions and transcripts keep the term.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import eq

from translation.path.glossary import places, put_into
from translation.path.words_of import words_of
from translation.termbase import Concept, Term

MOST = 1000
"""Terms with a pronunciation in one language; more are left out, the longest stay."""


class Pronunciations:
    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        found = [term for c in concepts if (term := c.term(language)) and term.pronunciation]
        self._by_start: dict[str, list[Term]] = defaultdict(list)
        for term in sorted(found, key=lambda term: -len(term.term))[:MOST]:
            for word in words_of(term.term)[:1]:
                self._by_start[word].append(term)

    def __call__(self, text: str) -> str:
        """A term in capitals is read so in capitals only; of two the longer one is taken, or the
        one in the text's own writing."""
        starts = dict.fromkeys(words_of(text)) if self._by_start else {}
        instead = [
            (span, term)
            for start in starts
            for term in self._by_start.get(start, ())
            for span in places(text, term.term, eq)
        ]
        instead.sort(key=lambda one: text[slice(*one[0])] != one[1].term)
        return put_into(text, [(span, term.pronunciation) for span, term in instead])
