"""Which terms a sentence holds, what they must be called in the target, and whether they are.

    "our holding company grew"  en > es  ->  `grupo` is required
    "nuestro grupo creció"               ->  1 of 1 kept

A term counts where its words stand in a row; the last letters of a word may differ, for it may be
inflected. A term in capitals (`IT`) is a name and counts in capitals only.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translation.languages import language as known_language
from translation.path.words_of import find, words_of
from translation.termbase import Concept


@dataclass(frozen=True, slots=True)
class Required:
    """`said` stands in the source; `wanted` has to stand in the target."""

    said: str
    wanted: str


@dataclass(frozen=True, slots=True)
class TermHits:
    """How many terms of the glossary were asked for, and how many are there."""

    asked: int = 0
    kept: int = 0

    def __add__(self, other: "TermHits") -> "TermHits":
        return TermHits(self.asked + other.asked, self.kept + other.kept)

    @property
    def rate(self) -> float | None:
        """None where nothing was asked for."""
        return self.kept / self.asked if self.asked else None


class Glossary:
    """An event's terms, ready to be looked up: asking costs what the sentence is long."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._by_start: dict[tuple[str, str], list[Concept]] = defaultdict(list)
        for concept in concepts:
            for term in concept.terms:
                plain = known_language(term.language).plain
                for word in words_of(term.term)[:1]:
                    self._by_start[plain, word[:3]].append(concept)

    def found_in(self, text: str, language: str) -> tuple[Concept, ...]:
        """The concepts whose term in this language stands in the text, longer terms first."""
        plain = known_language(language).plain
        starts = {word[:3] for word in words_of(text)}
        near = {id(c): c for start in starts for c in self._by_start.get((plain, start), ())}
        found = [
            (concept, term.term)
            for concept in near.values()
            if (term := concept.term(language)) and holds(text, term.term)
        ]
        return tuple(concept for concept, term in sorted(found, key=lambda f: -len(f[1])))


def required(concepts: Iterable[Concept], source: str, target: str) -> tuple[Required, ...]:
    """What the concepts that stand in a sentence have to be called in the target."""
    asked = {}
    for concept in concepts:
        said, wanted = concept.term(source), concept.required(source, target)
        if said is not None and wanted is not None:
            asked[said.term] = Required(said.term, wanted)
    return tuple(asked.values())


def holds(text: str, term: str) -> bool:
    """Whether a term stands in a text, inflected or not."""
    if term.isupper() and len(term) > 1:
        return term in text and find(words_of(term), words_of(text), inflected=False) >= 0
    return find(words_of(term), words_of(text), inflected=True) >= 0


def lost(target: str, terms: Sequence[Required]) -> tuple[Required, ...]:
    """The terms that the target should hold and does not."""
    return tuple(term for term in terms if not holds(target, term.wanted))


def hits(target: str, terms: Sequence[Required]) -> TermHits:
    return TermHits(len(terms), len(terms) - len(lost(target, terms)))


def kept_untranslated(target: str, terms: Sequence[Required]) -> str:
    """The target with every term that an engine left in the source's words put right.

    "nuestra holding company creció" -> "nuestra grupo creció": the article may be wrong then.
    """
    for term in lost(target, terms):
        start = target.casefold().find(term.said.casefold())
        if start >= 0 and term.said.casefold() != term.wanted.casefold():
            target = target[:start] + term.wanted + target[start + len(term.said) :]
    return target


def with_wanted_terms(source: str, terms: Sequence[Required]) -> str:
    """The source with what the target must hold in the place of what is said: an engine that
    knows no glossary tends to leave a foreign word as it is.

    "our holding company grew"  ->  "our grupo grew"
    """
    for term in terms:
        pattern = re.compile(rf"(?<!\w){re.escape(term.said)}(?!\w)", re.IGNORECASE)
        source = pattern.sub(term.wanted.replace("\\", r"\\"), source)
    return source
