from itertools import pairwise

import pytest

from translation.engines.pocketsphinx_terms import Entry, entries, forms, plural


@pytest.mark.parametrize(
    ("noun", "many"),
    [("book", "books"), ("box", "boxes"), ("library", "libraries"), ("essay", "essays"),
     ("types", "types"), ("WER", "WER")],
)  # fmt: skip
def test_plurals_are_listened_for(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_a_term_is_listened_for_whole_by_its_words_and_in_the_plural() -> None:
    assert forms(["block book"]) == [
        ("block", "book"), ("block", "books"), ("block",), ("blocks",), ("book",), ("books",),
    ]  # fmt: skip


def test_a_title_is_listened_for_word_by_word_without_the_short_ones() -> None:
    heard = forms(["How the Art of Printing came to Subiaco"])

    assert ("Subiaco",) in heard
    assert ("Printing",) in heard
    assert not {("the",), ("of",), ("to",)} & set(heard)
    assert max(map(len, heard)) == 1


def test_a_term_with_figures_is_listened_for_by_its_words() -> None:
    assert forms(["Windows 95 desktop"]) == [("Windows",), ("desktop",), ("desktops",)]


@pytest.mark.parametrize("term", ["", "42", "of", "…"])
def test_what_holds_no_word_is_not_listened_for(term: str) -> None:
    assert forms([term]) == []


def test_what_nobody_can_pronounce_is_left_out() -> None:
    said = {"block": "B L AA K", "book": "B UH K"}

    made = entries([("block", "book"), ("Block", "xyzzy")], said)

    assert [(key, entry.said) for key, entry in made.items()] == [
        ("block_book#", "B L AA K B UH K")
    ]


def test_words_of_a_term_share_its_time_by_their_phones() -> None:
    words = list(Entry(("block", "Bible"), ("B L AA K", "B AY B AH L")).spread(1.0, 1.9))

    assert [word.text for word in words] == ["block", "Bible"]
    assert words[0].start_s == 1.0
    assert words[-1].end_s == pytest.approx(1.9)
    assert all(a.end_s == b.start_s for a, b in pairwise(words))
    assert words[0].end_s == pytest.approx(1.4)
