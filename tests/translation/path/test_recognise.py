from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.path.recognise import Agreement, plain
from translation.values import Word

pytestmark = pytest.mark.slow


def words(text: str, start_s: float = 0.0, each_s: float = 0.3) -> list[Word]:
    """Words of equal length, one after another."""
    return [
        Word(word, start_s + place * each_s, start_s + (place + 1) * each_s)
        for place, word in enumerate(text.split())
    ]


def texts(heard: list[Word]) -> list[str]:
    return [word.text for word in heard]


def test_a_word_is_committed_once_enough_hypotheses_agree() -> None:
    agreement = Agreement(depth=3)

    assert agreement.update(words("we"), audio_end_s=0.3) == []
    assert agreement.update(words("we have"), audio_end_s=0.6) == []
    assert texts(agreement.update(words("we have seen"), audio_end_s=0.9)) == ["we"]
    assert texts(agreement.update(words("we have seen"), audio_end_s=1.1)) == ["have"]


def test_disagreement_holds_back_every_word_after_it() -> None:
    agreement = Agreement(depth=2)

    agreement.update(words("we halve seen it"), audio_end_s=1.2)

    assert texts(agreement.update(words("we have seen it"), audio_end_s=1.2)) == ["we"]


def test_a_word_that_has_waited_needs_two_hypotheses_in_a_row() -> None:
    agreement = Agreement(depth=4, patience_s=1.2)
    for wavering in ("we halve seen it", "we have seen it", "we halve seen it"):
        assert agreement.update(words(wavering), audio_end_s=1.2) == []

    assert texts(agreement.update(words("we have seen it"), audio_end_s=1.4)) == ["we"]
    assert texts(agreement.update(words("we have seen it"), audio_end_s=2.1)) == ["have", "seen"]


def test_what_is_committed_stays_when_the_recogniser_thinks_better_of_it() -> None:
    agreement = Agreement(depth=2)
    agreement.update(words("the cat sat"), audio_end_s=1.0)
    agreement.update(words("the cat sat"), audio_end_s=1.0)

    rest = agreement.finish(words("the cap sad down"))

    assert texts(rest) == ["down"]


def test_a_word_whose_hearing_moved_is_neither_lost_nor_said_twice() -> None:
    agreement = Agreement(depth=1)
    agreement.update([Word("cat", 1.1, 1.5)], audio_end_s=2.0)

    later = agreement.pending([Word("cat", 1.4, 1.7), Word("sat", 1.7, 2.0)])
    earlier = agreement.pending([Word("cat", 1.0, 1.2), Word("sat", 1.2, 1.6)])

    assert (texts(later), texts(earlier)) == (["sat"], ["sat"])


def test_a_word_said_twice_is_two_words() -> None:
    agreement = Agreement(depth=1)

    assert texts(agreement.update(words("no no"), audio_end_s=0.6)) == ["no", "no"]
    assert texts(agreement.update(words("no no no"), audio_end_s=0.9)) == ["no"]


def test_words_at_the_edge_of_the_sound_wait() -> None:
    agreement = Agreement(depth=1, edge_s=0.2)

    assert texts(agreement.update(words("we have"), audio_end_s=0.6)) == ["we"]
    assert texts(agreement.update(words("we have"), audio_end_s=0.8)) == ["have"]


def test_pending_words_are_those_after_the_committed_ones() -> None:
    agreement = Agreement(depth=1, edge_s=0.3)
    agreement.update(words("we have seen"), audio_end_s=1.0)

    assert texts(agreement.pending(words("we have seen it"))) == ["seen", "it"]


def test_after_the_end_of_an_utterance_the_next_begins_anew() -> None:
    agreement = Agreement(depth=2)
    agreement.update(words("one two"), audio_end_s=0.6)
    agreement.update(words("one two"), audio_end_s=0.6)

    assert agreement.finish(words("one two")) == []
    assert agreement.update(words("one"), audio_end_s=0.3) == []
    assert texts(agreement.update(words("one"), audio_end_s=0.5)) == ["one"]


HYPOTHESES = st.lists(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 60), st.integers(0, 30)), max_size=12
    ).map(
        lambda parts: [
            Word(
                text,
                sum(length + gap for _, length, gap in parts[:place]) / 100,
                (sum(length + gap for _, length, gap in parts[:place]) + parts[place][1]) / 100,
            )
            for place, (text, _, _) in enumerate(parts)
        ]
    ),
    max_size=12,
)
"""Any sequence of hypotheses: words in order that do not overlap, otherwise nonsense."""


@given(HYPOTHESES, st.integers(1, 4))
def test_committed_words_follow_each_other_in_time(
    hypotheses: list[list[Word]], depth: int
) -> None:
    agreement = Agreement(depth=depth)
    committed: list[Word] = []
    for hypothesis in hypotheses:
        committed += agreement.update(hypothesis, audio_end_s=100.0)
    committed += agreement.finish(hypotheses[-1] if hypotheses else [])

    assert all(word.start_s <= word.end_s for word in committed)
    assert all(a.end_s <= b.start_s for a, b in pairwise(committed))


@given(HYPOTHESES, st.integers(1, 4), st.sampled_from([1.2, inf]))
def test_every_committed_word_was_heard_by_all_the_hypotheses_that_agreed(
    hypotheses: list[list[Word]], depth: int, patience_s: float
) -> None:
    """Two, of those that have waited; here these are all."""
    agreement = Agreement(depth=depth, patience_s=patience_s)
    for place, hypothesis in enumerate(hypotheses):
        new = agreement.update(hypothesis, audio_end_s=100.0)
        recent = hypotheses[max(0, place - depth + 1) : place + 1]
        assert not new or len(recent) == depth
        asked = recent if patience_s == inf else recent[-2:]
        for word in new:
            assert all(word.text in texts(heard) for heard in asked)


@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 4), st.integers(1, 7))
def test_a_recogniser_that_never_errs_is_repeated_word_for_word(
    said: list[str], depth: int, step: int
) -> None:
    sentence = words(" ".join(said))
    agreement = Agreement(depth=depth)
    committed: list[Word] = []
    for known in range(0, len(sentence) + 1, step):
        committed += agreement.update(sentence[:known], audio_end_s=known * 0.3)
        assert committed == sentence[: len(committed)]
        assert agreement.pending(sentence[:known]) == sentence[len(committed) : known]
    committed += agreement.finish(sentence)

    assert committed == sentence


def test_what_its_engine_calls_settled_is_committed_at_once() -> None:
    agreement = Agreement(depth=0)
    settled = [Word("we", 0.0, 0.3, settled=True), Word("have", 0.3, 0.6)]

    assert texts(agreement.update(settled, audio_end_s=0.6)) == ["we"]
    assert texts(agreement.update(settled, audio_end_s=0.7)) == []
    assert texts(agreement.finish(words("we have"))) == ["have"]


def test_capitals_and_punctuation_block_no_commit() -> None:
    agreement = Agreement(depth=2)
    agreement.update(words("Well, we have"), audio_end_s=0.9)

    assert texts(agreement.update(words("well we have."), audio_end_s=0.9)) == [
        "well", "we", "have.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "bare"), [("“Well,”", "well"), ("don't!", "don't"), ("…", "…"), ("你好。", "你好")]
)
def test_a_word_without_its_dress(text: str, bare: str) -> None:
    assert plain(text) == bare
