"""Which terms a sentence holds, what they must be called in the target, and whether they are.

    "our holding company grew"  en > es  ->  `grupo` is required
    "nuestro grupo creció"               ->  1 of 1 kept

A term counts where its words stand in a row; the last letters of a word may differ, for it may be
inflected. A term in capitals (`IT`) is a name and counts in capitals only. What is put in a term's
place is put there for whole words, and nothing around them changes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq

from translation.languages import language as known_language
from translation.path.words_of import alike, placed_words, same_noun, words_of
from translation.termbase import Concept


@dataclass(frozen=True, slots=True)
class Required:
    """`said` stands in the source; `wanted` has to stand in the target."""

    said: str
    wanted: str


Span = tuple[int, int]
"""A stretch of a text: from one character to before another."""

_BEFORE, _AFTER = ".+#@", "+#"
"""Signs that make another word: `.NET`, `C++`."""


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


def places(text: str, term: str, same: Callable[[str, str], bool] = alike) -> list[Span]:
    """Where a term stands in a text. `same`: which words of the text pass for one of the term's;
    a term in capitals is only found as it is written, and one with signs (`C++`) with these."""
    words, wanted = placed_words(text), placed_words(term)
    if not wanted:
        return []
    head, tail = term[: wanted[0].start], term[wanted[-1].end :]
    before = head[len(head.rstrip(_BEFORE)) :]
    after = tail[: len(tail) - len(tail.lstrip(_AFTER))]
    written = term[wanted[0].start : wanted[-1].end]
    found: list[Span] = []
    for place in range(len(words) - len(wanted) + 1):
        row = words[place : place + len(wanted)]
        start, end = row[0].start, row[-1].end
        if found and start < found[-1][1]:
            continue
        if written.isupper() and len(written) > 1:
            there = text[start:end] == written
        else:
            there = all(same(one.word, other.word) for one, other in zip(wanted, row, strict=True))
        if there and text[:start].endswith(before) and text[end:].startswith(after):
            found.append((start - len(before), end + len(after)))
    return found


def holds(text: str, term: str) -> bool:
    """Whether a term stands in a text, inflected or not."""
    return bool(places(text, term))


def lost(target: str, terms: Sequence[Required]) -> tuple[Required, ...]:
    """The terms that the target should hold and does not."""
    return tuple(term for term in terms if not holds(target, term.wanted))


def hits(target: str, terms: Sequence[Required]) -> TermHits:
    return TermHits(len(terms), len(terms) - len(lost(target, terms)))


def kept_untranslated(target: str, terms: Sequence[Required], source: str) -> str:
    """The target with every term that an engine left in the source's words put right: the very
    words, for what is only alike may be the target's own.

    "nuestra holding company creció" -> "nuestra grupo creció": the article may be wrong then.
    """
    instead = []
    for term in lost(target, terms):
        if term.said.casefold() != term.wanted.casefold():
            written = {source[start:end] for start, end in places(source, term.said)}
            for left in {term.said, *written}:
                instead += [(span, term.wanted) for span in places(target, left, eq)]
    return put_into(target, instead)


def with_wanted_terms(source: str, terms: Sequence[Required], language: str) -> str:
    """The source with what the target must hold in the place of what is said: an engine that
    knows no glossary tends to leave a foreign word as it is. `language`: the source's.

    "our holding companies grew"  ->  "our grupo grew"
    """
    same = partial(same_noun, language=known_language(language).plain)
    return put_into(
        source,
        [(span, term.wanted) for term in terms for span in places(source, term.said, same)],
    )


def put_into(text: str, instead: Iterable[tuple[Span, str]]) -> str:
    """A text with stretches of it replaced; of two that overlap the longer one."""
    taken: list[tuple[Span, str]] = []
    for span, word in sorted(instead, key=lambda one: one[0][0] - one[0][1]):
        if all(span[1] <= start or end <= span[0] for (start, end), _ in taken):
            taken.append((span, word))
    for (start, end), word in sorted(taken, reverse=True):
        text = text[:start] + word + text[end:]
    return text
