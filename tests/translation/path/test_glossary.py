# ruff: noqa: RUF001 - letters of many scripts
"""Terms of an event in a sentence and in its translation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.path.glossary import (
    Glossary,
    Required,
    TermHits,
    hits,
    holds,
    kept_untranslated,
    lost,
    required,
    with_wanted_terms,
)
from translation.termbase import Concept, Term

HOLDING = Concept("1", [Term("en", "holding company"), Term("es", "grupo"), Term("zh", "控股公司")])
COMPANY = Concept("2", [Term("en", "company"), Term("es", "empresa")])
ACME = Concept("3", [Term("en", "Acme", do_not_translate=True)])
IT = Concept("4", [Term("en", "IT"), Term("es", "informática")])
GLOSSARY = Glossary([HOLDING, COMPANY, ACME, IT])


def ids(text: str, language: str = "en") -> list[str]:
    return [concept.id for concept in GLOSSARY.found_in(text, language)]


def test_terms_are_found_inflected_and_in_any_case_longer_ones_first() -> None:
    assert ids("Our Holding Companies grew") == ["1", "2"]
    assert ids("we bought it from ACME") == ["3"]
    assert ids("these two words") == []


def test_an_abbreviation_is_found_in_capitals_only() -> None:
    assert ids("ask the IT people") == ["4"]
    assert ids("we like it") == []


def test_terms_are_found_where_words_are_not_set_apart() -> None:
    assert ids("我们的控股公司成长了", "zh") == ["1"]


def test_a_term_is_required_in_the_targets_that_have_it() -> None:
    found = GLOSSARY.found_in("Acme is a holding company", "en")
    assert set(required(found, "en", "es")) == {
        Required("holding company", "grupo"),
        Required("company", "empresa"),
        Required("Acme", "Acme"),
    }
    assert required(found, "en", "fr") == (Required("Acme", "Acme"),)


def test_the_hit_rate_counts_what_is_kept() -> None:
    terms = [Required("holding company", "grupo"), Required("Acme", "Acme")]
    counted = hits("Acme es un holding", terms) + hits("los grupos de Acme", terms)
    assert counted == TermHits(asked=4, kept=3)
    assert counted.rate == 0.75
    assert TermHits().rate is None


def test_a_term_left_in_the_source_words_is_put_right() -> None:
    terms = [Required("holding company", "grupo")]
    said = "our holding company grew"
    assert kept_untranslated("nuestra Holding Company creció", terms, said) == (
        "nuestra grupo creció"
    )
    assert kept_untranslated("nuestra empresa creció", terms, said) == "nuestra empresa creció"


@pytest.mark.parametrize(
    ("source", "said", "wanted", "target", "right"),
    [
        ("the IT situation", "IT", "informatique", "la situation", "la situation"),
        ("ask IT", "IT", "informatique", "demandez à IT", "demandez à informatique"),
        ("the art article", "art", "kunst", "l'article", "l'article"),
        ("our art", "art", "kunst", "l'art du siècle", "l'kunst du siècle"),
        ("our art", "art", "pintura", "nuestro arte", "nuestro arte"),
        (
            "the holding companies in the street", "holding company", "Gruppe",
            "Die Straße der holding companies wächst", "Die Straße der Gruppe wächst",
        ),
        ("我们的控股公司", "控股公司", "group", "our 控股公司 grew", "our group grew"),
        ("our cloud", "cloud", "云", "我们的cloud成长了", "我们的云成长了"),
        ("our cloud", "cloud", "구름", "cloud는 성장했다", "구름는 성장했다"),
        ("NHS staff", "NHS", "संस्था", "NHS के कर्मचारी", "संस्था के कर्मचारी"),
    ],
)  # fmt: skip
def test_only_the_very_words_that_were_left_are_put_right(
    source: str, said: str, wanted: str, target: str, right: str
) -> None:
    assert kept_untranslated(target, [Required(said, wanted)], source) == right


@pytest.mark.parametrize(
    ("language", "source", "said", "wanted", "given_to_the_engine"),
    [
        ("en", "it is our IT team", "IT", "informatique", "it is our informatique team"),
        ("en", "Our Holding Companies grew", "holding company", "grupo", "Our grupo grew"),
        ("en", "my companion's company", "company", "empresa", "my companion's empresa"),
        ("en", "we generally fail", "general", "general", "we generally fail"),
        ("de", "des Wirkstoffs wegen", "Wirkstoff", "drug", "des drug wegen"),
        ("zh", "我们的控股公司成长了", "控股公司", "group", "我们的group成长了"),
        ("ja", "新しいIT部門です", "IT", "情報", "新しい情報部門です"),
        ("ar", "الشركة القابضة نمت", "الشركة القابضة", "group", "group نمت"),
    ],
)
def test_an_engine_is_given_the_wanted_term_in_place_of_whole_words(
    language: str, source: str, said: str, wanted: str, given_to_the_engine: str
) -> None:
    terms = [Required(said, wanted)]
    assert with_wanted_terms(source, terms, language) == given_to_the_engine


def test_a_term_within_a_longer_one_leaves_it_alone() -> None:
    terms = [Required("company", "empresa"), Required("holding company", "company grupo")]
    assert with_wanted_terms("a holding company", terms, "en") == "a company grupo"


words = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@given(words, words, st.lists(words, max_size=6), st.integers(0, 6))
def test_what_stands_in_a_text_is_held(
    term: str, second: str, around: list[str], place: int
) -> None:
    text = " ".join((*around[:place], term, second, *around[place:]))
    assert holds(text, f"{term} {second}")
    assert lost(text, [Required("x", f"{term} {second}")]) == ()


texts = st.text(st.sampled_from("aäßİs iIT控股公司のカ'’-.,\u0301는ักन्"), max_size=30)
said = st.text(st.sampled_from("aßisİIT控股\u0301न् "), min_size=1, max_size=4)


@given(texts, st.lists(said, min_size=1, max_size=3))
def test_what_stands_around_a_term_never_changes(text: str, terms: list[str]) -> None:
    wanted = [Required(one, "\ue000\ue001") for one in terms]
    for mended in (
        with_wanted_terms(text, wanted, "de"),
        kept_untranslated(text, wanted, text),
    ):
        around = map(re.escape, mended.split("\ue000\ue001"))
        assert re.fullmatch(".+?".join(around), text)
