# ruff: noqa: RUF001, RUF002 - words and marks of many scripts
"""A text as eSpeak NG 1.51 reads it right. Pure, but for Japanese.

zh "3.5 毫克，25%"  ->  "3点5 毫克，百分之25"     (it would say three five, and percent in English)
"""

import re

from translation.engines.kana import kana
from translation.languages import language as known_language

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
"""eSpeak takes ^A for a command of its own, even without markup."""

_POINT = {"zh": "点", "yue": "點", "ja": "テン", "ko": "점", "uk": ","}
_PERCENT = {
    "zh": r"百分之\1", "yue": r"百分之\1", "ja": r"\1 パーセント", "ko": r"\1 퍼센트",
    "uk": r"\1 відсотків",
}  # fmt: skip
"""Where it does not know them."""

_FRACTION = re.compile(r"(?<=\d)\.(\d+)")
_OF_HUNDRED = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_SIGNS = re.compile("[/~+]")
"""In the middle of another script it says them in English."""


def readable(text: str, tag: str) -> str:
    """Blocking where the language is Japanese."""
    here = known_language(tag)
    said = _CONTROL.sub(" ", text).replace("[[", "[ [")  # `[[` begins phonemes
    if here.plain == "ja":
        said = kana(said)
    if here.plain in _PERCENT:
        said = _OF_HUNDRED.sub(_PERCENT[here.plain], said)
    if point := _POINT.get(here.plain):
        digits = "".join if point == "," else " ".join
        said = _FRACTION.sub(lambda fraction: point + digits(fraction[1]), said)
    if here.script != "Latn":
        said = _SIGNS.sub(" ", said)
    return said.strip()
