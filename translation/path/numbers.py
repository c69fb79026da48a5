# ruff: noqa: RUF001 - digits and marks of many scripts
"""Numbers that a translation lost, or has made up. Pure.

    "25 mg twice"          "25 mg dos veces"       nothing is wrong
    "1.5 mg"               "15 mg"                 1.5 lost, 15 made up
    "two hundred people"   "doscientas personas"   nothing is wrong

Digits are read in every script. Words are compared by writing a number out (`num2words`) in the
other language and looking for it there: a number in words is never guessed. Where a language
inflects its numbers, or none writes them out, only digits are held against it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from translation.languages import language as known_language
from translation.path.words_of import find, folded, words_of

_DIGITS = re.compile(r"\d+(?:[.,٫٬'’\u00a0\u202f ]\d+)*")
_GROUPS = re.compile(r"^\d{1,3}(?:[.,٬'’\u00a0\u202f ]\d{2,3})+$")

_SCALE = re.compile(
    r"\s?(?:thousand|million|billion|trillion|hundred|mil|mille|mila|milione|milioni|milliard|"
    r"tausend|duizend|tys|mln|mld|tisíc|тыс|тис|млн|млрд|миллион|мільйон|миллиард|мільярд|bin|"
    r"milyon|milyar|nghìn|ngàn|triệu|tỷ|lakh|crore|लाख|करोड़|हज़ार|हजार|লাখ|কোটি|হাজার|લાખ|કરોડ|ਲੱਖ|ਕਰੋੜ|"
    r"لاکھ|کروڑ|ألف|آلاف|مليون|ملايين|مليار|هزار|میلیون|میلیارد|[百千万萬亿億兆]|[천만억조]|k\b|m\b|bn\b)",
    re.IGNORECASE,
)

_NO_NUMBER = re.compile(r"(?<=\d):00\b|\d+\s?[月월]")
"""Full hours; months that other languages have names for."""

INFLECTED = frozenset({"pl", "ro", "uk", "ru", "ar", "ca", "ja", "ko"})
"""Numbers in words come in more shapes than one, so a missing one proves nothing. (Catalan genders
and the two systems of Korean and Japanese are of the kind.)"""

MANY = ("zh", "yue", "hi", "pa", "ur", "gu", "so")
"""Languages that nobody writes numbers out for here."""

RUN_TOGETHER = frozenset({"tr", "ko", "ja"})
"""Written together or apart, as one likes."""

SMALLEST_WORD = 3
"""One is an article in many languages, two is `both` and `couple`: not held against anybody."""


@dataclass(frozen=True, slots=True)
class Number:
    """`readings`: what its digits can mean: 1.500 is one and a half or fifteen hundred.
    `scaled`: a word like million stands behind it; 1.2 million and 120 万 are the same then."""

    text: str
    readings: frozenset[str]
    scaled: bool = False

    def same(self, other: "Number") -> bool:
        if self.readings & other.readings:
            return True
        either = self.scaled or other.scaled
        return either and _significant(self.text) == _significant(other.text)


def _significant(text: str) -> str:
    return re.sub(r"\D", "", text).strip("0")


def numbers(text: str) -> list[Number]:
    """The numbers in digits, whatever their script and grouping."""
    plain = "".join(
        str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )
    found: list[Number] = []
    plain = _NO_NUMBER.sub(" ", plain)
    for match in _DIGITS.finditer(plain):
        *parts, last = _parts(match[0])
        found += [Number(part, _readings(part)) for part in parts]
        scaled = _SCALE.match(plain, match.end()) is not None
        found.append(Number(last, _readings(last), scaled))
    return found


def _parts(text: str) -> list[str]:
    """`1 000` is one number, `20 25` are two, and so are `10, 20`."""
    if _GROUPS.match(text) or not re.search(r"[ \u00a0\u202f'’]", text):
        return [text]
    return re.split(r"[ \u00a0\u202f'’]", text)


def _readings(text: str) -> frozenset[str]:
    """Every separator but the last groups digits; the last one groups or sets off a fraction."""
    *heads, last = re.split(r"\D+", text)
    marks = re.findall(r"\D+", text)
    whole = "".join((*heads, last)).lstrip("0") or "0"
    if not heads:
        return frozenset({whole})
    readings = set()
    if len(last) == 3 or (len(marks) > 1 and len(set(marks)) == 1):
        readings.add(whole)
    if marks[-1] in ".,٫" and (len(marks) == 1 or marks[-1] != marks[-2]):
        fraction = last.rstrip("0")
        head = "".join(heads).lstrip("0") or "0"
        readings.add(f"{head}.{fraction}" if fraction else head)
    return frozenset(readings or {whole})


def wrong_numbers(source: str, target: str, source_language: str, target_language: str) -> set[str]:
    """The numbers of one side that the other side has not, as they are written."""
    said, made = numbers(source), numbers(target)
    lost = {n.text for n in _without(said, made) if not _in_words(n, target, target_language)}
    invented = {n.text for n in _without(made, said) if not _in_words(n, source, source_language)}
    if invented and known_language(source_language).plain in MANY:
        invented = set() if not said else invented  # it may be said in words we cannot read
    hard = {text for text in lost if invented or _held(target_language, text)}
    return hard | invented | _lost_words(source, target, source_language, target_language)


def _without(some: list[Number], others: list[Number]) -> list[Number]:
    """Those that have no partner among the others; each other is a partner once."""
    free = list(others)
    alone = []
    for number in some:
        partner = next((other for other in free if other.same(number)), None)
        if partner is None:
            alone.append(number)
        else:
            free.remove(partner)
    return [n for n in alone if not any(n.same(other) for other in others)]


def _held(language: str, text: str) -> bool:
    """A number of two digits or more stays in digits; a small one may be put in words, which can
    be held against a language only where its words are known."""
    plain = known_language(language).plain
    return len(re.sub(r"\D", "", text)) > 1 or plain not in INFLECTED | set(MANY)


def _in_words(number: Number, text: str, language: str) -> bool:
    return any(
        in_words(int(reading), language) and _says(int(reading), text, language)
        for reading in number.readings
        if reading.isdigit() and len(reading) <= 6
    )


def _says(number: int, text: str, language: str) -> bool:
    phrase = _spoken(in_words(number, language), language)
    words = _spoken(text, language)
    if known_language(language).plain in RUN_TOGETHER:
        return "".join(phrase) in "".join(words)
    return any(
        all(_same(a, b) for a, b in zip(phrase, words[start:], strict=False))
        for start in range(len(words) - len(phrase) + 1)
    )


def _same(word: str, other: str) -> bool:
    """But for gender (doscientos, doscientas): `seventy` is not `seventeen`."""
    return word == other or (len(word) == len(other) > 4 and word[:-2] == other[:-2])


def _spoken(text: str, language: str) -> list[str]:
    """Without `and`: some say it, some do not."""
    joins = {"en": {"and", "a"}, "es": {"y"}, "pt": {"e"}, "fr": {"et"}}
    return [
        word
        for word in words_of(text)
        if word not in joins.get(known_language(language).plain, set())
    ]


def _lost_words(source: str, target: str, source_language: str, target_language: str) -> set[str]:
    """Numbers in words of which the target knows nothing: neither digits nor words."""
    plain = known_language(target_language).plain
    if plain in INFLECTED or plain in MANY or numbers(target):
        return set()
    words = folded(source)
    spoken = _spoken(source, source_language)
    return {
        text
        for value, phrase, text in _phrases(source_language)
        if phrase[0] in words
        and find(list(phrase), spoken) >= 0
        and not _covered(phrase, spoken, source_language)
        and not _says(value, target, target_language)
    }


def _covered(phrase: tuple[str, ...], spoken: list[str], language: str) -> bool:
    """Part of a greater number in words, which is looked for as a whole."""
    return any(
        len(other) > len(phrase)
        and find(list(phrase), list(other)) >= 0
        and find(list(other), spoken) >= 0
        for _, other, _ in _phrases(language)
    )


@lru_cache(maxsize=64)
def _phrases(language: str) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    """Numbers that are said in words often enough to look for: up to 99, hundreds, thousands."""
    values = (*range(SMALLEST_WORD, 100), *range(200, 1000, 100), *range(1000, 10_000, 1000))
    written = ((value, in_words(value, language)) for value in values)
    return tuple((v, tuple(_spoken(text, language)), folded(text)) for v, text in written if text)


@lru_cache(maxsize=4096)
def in_words(number: int, language: str) -> str:
    """`25, "es"` -> `veinticinco`; "" where nobody writes numbers out in this language."""
    from num2words import num2words  # loads fifty languages: only where a number occurs

    tag = known_language(language)
    if tag.plain in MANY:
        return ""
    lang = "pt_BR" if tag.tag == "pt-BR" else tag.plain
    try:
        return str(num2words(number, lang=lang))
    except (NotImplementedError, OverflowError, IndexError, KeyError, ValueError):
        return ""
