"""A text as a voice should read it: the event's terms by their pronunciations. Pure.

    "Acme in Subiaco"  ->  "ack-mee in soo-bee-ack-oh"

Only what is read aloud; captions and transcripts keep the term.
"""

import re
from collections.abc import Iterable

from translation.languages import UNSPACED
from translation.termbase import Concept

MOST = 1000
"""Terms with a pronunciation in one language; more are left out, the longest stay."""


class Pronunciations:
    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        found = [term for c in concepts if (term := c.term(language)) and term.pronunciation]
        found = sorted(found, key=lambda term: -len(term.term))[:MOST]
        self._exact = {term.term: term.pronunciation for term in found}
        self._folded = {
            term.term.casefold(): term.pronunciation for term in found if not term.term.isupper()
        }
        names = "|".join(re.escape(term.term) for term in found)
        edges = ("", "") if language in UNSPACED else (r"(?<!\w)", r"(?!\w)")
        self._terms = re.compile(f"{edges[0]}(?:{names}){edges[1]}", re.I) if found else None

    def __call__(self, text: str) -> str:
        """A term in capitals is read so in capitals only; longer terms come first."""
        return self._terms.sub(self._said, text) if self._terms else text

    def _said(self, match: re.Match[str]) -> str:
        written = match[0]
        return self._exact.get(written) or self._folded.get(written.casefold(), written)
