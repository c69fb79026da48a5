# ruff: noqa: RUF001 - sentences in the letters of many languages
"""Source and target side by side: what is lost, made up or turned round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.parallel import parallel
from translation.languages import LANGUAGES
from translation.path.faithful import Doubt, doubts, weight
from translation.path.glossary import Required
from translation.path.negation import negates
from translation.path.numbers import numbers, wrong_numbers


@pytest.mark.parametrize(
    ("source", "target", "into", "wrong"),
    [
        ("25 mg twice", "25 mg dos veces", "es", set()),
        ("1.5 mg", "1,5 mg", "es", set()),
        ("1.5 mg", "15 mg", "es", {"1.5", "15"}),
        ("1,234.50 dollars", "1.234,50 dólares", "es", set()),
        ("we have 3 cats", "tenemos tres gatos", "es", set()),
        ("we have 3 cats", "tenemos gatos", "es", {"3"}),
        ("two hundred people", "doscientas personas", "es", set()),
        ("twenty five people", "unas treinta personas", "es", {"twenty-five"}),
        ("two thousand five hundred", "2500", "fr", set()),
        ("seventy mg", "17 mg", "nl", {"17"}),
        ("in 1999", "في ١٩٩٩", "ar", set()),
        ("in 1999", "في ١٩٨٩", "ar", {"1999", "1989"}),
        ("1.2 million names", "120 万个名字", "zh", set()),
        ("2.3 billion", "2300 millones", "es", set()),
        ("at 11:00 on March 20", "3月20日の11時", "ja", set()),
        ("10, 20 and 30", "10, 20 y 30", "es", set()),
        ("five", "خمسة", "ar", set()),
    ],
)
def test_numbers_are_the_same_however_they_are_written(
    source: str, target: str, into: str, wrong: set[str]
) -> None:
    found = wrong_numbers(source, target, "en", into)
    assert {text.translate({0x661 + i: str(i + 1) for i in range(9)}) for text in found} == wrong


@given(st.integers(0, 999_999), st.sampled_from(["{:,}", "{}"]))
def test_a_number_reads_the_same_with_and_without_groups(number: int, form: str) -> None:
    (read,) = numbers(f"about {form.format(number)} people")
    assert str(number) in read.readings


FEVER = {
    "en": ("he has no fever", "he has a fever"),
    "es": ("no tiene fiebre", "tiene fiebre"),
    "fr": ("il n’a pas de fièvre", "il a de la fièvre"),
    "de": ("er hat kein Fieber", "er hat Fieber"),
    "it": ("non ha febbre", "ha la febbre"),
    "ca": ("no té febre", "té febre"),
    "pt-PT": ("ele não tem febre", "ele tem febre"),
    "nl": ("hij heeft geen koorts", "hij heeft koorts"),
    "pl": ("nie ma gorączki", "ma gorączkę"),
    "ro": ("nu are febră", "are febră"),
    "uk": ("у нього немає температури", "у нього температура"),
    "ru": ("у него нет температуры", "у него температура"),
    "tr": ("ateşi yok", "ateşi var"),
    "ar": ("لا يعاني من الحمى", "يعاني من الحمى"),
    "fa": ("او تب ندارد", "او تب دارد"),
    "ur": ("اسے بخار نہیں ہے", "اسے بخار ہے"),
    "pa": ("ਉਸਨੂੰ ਬੁਖਾਰ ਨਹੀਂ ਹੈ", "ਉਸਨੂੰ ਬੁਖਾਰ ਹੈ"),
    "hi": ("उसे बुखार नहीं है", "उसे बुखार है"),
    "bn": ("তার জ্বর নেই", "তার জ্বর আছে"),
    "gu": ("તેને તાવ નથી", "તેને તાવ છે"),
    "zh": ("他没有发烧", "他发烧了"),
    "yue": ("佢冇發燒", "佢發燒"),
    "ja": ("彼は熱がない", "彼は熱がある"),
    "ko": ("그는 열이 없다", "그는 열이 있다"),
    "vi": ("anh ấy không bị sốt", "anh ấy bị sốt"),
    "so": ("qandho ma qabo", "qandho ayuu qabaa"),
}


@pytest.mark.parametrize("language", FEVER)
def test_a_fever_one_has_not_is_told_from_one_that_one_has(language: str) -> None:
    without, with_it = FEVER[language]
    assert (negates(without, language), negates(with_it, language)) == (True, False)
    assert Doubt.NEGATION in doubts(FEVER["en"][0], with_it, "en", language)
    assert Doubt.NEGATION in doubts(FEVER["en"][1], without, "en", language)
    assert doubts(FEVER["en"][0], without, "en", language) == ()


def test_what_may_be_a_negation_is_no_doubt() -> None:
    assert doubts("he is unable to walk", "no puede andar", "en", "es") == ()
    assert doubts("not only Spain", "España y otros", "en", "es") == ()


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("we saw it", "", (Doubt.EMPTY,)),
        ("", "", ()),
        ("we saw it and then we went", "lo vimos lo vimos lo vimos lo vimos", (Doubt.LOOP,)),
        ("ha ha ha ha", "ja ja ja ja", ()),
        ("we have seen the house today and it was good", "sí", (Doubt.LENGTH,)),
        ("we asked Maria Lopez to come", "le pedimos que viniera", (Doubt.NAME,)),
        ("we asked Maria Lopez to come", "le pedimos a María López que viniera", ()),
        ("we went to New Zealand by ship", "fuimos a Nueva Zelanda en barco", ()),
    ],
)
def test_other_doubts(source: str, target: str, found: tuple[Doubt, ...]) -> None:
    assert doubts(source, target, "en", "es") == found


def test_what_the_glossary_says_of_a_name_is_no_lost_name() -> None:
    terms = [Required("Acme Holding", "el grupo")]
    assert doubts("we like Acme Holding here", "nos gusta el grupo", "en", "es", terms) == ()


def test_a_required_term_is_looked_for() -> None:
    terms = [Required("holding company", "grupo")]
    assert doubts("a holding company", "una empresa", "en", "es", terms) == (Doubt.TERM,)
    assert doubts("a holding company", "los grupos", "en", "es", terms) == ()


def test_the_graver_doubt_weighs_more() -> None:
    assert weight([Doubt.NUMBER]) > weight([Doubt.NAME, Doubt.TERM])
    assert weight(()) == 0


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_any_two_texts_can_be_compared(source: str, target: str, language: str) -> None:
    assert doubts(source, target, "en", language) == doubts(source, target, "en", language)
    assert doubts(source, source, language, language) == ()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "de", "es", "hi", "it", "ko", "ru", "tr", "vi", "zh"])
def test_human_translations_raise_few_doubts_and_foreign_ones_many(language: str) -> None:
    """FLORES: each sentence beside its own translation, then beside its neighbour's."""
    pairs = parallel("flores", "en", language)
    english, foreign = [en for en, _ in pairs], [other for _, other in pairs]
    false = sum(bool(doubts(a, b, "en", language)) for a, b in pairs) / len(pairs)
    shifted = zip(english, foreign[1:] + foreign[:1], strict=True)
    found = sum(bool(doubts(a, b, "en", language)) for a, b in shifted) / len(pairs)

    assert false < 0.07
    assert found > 0.4
