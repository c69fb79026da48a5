# ruff: noqa: RUF001, RUF002 - letters and marks of many scripts
"""Text -> its words, as the checks between source and target compare them. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Chinese characters: each counts as a word, nothing marks where words end."""

LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
"""A word ends where its script does: `Acme는`, `IT部門`."""

_INDIAN = "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
"""In the scripts of India vowel signs are marks, and make another word."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Accents set apart, and Arabic vowel signs."""

_WORD = re.compile(
    rf"(?=\w)[{_UNSPACED}]"
    rf"|[{LATIN}\d][{LATIN}\d{_MARKS}]*"
    rf"|(?![\u200c\u200d])[{_INDIAN}]+"
    rf"|[^\W_{_UNSPACED}{LATIN}{_INDIAN}](?:[^\W_{_UNSPACED}{LATIN}{_INDIAN}]|[{_MARKS}])*"
)
_KEPT_MARKS = re.compile(rf"[{_INDIAN}]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A word as it is compared, and where it stands in its text."""

    word: str
    start: int
    end: int


def folded(text: str) -> str:
    """Lower case, one apostrophe, no Arabic vowel signs: `L’État` -> `l'état`."""
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("ـ", "")
    return "".join(c for c in text if unicodedata.category(c) != "Mn" or _KEPT_MARKS.match(c))


def placed_words(text: str) -> list[Placed]:
    """Folded: `The NHS's 25-mg dose` -> the, nhs, s, 25, mg, dose; `我们` -> 我, 们."""
    found = ((folded(match[0]), *match.span()) for match in _WORD.finditer(text))
    return [Placed(word, start, end) for word, start, end in found if word]


def words_of(text: str) -> list[str]:
    return [placed.word for placed in placed_words(text)]


def alike(word: str, other: str) -> bool:
    """The same word, inflected or not: they begin the same for at least three letters and two
    thirds of the longer one. `grupo`, `grupos`; `Wirkstoffs`, `Wirkstoff`; not `is`, `in`."""
    if word == other:
        return True
    if word.isdigit() and other.isdigit():
        return False
    common = _common(word, other)
    return common >= 3 and common * 3 >= 2 * max(len(word), len(other))


def same_noun(word: str, other: str, language: str) -> bool:
    """Alike beyond doubt: `company`, `companies`; not `companion`. `language`: its plain tag."""
    if language == "en":
        plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}es"
        return other in (word, f"{word}s", plural)
    longest = max(len(word), len(other))
    return word == other or (alike(word, other) and longest - _common(word, other) <= 2)


def _common(word: str, other: str) -> int:
    """With how many letters alike both begin."""
    return next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )


def find(phrase: list[str], words: list[str]) -> int:
    """Where a phrase begins in the words, or -1."""
    if not phrase:
        return -1
    for start in range(len(words) - len(phrase) + 1):
        if words[start : start + len(phrase)] == phrase:
            return start
    return -1
