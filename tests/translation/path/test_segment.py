import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.path.test_recognise import words
from translation.path.segment import Clause, ClauseLengths, Segmenter, joined
from translation.values import Word


def closed(clauses: list[Clause]) -> list[str]:
    return [clause.text for clause in clauses]


def test_a_pause_between_words_closes_a_clause() -> None:
    segmenter = Segmenter("en")

    said = [*words("we saw it"), *words("today it rains", start_s=1.4)]

    assert closed(segmenter.add(said)) == ["we saw it"]
    assert closed(segmenter.flush()) == ["today it rains"]


def test_silence_closes_a_clause() -> None:
    segmenter = Segmenter("en")
    segmenter.add(words("we saw it"))

    assert segmenter.pause(silent_since_s=0.9, now_s=1.2) == []
    assert closed(segmenter.pause(silent_since_s=0.9, now_s=1.25)) == ["we saw it"]
    assert segmenter.pause(silent_since_s=0.9, now_s=9.0) == []


def test_a_lone_word_waits_longer_for_company() -> None:
    segmenter = Segmenter("en")

    assert segmenter.add([*words("well"), *words("we saw it", start_s=0.8)]) == []
    assert closed(segmenter.flush()) == ["well we saw it"]

    segmenter.add(words("yes"))
    assert segmenter.pause(silent_since_s=0.3, now_s=1.0) == []
    assert closed(segmenter.pause(silent_since_s=0.3, now_s=1.4)) == ["yes"]


def test_a_clause_ends_before_a_conjunction_once_it_is_long_enough() -> None:
    segmenter = Segmenter("en")

    clauses = segmenter.add(words("we and they have seen the change because it was large"))

    assert closed(clauses) == ["we and they have seen the change"]


def test_a_conjunction_that_seems_to_come_closes_the_clause_already() -> None:
    segmenter = Segmenter("en")

    clauses = segmenter.add(words("we have seen the change"), ahead=words("because", 1.5))

    assert closed(clauses) == ["we have seen the change"]
    assert segmenter.open_words == ()


def test_nothing_is_cut_after_a_word_that_leans_on_the_next() -> None:
    segmenter = Segmenter("en")

    clauses = segmenter.add(words("there is a great deal of that which we"))

    assert closed(clauses) == []


def test_a_preposition_is_a_place_to_cut_in_a_longer_clause() -> None:
    segmenter = Segmenter("en")

    clauses = segmenter.add(words("we put all the new books on tables in the large hall"))

    assert closed(clauses) == ["we put all the new books on tables"]


def test_what_begins_with_a_pronoun_or_an_article_may_stand_alone() -> None:
    segmenter = Segmenter("en")

    clauses = segmenter.add(words("most of all people today believe they know the rest"))

    assert closed(clauses) == ["most of all people today believe"]


def test_punctuation_closes_a_clause() -> None:
    segmenter = Segmenter("de")

    clauses = segmenter.add(words("Gut. Das ist es. Und nun, liebe Leute und Freunde, gehen wir"))

    assert closed(clauses) == ["Gut. Das ist es.", "Und nun, liebe Leute und Freunde,"]


def test_a_clause_without_a_good_place_is_cut_where_it_hurts_least() -> None:
    segmenter = Segmenter("en", ClauseLengths(most_words=6))

    clauses = segmenter.add(words("big red dogs chase small the cats around"))

    assert closed(clauses) == ["big red dogs chase small"]
    assert [word.text for word in segmenter.open_words] == ["the", "cats", "around"]


def test_a_slow_speaker_is_cut_by_time() -> None:
    segmenter = Segmenter("en", ClauseLengths(most_s=4.5))

    clauses = segmenter.add(words("good old days never come again", each_s=1.0))

    assert closed(clauses) == ["good old days never come"]


def test_a_language_without_a_list_is_cut_by_length_and_pauses() -> None:
    segmenter = Segmenter("it")

    clauses = segmenter.add(words(" ".join("abcdefghijklmnop")))

    assert closed(clauses) == ["a b c d e f g h i j"]


def test_a_clause_lies_where_its_words_lie() -> None:
    (clause,) = Segmenter("en").flush() or [Clause(tuple(words("a b", start_s=2.0)))]

    assert (clause.start_s, clause.end_s) == (2.0, 2.6)


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["we", "and", "the", "house", "in", "which", "red.", "so,", "runs"]),
        st.integers(5, 90),
        st.sampled_from([0, 0, 0, 10, 40, 120]),
    ),
    max_size=60,
)


@given(SENTENCES, st.integers(1, 5), st.booleans(), st.sampled_from(["en", "es"]))
def test_clauses_are_the_words_in_order_and_bounded(
    parts: list[tuple[str, int, int]], step: int, looking_ahead: bool, language: str
) -> None:
    said, at = [], 0
    for text, length, gap in parts:
        said.append(Word(text, at / 100, (at + length) / 100))
        at += length + gap
    segmenter = Segmenter(language)
    clauses: list[Clause] = []
    for start in range(0, len(said), step):
        ahead = said[start + step :] if looking_ahead else []
        clauses += segmenter.add(said[start : start + step], ahead=ahead)
    clauses += segmenter.flush()

    assert [word for clause in clauses for word in clause.words] == said
    assert all(1 <= len(clause.words) <= ClauseLengths().most_words for clause in clauses)
    assert all(
        clause.words[-2].end_s - clause.start_s < ClauseLengths().most_s
        for clause in clauses
        if len(clause.words) > 1
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("we have seen", "we have seen"),
        ("你 好 。 我 们", "你好。我们"),
        ("これ は GPU です", "これはGPUです"),
        ("안녕 하세요", "안녕 하세요"),
        ("", ""),
    ],
)
def test_words_of_a_script_without_spaces_are_joined_without_them(words: str, text: str) -> None:
    assert joined(words.split()) == text


def test_chinese_clauses_end_with_a_sentence_and_are_longer_than_eleven_characters() -> None:
    said = "今天我们讨论城市规模的变化。谢谢"
    segmenter = Segmenter("zh")
    clauses = segmenter.add(
        [Word(character, n * 0.2, (n + 1) * 0.2) for n, character in enumerate(said)]
    )

    assert [clause.text for clause in clauses] == ["今天我们讨论城市规模的变化。"]
