"""What may be wrong with a translation, seen by laying it beside its source. Pure, no model.

    en "he has no fever, 25 mg"  >  es "tiene fiebre, 52 mg"   ->   number, negation

A doubt is cheap to have and often unfounded: it costs one more try, and the rendering with the
fewest of them is taken. How often they are right and wrong: infra/decisions/0010.
"""

from collections.abc import Sequence
from enum import StrEnum

from translation.languages import letters
from translation.path.glossary import Required, lost
from translation.path.lost_names import lost_names
from translation.path.negation import changed
from translation.path.numbers import wrong_numbers
from translation.path.words_of import words_of


class Doubt(StrEnum):
    """From the gravest to the lightest."""

    EMPTY = "empty"  # nothing came back
    LOOP = "loop"  # the same words again and again
    LENGTH = "length"  # much longer or shorter than the source can become
    NUMBER = "number"  # a number is lost, or made up
    NEGATION = "negation"  # one says no, the other does not
    TERM = "term"  # a term of the glossary is not called what it has to be
    NAME = "name"  # a name is lost


WEIGHTS = {
    Doubt.EMPTY: 16, Doubt.LOOP: 8, Doubt.LENGTH: 4, Doubt.NUMBER: 4, Doubt.NEGATION: 3,
    Doubt.TERM: 2, Doubt.NAME: 1,
}  # fmt: skip


def doubts(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    terms: Sequence[Required] = (),
) -> tuple[Doubt, ...]:
    """The gravest first."""
    if not target.strip():
        return (Doubt.EMPTY,) if source.strip() else ()
    found = {
        Doubt.LOOP: _loops(target) and not _loops(source),
        Doubt.LENGTH: _odd_length(source, target, source_language, target_language),
        Doubt.NUMBER: bool(wrong_numbers(source, target, source_language, target_language)),
        Doubt.NEGATION: changed(source, target, source_language, target_language),
        Doubt.TERM: bool(lost(target, terms)),
        Doubt.NAME: bool(lost_names(source, target, source_language, target_language, terms)),
    }
    return tuple(doubt for doubt, there in found.items() if there)


def weight(found: Sequence[str]) -> int:
    return sum(WEIGHTS[Doubt(doubt)] for doubt in found)


def _loops(text: str) -> bool:
    """One to six words four times in a row."""
    words = words_of(text)
    for size in range(1, 7):
        for start in range(len(words) - 4 * size + 1):
            unit = words[start : start + size]
            if words[start : start + 4 * size] == unit * 4:
                return True
    return False


def _odd_length(source: str, target: str, source_language: str, target_language: str) -> bool:
    """Beyond a third and three times of what is usual; short sentences may do as they like."""
    said, made = letters(source, source_language), letters(target, target_language)
    return max(said, made) > 30 and not said / 3 <= made <= said * 3
