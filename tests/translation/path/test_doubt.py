import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.path.test_recognise import texts, words
from translation.path.doubt import MOST, without_loops


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("we saw it", "we saw it"),
        ("no no no", "no no no"),
        ("well no no no no no", "well no"),
        ("the press the press The press, the press and more", "the press"),
        ("thank you for watching " * 6, "thank you for watching"),
    ],
)
def test_of_a_loop_only_its_first_round_is_kept(said: str, kept: str) -> None:
    assert " ".join(texts(without_loops(words(said)))) == kept


def test_a_loop_may_have_begun_with_what_was_said_before() -> None:
    assert without_loops(words("no no"), after=["no", "no"]) == []
    assert texts(without_loops(words("no"), after=["no", "no"])) == ["no"]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_what_is_kept_is_the_beginning_and_holds_no_loop(said: list[str]) -> None:
    kept = texts(without_loops(words(" ".join(said))))

    assert kept == said[: len(kept)]
    assert all(len(set(kept[n : n + MOST + 1])) > 1 for n in range(len(kept) - MOST))
