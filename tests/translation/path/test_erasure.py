from hypothesis import given
from hypothesis import strategies as st

from translation.path.erasure import Erasure, erased, erasure

texts = st.lists(st.sampled_from(["we", "have", "a", "house"]), max_size=6).map(" ".join)


def test_only_what_was_shown_and_goes_counts() -> None:
    assert erased("we have a", "we have seen a") == 1
    assert erased("we have", "we have seen a house") == 0
    assert erasure(["we", "we have a", "we had"], "we had a house") == 2 / 4
    assert erasure(["we"], "") is None


@given(texts, texts)
def test_appending_erases_nothing(shown: str, more: str) -> None:
    assert erased(shown, f"{shown} {more}") == 0
    assert erased(shown, more) <= len(shown.split())


@given(st.lists(st.tuples(st.integers(1, 3), texts), max_size=12))
def test_segments_do_not_mix(drafts: list[tuple[int, str]]) -> None:
    together = Erasure()
    for segment, text in drafts:
        together.draft(segment, text)
    apart = [Erasure() for _ in range(3)]
    for segment, text in drafts:
        apart[segment - 1].draft(segment, text)
    assert together.erased_words == sum(one.erased_words for one in apart)
