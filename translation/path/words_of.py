# ruff: noqa: RUF001, RUF002 - marks of many scripts
"""Text -> its words, as the checks between source and target compare them. Pure."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Kana and Chinese characters: each counts as a word, nothing marks where words end."""

_IGNORED = {"Mn"}
_KEPT_MARKS = re.compile(r"[\u0900-\u0dff]")
"""In the scripts of India, vowel signs are marks too and make another word."""


def folded(text: str) -> str:
    """Lower case, one apostrophe, no Arabic vowel signs: `L’État` -> `l'état`."""
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("ـ", "")
    return "".join(
        c for c in text if unicodedata.category(c) not in _IGNORED or _KEPT_MARKS.match(c)
    )


def words_of(text: str) -> list[str]:
    """Folded: `The NHS's 25-mg dose` -> the, nhs's, 25, mg, dose; `我们` -> 我, 们."""
    words: list[str] = []
    for word in _words(folded(text)):
        words += [part for part in _UNSPACED.sub(r" \g<0> ", word).split() if part]
    return words


def _words(text: str) -> list[str]:
    """Marks of Indian scripts belong to their word, though they are no letters."""
    if not _KEPT_MARKS.search(text):
        return _WORD.findall(text)
    return re.findall(r"(?:[^\W_]|[\u0900-\u0dff]|\u200d|\u200c)+", text)


def alike(word: str, other: str) -> bool:
    """The same word, inflected or not: they begin the same for at least three letters and two
    thirds of the longer one. `grupo`, `grupos`; `Wirkstoffs`, `Wirkstoff`; not `is`, `in`."""
    if word == other:
        return True
    common = next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )
    return common >= 3 and common * 3 >= 2 * max(len(word), len(other))


def find(phrase: list[str], words: list[str], *, inflected: bool) -> int:
    """Where a phrase begins in the words, or -1. `inflected`: its words may end otherwise."""
    if not phrase:
        return -1
    for start in range(len(words) - len(phrase) + 1):
        pairs = zip(phrase, words[start:], strict=False)
        if all(alike(a, b) if inflected else a == b for a, b in pairs):
            return start
    return -1
