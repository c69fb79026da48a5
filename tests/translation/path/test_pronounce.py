import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.path.pronounce import Pronunciations
from translation.termbase import Concept, Term

CONCEPTS = [
    Concept("1", [Term("en", "Subiaco", pronunciation="soo-bee-ack-oh"), Term("es", "Subiaco")]),
    Concept("2", [Term("en", "IT", pronunciation="eye tea")]),
    Concept("3", [Term("en", "Acme", pronunciation="ack-mee")]),
    Concept("4", [Term("en", "Acme Holding", pronunciation="ack-mee the holding")]),
    Concept("5", [Term("pt", "Xuxa", pronunciation="chucha")]),
    Concept("6", [Term("zh", "长沙", pronunciation="常沙")]),
    Concept("7", [Term("en", "C++", pronunciation="see plus plus")]),
    Concept("8", [Term("en", "c#", pronunciation="see sharp")]),
    Concept("9", [Term("ko", "Acme", pronunciation="애크미")]),
    Concept("10", [Term("en", "US", pronunciation="you ess")]),
    Concept("11", [Term("en", "us", pronunciation="uhs")]),
]


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "Acme in Subiaco.", "ack-mee in soo-bee-ack-oh."),
        ("en", "SUBIACO and subiaco", "soo-bee-ack-oh and soo-bee-ack-oh"),
        ("en", "IT is it", "eye tea is it"),
        ("en", "Acme Holding, not Acmes", "ack-mee the holding, not Acmes"),
        ("en", "C++ code, vitamin C", "see plus plus code, vitamin C"),
        ("en", "C# and c", "see sharp and c"),
        ("en", "the US told us", "the you ess told uhs"),
        ("ko", "Acme는 회사", "애크미는 회사"),
        ("es", "Acme en Subiaco", "Acme en Subiaco"),
        ("pt-BR", "a Xuxa", "a chucha"),
        ("zh", "我在长沙住", "我在常沙住"),
    ],
)
def test_terms_are_read_as_the_glossary_says(language: str, text: str, read: str) -> None:
    assert Pronunciations(CONCEPTS, language)(text) == read


@given(st.text(max_size=60))
def test_without_pronunciations_nothing_changes(text: str) -> None:
    assert Pronunciations(CONCEPTS, "fr")(text) == text
