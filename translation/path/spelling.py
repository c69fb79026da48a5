# ruff: noqa: RUF001 - the letters of two alphabets
"""How a name is spelled in another language of an alphabet that writes names by their sound. Pure.

Barack Obama  ->  Барака Обамы        latin: baraka obamy, near to barack, obama
"""

import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ы": "i", "э": "e", "ю": "u", "я": "a", "є": "e",
}  # fmt: skip
_OTHER = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"}
_ALIKE = (
    ("dzh", "j"), ("kh", "h"), ("ck", "k"), ("ph", "f"), ("x", "ks"), ("w", "v"),
    ("y", "i"), ("c", "k"), ("q", "k"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def latin(word: str) -> str:
    """In plain letters, one for every sound that languages write by several: `Wałęsa` -> valesa.
    What is of no such alphabet is left out."""
    written = ""
    for letter in unicodedata.normalize("NFD", word.casefold()):
        plain = _CYRILLIC.get(letter, _OTHER.get(letter, letter))
        written += plain if plain.isascii() and plain.isalpha() else ""
    for sound, instead in _ALIKE:
        written = written.replace(sound, instead)
    return written


def near(word: str, other: str) -> bool:
    """Of `latin` words: they begin alike, or a third of their letters differ at most."""
    if not word or not other:
        return False
    if len(word) > 2 and word[:3] == other[:3]:
        return True
    return 3 * _changes(word, other) <= max(len(word), len(other))


def _changes(word: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein's distance)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        above, row = row, [number]
        for place, its in enumerate(other):
            row.append(min(above[place + 1] + 1, row[-1] + 1, above[place] + (letter != its)))
    return row[-1]
