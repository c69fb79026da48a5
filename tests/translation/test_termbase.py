"""Terms as tables, as TBX and as what a session keeps."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.errors import BadTermbase
from translation.languages import LANGUAGES
from translation.termbase import Concept, Term, fingerprint, of_json, to_json
from translation.termbase_csv import read_csv, write_csv
from translation.termbase_tbx import read_tbx, write_tbx

pytestmark = pytest.mark.slow

HOLDING = Concept(
    "holding",
    [
        Term("en", "holding company"),
        Term("es", "grupo", "finance", False, "gruh-po"),
        Term("pt", "grupo"),
    ],
)
ACME = Concept("acme", [Term("en", "Acme", do_not_translate=True)])

words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=20
).map(lambda text: " ".join(text.split()))
terms = st.builds(
    Term,
    language=st.sampled_from(sorted(LANGUAGES)),
    term=words.filter(bool),
    note=words,
    do_not_translate=st.booleans(),
)
concepts = st.lists(
    st.builds(
        Concept,
        id=st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8),
        terms=st.lists(terms, min_size=1, max_size=4, unique_by=lambda term: term.language),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda concept: concept.id,
)


@given(concepts)
def test_terms_come_back_from_a_table_as_they_went_in(given_concepts: list[Concept]) -> None:
    assert read_csv(write_csv(given_concepts).encode()) == given_concepts


@given(concepts)
def test_terms_come_back_from_tbx_as_they_went_in(given_concepts: list[Concept]) -> None:
    assert read_tbx(write_tbx(given_concepts, title="An event")) == given_concepts


@given(concepts)
def test_a_session_keeps_terms_under_their_fingerprint(given_concepts: list[Concept]) -> None:
    stored = to_json(given_concepts)
    assert of_json(stored) == given_concepts
    assert fingerprint(stored) == fingerprint(to_json(of_json(stored)))
    assert fingerprint(to_json([])) == ""


def test_a_concept_says_what_it_must_be_called() -> None:
    assert HOLDING.required("en", "es") == "grupo"
    assert HOLDING.required("en", "pt-BR") == "grupo"
    assert HOLDING.required("en", "fr") is None
    assert HOLDING.required("fr", "es") is None
    assert ACME.required("en", "ar") == "Acme"


def test_a_cell_that_looks_like_a_formula_is_made_harmless() -> None:
    table = write_csv([Concept("x", [Term("en", "=cmd()")])])
    assert "'=cmd()" in table
    assert read_csv(table.encode()) == [Concept("x", [Term("en", "=cmd()")])]


OLD = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="c1">
 <langSet xml:lang="en-US">
  <tig><term>old name</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  <tig><term>other <hi>name</hi></term></tig>
  <tig><term>best name</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
 </langSet>
 <langSet xml:lang="PT_br"><ntig><termGrp><term>nome</term>
   <termNote type="translationNote">no</termNote></termGrp></ntig></langSet>
 <langSet xml:lang="tlh"><tig><term>pong</term></tig></langSet>
</termEntry></body></text></martif>"""

NEW = """<tbx style="dct" type="TBX-Basic" xml:lang="de" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="c2">
 <langSec xml:lang="de"><termSec><term>alt</term>
  <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>neu</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_the_preferred_term_of_an_older_file_is_taken() -> None:
    assert read_tbx(OLD.encode()) == [
        Concept("c1", [Term("en", "best name"), Term("pt-BR", "nome", "", True)])
    ]


def test_categories_may_be_elements_of_their_own() -> None:
    assert read_tbx(NEW.encode()) == [Concept("c2", [Term("de", "neu")])]


TERM = '<langSet xml:lang="en"><tig><term>a</term></tig></langSet>'


def nested(tag: str, deep: int = 2) -> bytes:
    inner = f"<{tag}>" * deep + TERM + f"</{tag}>" * deep
    return f"<tbx>\n{inner}</tbx>".encode()


BOMB = '<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "cannot be read as XML"),
        (b"<tbx>", "cannot be read as XML"),
        (b"<html/>", "no TBX: it begins with <html>"),
        (b"<tbx/>", "holds no terms"),
        (BOMB.encode(), "declares XML entities"),
        (nested("termEntry"), "Line 2: <termEntry> within another one"),
        (nested("langSec"), "Line 2: <langSec> within another one"),
        (nested("x", 40), "Line 2: elements lie too deep"),
        (OLD.replace("best name", "x" * 201).encode(), "Concept “c1”: term: is longer than 200"),
    ],
    ids=[
        "empty",
        "cut off",
        "html",
        "no terms",
        "entities",
        "nested",
        "nested parts",
        "deep",
        "long",
    ],
)
def test_a_file_that_is_no_tbx_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(BadTermbase, match=words):
        read_tbx(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_csv, read_tbx):
        with contextlib.suppress(BadTermbase):
            assert read(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"en,xx\na,b\n", "not “xx”"),
        (b"language,term\nen,a\ntlh,b\n", "Line 3: language: “tlh”"),
        (b"language,term\nen,\n", "Line 2: term: is empty"),
        (b"en,do_not_translate\na,maybe\n", "Line 2: do_not_translate"),
        (b"en\n" + b"a" * 201 + b"\n", "Line 2: en: is longer than 200"),
        (b"en\n\xff\n", "UTF-8"),
        (b"en" + b",x" * 100 + b"\n", "100 columns at most"),
        (b"en,es\n" + b"a,b\n" * 10_001, "20000 terms at most"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_line_and_column(data: bytes, words: str) -> None:
    with pytest.raises(BadTermbase, match=words):
        read_csv(data)


def test_a_table_may_have_a_column_a_language() -> None:
    first, second = read_csv(b"en;PT-br;note\nholding company;grupo;finance\nAcme;;\n")
    assert first.terms == [
        Term("en", "holding company", "finance"), Term("pt-BR", "grupo", "finance"),
    ]  # fmt: skip
    assert second.terms == [Term("en", "Acme")]
