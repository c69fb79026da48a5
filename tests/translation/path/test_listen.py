from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.path.written_sound import Loudness, Reader, ReadingStream, written
from translation.engines.fallback_hearing import FallbackRecogniser
from translation.errors import EngineBroken
from translation.path.listen import (
    RATE_HZ,
    WINDOW,
    Activity,
    Ear,
    FloorSpeaks,
    Gate,
    GateSettings,
    Heard,
    Interim,
    Mixer,
    Times,
)
from translation.path.segment import Clause
from translation.values import Samples, Word

pytestmark = pytest.mark.slow

WINDOW_S = WINDOW / RATE_HZ

# Gate: who speaks when


def test_gate_opens_after_two_loud_windows_and_closes_after_a_pause() -> None:
    gate = Gate()

    changes = [gate.update(p, WINDOW_S) for p in [0.9, 0.9, *[0.1] * 13]]

    assert [place for place, changed in enumerate(changes) if changed] == [1, 14]
    assert not gate.open


def test_gate_does_not_open_for_a_click() -> None:
    gate = Gate()

    assert not any(gate.update(p, WINDOW_S) for p in [0.9, 0.1] * 20)


def test_gate_stays_open_through_a_short_breath() -> None:
    gate = Gate()

    for probability in [*[0.9] * 5, *[0.1] * 12, 0.9]:
        gate.update(probability, WINDOW_S)

    assert (gate.open, gate.quiet_s) == (True, 0.0)


@given(st.lists(st.floats(0, 1), max_size=200))
def test_gate_does_not_flutter(probabilities: list[float]) -> None:
    """Whatever is heard, it stays open and closed for as long as its settings say at least."""
    settings, gate = GateSettings(), Gate()
    states = [(gate.update(p, WINDOW_S), gate.open)[1] for p in probabilities]

    stretches = [(is_open, len(list(run)) * WINDOW_S) for is_open, run in groupby(states)]
    for is_open, lasted_s in stretches[:-1]:
        least_s = settings.close_after_s if is_open else settings.open_after_s - WINDOW_S
        assert lasted_s >= least_s - 1e-9


@given(st.lists(st.floats(0.35, 0.5, exclude_max=True), max_size=50), st.booleans())
def test_gate_keeps_its_state_between_its_thresholds(
    probabilities: list[float], is_open: bool
) -> None:
    gate = Gate()
    for _ in range(2 * is_open):
        gate.update(1.0, WINDOW_S)

    assert not any(gate.update(p, WINDOW_S) for p in probabilities)
    assert gate.open == is_open


# Ear: sound in, clauses out

TALK = "we saw it"
REPLY = "yes we did"


def ear() -> Ear:
    return Ear(
        recogniser=Reader(f"{TALK} {REPLY}".split()), voice_activity=Loudness(), language="en"
    )


def hear(ear: Ear, sound: Samples, *, at_s: float = 0.0, piece: int = 1600) -> list[Heard]:
    heard: list[Heard] = []
    for start in range(0, len(sound), piece):
        heard += ear.hear(sound[start : start + piece], at_s + start / RATE_HZ)
    return heard


def texts(heard: list[Heard]) -> list[str]:
    return [each.text for each in heard if isinstance(each, Clause)]


def in_ms(heard: list[Heard]) -> list[tuple[object, ...]]:
    """What was heard with times that can be compared."""
    return [
        (each.text, round(each.start_s * 1000), round(each.end_s * 1000))
        if isinstance(each, Clause)
        else (each.speaking, round(each.at_s * 1000))
        if isinstance(each, Activity)
        else (each.text,)
        for each in heard
        if not isinstance(each, FloorSpeaks)
    ]


