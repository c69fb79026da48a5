"""Terms of an event in a sentence and in its translation."""

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
    assert kept_untranslated("nuestra Holding Company creció", terms) == "nuestra grupo creció"
    assert kept_untranslated("nuestra empresa creció", terms) == "nuestra empresa creció"


words = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@given(words, words, st.lists(words, max_size=6), st.integers(0, 6))
def test_what_stands_in_a_text_is_held(
    term: str, second: str, around: list[str], place: int
) -> None:
    text = " ".join((*around[:place], term, second, *around[place:]))
    assert holds(text, f"{term} {second}")
    assert lost(text, [Required("x", f"{term} {second}")]) == ()
