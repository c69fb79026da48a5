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


KNOWN = {"the", "art", "of", "printing", "to", "it", "block", "book", "windows", "desktop", "how"}


def heard(*terms: str) -> list[tuple[str, ...]]:
    return forms(terms, KNOWN.__contains__)


def test_a_term_is_listened_for_whole_by_its_words_and_in_the_plural() -> None:
    assert heard("block book") == [
        ("block", "book"), ("block", "books"), ("block",), ("blocks",), ("book",), ("books",),
    ]  # fmt: skip


def test_a_title_is_listened_for_word_by_word_without_the_short_ones() -> None:
    found = heard("How the Art of Printing came to Subiaco")

    assert {("Subiaco",), ("printing",)} <= set(found)
    assert not {("the",), ("of",), ("to",), ("art",)} & set(found)
    assert max(map(len, found)) == 1


def test_a_title_makes_no_name_of_a_word_which_stands_in_it() -> None:
    assert heard("The Art of Printing")[:2] == [
        ("The", "Art", "of", "Printing"), ("The", "Art", "of", "Printings"),
    ]  # fmt: skip
    assert ("printing",) in heard("The Art of Printing")
    assert ("Printing",) not in heard("The Art of Printing")
    assert ("Printing",) in heard("Printing")


def test_a_short_term_is_listened_for_unless_it_is_a_word_of_its_own() -> None:
    assert heard("IT") == []
    assert heard("WER") == [("WER",)]


def test_a_term_with_figures_is_listened_for_by_its_words() -> None:
    assert heard("Windows 95 desktop") == [("windows",), ("desktop",), ("desktops",)]


@pytest.mark.parametrize("term", ["", "42", "of", "…"])
def test_what_holds_no_word_is_not_listened_for(term: str) -> None:
    assert heard(term) == []


def test_a_name_by_itself_is_written_as_it_is_whatever_stands_beside_it() -> None:
    found = heard("block printing", "Printing")

    made = entries(found, dict.fromkeys(("block", "printing", "printings"), "B"))

    assert made["printing#"].words == ("Printing",)


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