def test_ear_hears_an_utterance_from_its_begin_to_its_end() -> None:
    sound = np.concatenate([np.zeros(RATE_HZ, np.int16), written(TALK, silence_s=1.0)])

    heard = hear(ear(), sound, at_s=100.0)

    began, *between, ended = heard
    assert [each.speaking for each in (began, ended) if isinstance(each, Activity)] == [True, False]
    assert texts(between) == [TALK]
    (clause,) = (each for each in between if isinstance(each, Clause))
    assert clause.start_s == pytest.approx(101.0)
    assert clause.end_s == pytest.approx(101.98)
    assert began.at_s == pytest.approx(101.0, abs=0.1)  # type: ignore[union-attr]
    assert ended.at_s == pytest.approx(101.98 + 0.4, abs=0.1)  # type: ignore[union-attr]


def test_ear_tells_what_may_still_change_before_it_is_a_clause() -> None:
    heard = hear(ear(), written(TALK, silence_s=1.0))

    drafts = [each.text for each in heard if isinstance(each, Interim)]
    assert drafts == ["we", "we saw", "we saw it"]


class Frail(Reader):
    """A recogniser that knows TALK alone: other words break it."""

    abilities = replace(Reader.abilities, name="frail")

    def __init__(self) -> None:
        super().__init__(TALK.split())

    def open(self, *, terms: Sequence[str] = ()) -> ReadingStream:
        return FrailStream(self._words)


class FrailStream(ReadingStream):
    def hypothesis(self) -> list[Word]:
        try:
            return super().hypothesis()
        except KeyError:
            raise EngineBroken("the recogniser crashed") from None


def test_each_clause_names_what_recognised_it() -> None:
    chain = FallbackRecogniser([Frail, lambda: Reader(f"{TALK} {REPLY}".split())])
    ear = Ear(recogniser=chain, voice_activity=Loudness(), language="en")
    sound = np.concatenate([written(text, silence_s=1.0) for text in (TALK, REPLY, TALK)])

    clauses = [each for each in hear(ear, sound) if isinstance(each, Clause)]

    assert [(clause.text, clause.engine) for clause in clauses] == [
        (TALK, "frail 1"),
        (REPLY, "reader 1"),
        (TALK, "frail 1"),
    ]


def test_ear_puts_two_utterances_where_they_were_said() -> None:
    sound = np.concatenate([written(TALK, silence_s=1.0), written(REPLY, silence_s=1.0)])

    heard = hear(ear(), sound)

    clauses = [each for each in heard if isinstance(each, Clause)]
    assert [clause.text for clause in clauses] == [TALK, REPLY]
    assert clauses[1].start_s == pytest.approx(2.02)


def test_ear_drained_in_the_middle_of_a_sentence_gives_what_was_said() -> None:
    listening = ear()
    assert texts(hear(listening, written("we saw"))) == []

    drained = listening.drain(0.7)

    assert texts(drained) == ["we saw"]
    assert drained[-1] == Activity(False, 0.7)
    assert listening.drain(0.8) == []


def test_ear_goes_on_after_it_was_drained() -> None:
    listening = ear()
    hear(listening, written("we saw"))
    listening.drain(0.7)

    assert texts(hear(listening, written(REPLY, silence_s=1.0), at_s=5.0)) == [REPLY]


def test_ear_cuts_an_endless_utterance_without_losing_a_word() -> None:
    listening = Ear(
        recogniser=Reader(TALK.split()),
        voice_activity=Loudness(),
        language="en",
        longest_utterance_s=2.0,
    )

    heard = hear(listening, written(" ".join([TALK] * 8), silence_s=1.0))

    assert " ".join(texts(heard)).split() == TALK.split() * 8
    assert [each.speaking for each in heard if isinstance(each, Activity)] == [True, False]


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=20))
def test_ear_hears_the_same_in_pieces_of_any_length(lengths: list[int]) -> None:
    sound = written(TALK, silence_s=1.0)
    listening, start, heard = ear(), 0, []
    for length in [*lengths, len(sound)]:
        heard += listening.hear(sound[start : start + length], start / RATE_HZ)
        start = min(len(sound), start + length)

    assert texts(heard) == [TALK]
    assert in_ms(heard) == in_ms(hear(ear(), sound))


