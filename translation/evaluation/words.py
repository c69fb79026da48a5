"""Text as it is compared.

Words are compared after NFKC, lower case, curly apostrophes as straight ones, and everything but
letters, digits, marks and inner apostrophes as a space: “It's 10 %, Dr. O'Neil!” -> `it's 10 dr
o'neil`. Numbers are not spelled out and spellings not unified, so figures are a little worse than
with Whisper's normaliser, and made in the same way for every language.
"""

import re
import unicodedata

NORMALISER = "nfkc+lower+no-punctuation"

UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "km", "my"})
"""Written without spaces: every character counts as a word."""

_SACREBLEU_TOKENISERS = {"zh": "zh", "yue": "zh", "ja": "char", "ko": "char"}


def plain(tag: str) -> str:
    return tag.partition("-")[0]


def is_unspaced(language: str) -> bool:
    return plain(language) in UNSPACED


def normalised(text: str, language: str) -> str:
    lower = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    text = unicodedata.normalize("NFKC", lower)
    kept = "".join(c if _is_of_word(c) else " " for c in text)
    kept = re.sub(r"(?<!\w)'|'(?!\w)", " ", kept)
    if is_unspaced(language):
        kept = " ".join(kept.replace(" ", "").replace("'", ""))
    return " ".join(kept.split())


def bleu_tokeniser(language: str) -> str:
    """sacrebleu's tokeniser for a language; its usual one (`13a`) where words have spaces."""
    default = "char" if is_unspaced(language) else "13a"
    return _SACREBLEU_TOKENISERS.get(plain(language), default)


def _is_of_word(character: str) -> bool:
    return character == "'" or unicodedata.category(character)[0] in "LMN"
