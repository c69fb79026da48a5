"""Words as they are compared, and loops in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.evaluation.loops import loops
from translation.evaluation.words import bleu_tokeniser, normalised


@pytest.mark.parametrize(
    ("text", "language", "plain"),
    [
        ("It's 10 %, Dr. O\u2019Neil!", "en", "it's 10 dr o'neil"),
        ("whole-number", "en", "whole number"),
        ("l'accident « d'hier »", "fr", "l'accident d'hier"),
        ("'quoted'", "en", "quoted"),
        ("हिन्दी में।", "hi", "हिन्दी में"),
        ("你好。世界。", "zh", "你 好 世 界"),
        ("x² ﬁn", "en", "x2 fin"),
        ("...", "en", ""),
    ],
)
def test_normalised(text: str, language: str, plain: str) -> None:
    assert normalised(text, language) == plain


@given(st.text(max_size=80), st.sampled_from(["en", "ar", "ja", "pt-BR"]))
def test_normalising_twice_changes_nothing(text: str, language: str) -> None:
    once = normalised(text, language)

    assert normalised(once, language) == once


def test_bleu_counts_characters_where_words_have_no_spaces() -> None:
    assert [bleu_tokeniser(t) for t in ("es", "pt-BR", "zh", "ja", "th")] == [
        "13a", "13a", "zh", "char", "char",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("thank you thank you", 0),
        ("and so thank you thank you thank you for coming", 1),
        ("no no no", 0),
        ("no no no no", 1),
        ("a b a b a b then c c c c", 2),
        ("the cat sat the cat sat the cat sat the cat sat", 1),
    ],
)
def test_loops(text: str, count: int) -> None:
    assert loops(text.split()) == count


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_a_loop_takes_at_least_four_words(words: list[str]) -> None:
    assert loops(words) <= len(words) // 4


@given(st.lists(st.integers(), unique=True, max_size=40))
def test_words_that_differ_are_no_loop(words: list[int]) -> None:
    assert loops(list(map(str, words))) == 0