# Mixer: several speakers, one floor


def const(value: int, count: int = 20) -> Samples:
    return np.full(count, value, np.int16)


@given(st.lists(st.integers(0, 50), max_size=30), st.floats(0.001, 0.5))
def test_mixer_hands_a_single_speaker_on_as_she_is(lengths: list[int], every_s: float) -> None:
    mixer, said, heard, first = Mixer(1000), [], [], 1
    for turn, length in enumerate(lengths):
        samples = np.arange(first, first + length, dtype=np.int16)
        first += length
        said.append(samples)
        heard.append(mixer.push("a", samples, turn * every_s))

    assert [piece.tolist() for piece in heard if piece is not None] == [
        piece.tolist() for piece in said
    ]


def test_mixer_adds_the_others_to_whoever_sets_the_beat() -> None:
    mixer = Mixer(1000)
    mixer.push("a", const(1), 0.0)

    assert mixer.push("b", const(10), 0.01) is None
    mixed = mixer.push("a", const(1), 0.02)

    assert mixed is not None
    assert mixed.tolist() == [11] * 20
    assert mixer.speakers == 2


@given(st.lists(st.integers(-32768, 32767), min_size=2, max_size=5))
def test_mixer_clips_a_sum_that_is_too_loud(loud: list[int]) -> None:
    mixer = Mixer(1000)
    leader, *others = loud
    mixer.push("leader", const(0), 0.0)
    for number, level in enumerate(others):
        mixer.push(f"other {number}", const(level), 0.01)

    mixed = mixer.push("leader", const(leader), 0.02)

    assert mixed is not None
    assert mixed.tolist() == [max(-32768, min(32767, sum(loud)))] * 20


def test_mixer_follows_the_next_speaker_when_the_first_falls_silent_and_loses_nothing() -> None:
    mixer = Mixer(1000, patience_s=0.1)
    mixer.push("a", const(1), 0.0)

    heard = [mixer.push("b", const(10 + turn), turn * 0.02) for turn in range(1, 8)]

    assert [piece is not None for piece in heard] == [False] * 5 + [True] * 2
    mixed = np.concatenate([piece for piece in heard if piece is not None])
    assert mixed.tolist() == [10 + turn for turn in range(1, 8) for _ in range(20)]


def test_mixer_follows_the_next_speaker_at_once_when_the_first_leaves() -> None:
    mixer = Mixer(1000)
    mixer.push("a", const(1), 0.0)

    mixer.leave("a")
    mixed = mixer.push("b", const(10), 0.01)

    assert mixed is not None
    assert (mixed.tolist(), mixer.speakers) == ([10] * 20, 1)


def test_mixer_keeps_only_the_newest_of_a_speaker_who_runs_ahead() -> None:
    mixer = Mixer(1000, most_s=0.04)
    mixer.push("a", const(0), 0.0)
    for turn in range(1, 11):
        mixer.push("b", const(turn), 0.01)

    first, second = mixer.push("a", const(0), 0.02), mixer.push("a", const(0), 0.04)

    assert first is not None
    assert second is not None
    assert [first.tolist(), second.tolist()] == [[9] * 20, [10] * 20]


def test_mixer_says_how_long_nobody_has_set_a_beat() -> None:
    mixer = Mixer(1000)
    assert mixer.silent_since(5.0) == float("inf")

    mixer.push("a", const(1), 5.0)

    assert mixer.silent_since(5.25) == 0.25


# Times: where an utterance's sound lies on the floor


def test_times_follow_sound_that_comes_evenly_from_its_first_moment() -> None:
    times = Times()
    for number in range(100):
        times.note(number * 0.032, 12.0 + number * 0.032)

    assert times.at(3.0) == pytest.approx(15.0)


def test_times_follow_a_gap_without_moving_what_was_before() -> None:
    times = Times()
    times.note(0.0, 12.0)
    times.note(1.0, 13.5)

    assert (times.at(0.5), times.at(1.25)) == (12.5, 13.75)
