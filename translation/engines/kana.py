"""Japanese as it is read, in kana: for a voice that knows no Chinese characters.

    "今日は東京へ行きます。"  ->  "キョーワ トーキョーエ イキマス。"

By SudachiPy and its small dictionary (the extra `japanese`; Apache-2.0), which a process loads when
it first needs them: a tenth of a second, 50 MB.
"""

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from typing import Any

REMEDY = "uv pip install --requirement infra/requirements/japanese.txt"

_PARTICLES = {"は": "ワ", "へ": "エ", "を": "オ"}
"""Are written otherwise than they are said."""

_SAID_OTHERWISE = {"私": "ワタシ"}
_LEANING = {"助詞", "助動詞", "接尾辞"}
"""Particles, auxiliaries and suffixes are said in one with what stands before."""

_NOUNS = {"名詞", "代名詞", "副詞", "形状詞", "接頭辞", "連体詞", "接続詞", "感動詞"}
_LONG_O = re.compile("(?<=[オコソトノホモヨロゴゾドボポョ])ウ(?![ァィゥェォ])")
"""Written as another vowel, said as a long one; in verbs it is an ending of its own, and words that
are written in katakana have a sign for it."""

_KATAKANA = re.compile("[\u30a0-\u30ff]+")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
"""What no dictionary reads is left out."""

_STOPS = "、。,.!?:;"


def installed() -> bool:
    return find_spec("sudachipy") is not None and find_spec("sudachidict_small") is not None


def kana(text: str) -> str:
    """Blocking. Digits and Latin letters stay."""
    said = ""
    for word in _dictionary().tokenizer().tokenize(unicodedata.normalize("NFKC", text)):
        surface, kind = word.surface(), word.part_of_speech()[0]
        if kind == "空白" or surface in "・〜~":
            said += " "
        elif kind == "補助記号":
            said = said.rstrip() + (surface if surface in _STOPS else " ")
        else:
            said += ("" if kind in _LEANING else " ") + _reading(word, surface, kind)
    return " ".join(said.split())


def _reading(word: Any, surface: str, kind: str) -> str:
    if surface.isascii():
        return surface
    if kind == "助詞" and surface in _PARTICLES:
        return _PARTICLES[surface]
    reading = _SAID_OTHERWISE.get(surface) or str(word.reading_form())
    if kind in _NOUNS and not _KATAKANA.fullmatch(surface):
        reading = _LONG_O.sub("ー", reading)
    return _CHINESE.sub("", reading)


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")
