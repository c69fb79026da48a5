"""Names of which a translation knows nothing. Pure.

    "we met Barack Obama in Paris"   "nos vimos en Londres"             Barack Obama
    "we met Barack Obama in Paris"   "мы встретили Барака Обаму"        nothing is wrong
    "we went to New Zealand"         "fuimos a Nueva Zelanda"           nothing is wrong

A name is two words or more with capitals; one word alone is too often translated (`Monday`,
`Spanish`). It is there if one of its words is, spelled about as it sounds. Looked for between
languages of the Latin and Cyrillic alphabets; not from German, where every noun has a capital.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from translation.languages import language as known_language
from translation.path.glossary import Required, holds
from translation.path.name_words import ENDINGS, TRANSLATED
from translation.path.spelling import latin, near

Name = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_][\w-]*")
_STARTS = re.compile(r"[.!?:;\"“”«»(¡¿]")
"""After one of these a capital says nothing."""


def lost_names(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    terms: Sequence[Required] = (),
) -> list[str]:
    """Those of the source that the target has not; without what the glossary says something
    about."""
    here, there = known_language(source_language), known_language(target_language)
    if here.plain == "de" or not {here.script, there.script} <= {"Latn", "Cyrl"}:
        return []
    english = here.plain == "en"
    written = [latin(word) for word in _WORD.findall(target)]
    joined = [one + next for one, next in pairwise(written)]
    lost = [
        name
        for name in (untranslated(source) if english else _long(capitals(source)))
        if not _there(name, [*written, *joined])
        and not any(holds(" ".join(name), term.said) for term in terms)
    ]
    if lost and not english:
        # `Naciones Unidas` has become another name, `United Nations`; so may have these.
        said = [latin(word) for name in capitals(source) for word in name]
        found = capitals(target) if there.plain != "de" else _long(capitals(target))
        if sum(not _there(name, said) for name in found) >= len(lost):
            return []
    return [" ".join(name) for name in lost]


def capitals(text: str) -> list[Name]:
    """Words in a row that begin with a capital, and not because a sentence begins there."""
    return list(_rows((word, word[0].isupper() and not begins) for word, begins in _words(text)))


def untranslated(text: str) -> list[Name]:
    """Of an English text: the names, less the words of them that are translated."""
    kept = (
        (word, word[0].isupper() and not _is_translated(word.lower())) for word, _ in _words(text)
    )
    return _long(_rows(kept))


def _is_translated(word: str) -> bool:
    return word in TRANSLATED or word.endswith(ENDINGS)


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether a sentence or a quotation begins with it; an empty one where
    something stands between two words."""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        if between != " ":
            yield "\0", False
        yield match[0], not end or bool(_STARTS.search(between))
        end = match.end()


def _rows(words: Iterable[tuple[str, bool]]) -> Iterator[Name]:
    """What stands in a row and belongs to a name."""
    row: list[str] = []
    for word, belongs in words:
        if belongs:
            row.append(word)
        elif row:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


def _long(names: Iterable[Name]) -> list[Name]:
    return [name for name in names if len(name) > 1]


def _there(name: Name, words: Sequence[str]) -> bool:
    spelled = [latin(word) for word in (*name, "".join(name))]
    return any(near(one, other) for one in spelled for other in words)
