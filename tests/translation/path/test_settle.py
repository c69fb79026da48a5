from hypothesis import given
from hypothesis import strategies as st

from tests.translation.path.test_recognise import texts, words
from translation.path.settle import Commit, CommitSettings, Settled
from translation.values import Word

AGREEMENT = CommitSettings(Commit.AGREEMENT)


def test_alignment_settles_what_ends_long_enough_before_the_end_of_the_sound() -> None:
    settled = Settled(CommitSettings(Commit.ALIGNMENT, edge_s=0.5))

    settled.hear(words("we have seen"), until_s=1.1)

    assert (texts(settled.words), texts(settled.pending)) == (["we", "have"], ["seen"])


def test_agreement_settles_what_two_hearings_begin_with() -> None:
    settled = Settled(AGREEMENT)
    settled.hear(words("we have seen"), until_s=1.0)
    settled.hear(words("We have been there"), until_s=1.5)

    assert (texts(settled.words), texts(settled.pending)) == (["We", "have"], ["been", "there"])


def test_settled_words_never_overlap() -> None:
    settled = Settled()
    settled.hear([Word("we", 0.0, 0.5)], until_s=2.0)
    settled.hear([Word("have", 0.3, 0.4)], until_s=2.0)

    assert settled.words[1] == Word("have", 0.5, 0.5, settled=True)


HEARINGS = st.lists(st.lists(st.sampled_from("abc"), max_size=6), max_size=12)


@given(HEARINGS, st.sampled_from(Commit))
def test_settled_words_stay_whatever_is_heard_later(
    hearings: list[list[str]], policy: Commit
) -> None:
    settled = Settled(CommitSettings(policy))
    for number, hearing in enumerate(hearings):
        before = list(settled.words)
        settled.hear(words(" ".join(hearing), settled.end_s), until_s=settled.end_s + number * 0.3)

        assert settled.words[: len(before)] == before
        assert all(word.settled for word in settled.words)
