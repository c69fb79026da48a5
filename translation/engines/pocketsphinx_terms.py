"""What PocketSphinx listens for besides its own words: the terms of an event, each as one entry of
its dictionary and of its language model.

    "block book"  ->  block_book#   B L AA K B UH K
                      block_books#  B L AA K B UH K S

So a term is as likely as a common word, whatever the language model thinks of its words side by
side. It comes out of a hypothesis whole; its words share its time by their phones.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from translation.values import Word

MOST_WORDS = 4
"""In one entry. A longer term (a title on the agenda) is listened for only word by word."""

SHORTEST = 4
"""Letters of a word that is listened for by itself: shorter ones (of, the) are common already, and
sound like too much."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SIBILANT = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Entry:
    """`words` as they are written; `phones` of each."""

    words: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def key(self) -> str:
        return "_".join(self.words).lower() + "#"

    @property
    def said(self) -> str:
        return " ".join(self.phones)

    def spread(self, start_s: float, end_s: float) -> Iterator[Word]:
        """Its words over the time in which all of it was said."""
        lengths = [len(phones.split()) for phones in self.phones]
        each_s = (end_s - start_s) / sum(lengths)
        for word, length in zip(self.words, lengths, strict=True):
            yield Word(word, start_s, start_s + length * each_s)
            start_s += length * each_s


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def forms(terms: Iterable[str], known: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Of each term what is listened for: its words in a row, each of them by itself (who speaks of
    movable types speaks of types), and their plurals, as they are to be written. `known`: whether
    the dictionary has a word; such a one is a name only where it is a term by itself (an art, if
    the talk is called The Art of Printing), and no term if it is short (IT, US, WHO)."""
    split = [(term, tuple(words_of(term))) for term in terms]
    found: dict[tuple[str, ...], None] = {}
    for term, words in split:
        if 1 < len(words) <= MOST_WORDS and not any(map(str.isdigit, term)):
            found |= dict.fromkeys((words, (*words[:-1], plural(words[-1]))))
    for _, words in sorted(split, key=lambda each: len(each[1]) > 1):
        for word in words:
            if len(word) >= SHORTEST or not known(word.lower()):
                written = word.lower() if len(words) > 1 and known(word.lower()) else word
                found |= dict.fromkeys(((written,), (plural(written),)))
    return list(found)


def plural(noun: str) -> str:
    """Of an English noun that follows the rule; what looks like a plural stays."""
    if noun.endswith("s") or noun.isupper():
        return noun
    if noun.endswith(_SIBILANT):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def entries(found: Sequence[tuple[str, ...]], pronunciation: Mapping[str, str]) -> dict[str, Entry]:
    """By key, the first of those that are only written otherwise; what has a word that nobody can
    pronounce is left out. `pronunciation`: by the word in lower case."""
    made: dict[str, Entry] = {}
    for words in found:
        entry = Entry(words, tuple(pronunciation.get(word.lower(), "") for word in words))
        if all(entry.phones):
            made.setdefault(entry.key, entry)
    return made
