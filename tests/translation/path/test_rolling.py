from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.path.test_recognise import texts
from translation.errors import EngineBroken, EngineBusy, EngineMissing, EngineTimeout
from translation.path.rolling import RATE_HZ, Rolling, RollingSettings, Said
from translation.path.settle import Commit, CommitSettings
from translation.values import Samples, Word

EACH_S = 0.4


class Counting:
    """Hears `0 1 2 ...`, a word every 0.4 s: the level of each sample says which. What it was
    given is kept."""

    def __init__(self) -> None:
        self.lengths_s: list[float] = []
        self.told: list[Said] = []

    def __call__(self, samples: Samples, said: Said) -> Sequence[Word]:
        self.lengths_s.append(len(samples) / RATE_HZ)
        self.told.append(said)
        first = int(samples[0]) - 1000
        begin_s = first * EACH_S + self._cut_off_s(samples)
        numbers = range(first, int(samples[-1]) - 1000 + 1)
        heard = [Word(str(n), n * EACH_S - begin_s, (n + 1) * EACH_S - begin_s) for n in numbers]
        return heard[len(said.settled) :] if said.settled else heard

    def _cut_off_s(self, samples: Samples) -> float:
        """How much of the first word was cut off."""
        first = int(np.count_nonzero(samples == samples[0]))
        return EACH_S - first / RATE_HZ if first < EACH_S * RATE_HZ else 0.0


def counted(count: int) -> Samples:
    return np.repeat(np.arange(1000, 1000 + count), round(EACH_S * RATE_HZ)).astype(np.int16)


def stream(hearing: Counting, **wishes: object) -> Rolling:
    return Rolling(hearing, RollingSettings(**wishes), clock=lambda: 0.0)  # type: ignore[arg-type]


def listen(rolling: Rolling, sound: Samples, piece: int = 1600) -> list[list[Word]]:
    heard = []
    for start in range(0, len(sound), piece):
        rolling.push(sound[start : start + piece])
        heard.append(rolling.hypothesis())
    heard.append(rolling.finish())
    return heard


@pytest.mark.parametrize("policy", list(Commit))
def test_a_long_talk_is_heard_word_by_word_at_a_bounded_cost(policy: Commit) -> None:
    hearing = Counting()

    final = listen(stream(hearing, commit=CommitSettings(policy)), counted(300))[-1]

    assert texts(final) == [str(number) for number in range(300)]
    assert [w.start_s for w in final] == pytest.approx([n * EACH_S for n in range(300)], abs=0.02)
    assert max(hearing.lengths_s) <= 20.7


def test_a_step_is_made_for_enough_new_sound_only() -> None:
    hearing = Counting()
    listen(stream(hearing, step_s=1.0), counted(25))

    assert len(hearing.lengths_s) == 10


def test_a_slow_machine_makes_fewer_steps() -> None:
    times = iter(np.arange(0.0, 1000.0, 2.0))  # every step takes 2 s
    hearing = Counting()
    rolling = Rolling(hearing, RollingSettings(step_s=0.5), clock=lambda: float(next(times)))

    listen(rolling, counted(25))

    assert len(hearing.lengths_s) == 5


def test_it_is_told_what_was_said_before_and_what_is_settled() -> None:
    hearing = Counting()
    rolling = Rolling(
        hearing, RollingSettings(carried=3), before=["good", "day"], terms=["Basle"],
        clock=lambda: 0.0,
    )  # fmt: skip
    listen(rolling, counted(10))

    assert hearing.told[0] == Said(("good", "day"), (), ("Basle",))
    assert texts(list(hearing.told[-1].settled)) == [str(number) for number in range(7)]
    assert rolling.carried == ("7", "8", "9")


class Saying:
    """Hears these, one after another; the last again and again."""

    def __init__(self, *hearings: list[Word]) -> None:
        self._hearings = list(hearings)
        self.told: list[Said] = []

    def __call__(self, samples: Samples, said: Said) -> Sequence[Word]:
        self.told.append(said)
        return self._hearings.pop(0) if len(self._hearings) > 1 else self._hearings[0]


def loud(seconds: float) -> Samples:
    return np.full(round(seconds * RATE_HZ), 3000, np.int16)


def test_words_in_silence_are_made_up() -> None:
    heard = [Word("we", 0.1, 0.4), Word("Thanks", 1.5, 1.7), Word("watching", 1.7, 2.0)]
    rolling = Rolling(Saying(heard))

    rolling.push(np.concatenate([loud(1.0), np.zeros(RATE_HZ, np.int16)]))

    assert texts(rolling.finish()) == ["we"]


def test_the_last_words_are_not_lost_at_the_end_of_speech() -> None:
    before = [Word("we", 0.1, 0.4), Word("saw", 0.7, 0.9), Word("it", 1.0, 1.2)]
    edge = CommitSettings(Commit.ALIGNMENT, edge_s=2.0)
    rolling = Rolling(Saying(before, before[:2]), RollingSettings(commit=edge))
    rolling.push(loud(1.2))
    rolling.hypothesis()
    rolling.push(loud(0.3))

    assert texts(rolling.finish()) == ["we", "saw", "it"]


def test_a_stop_or_a_capital_does_not_hide_that_the_last_words_were_lost() -> None:
    before = [Word("we", 0.1, 0.4), Word("saw", 0.7, 0.9), Word("it", 1.0, 1.2)]
    edge = CommitSettings(Commit.ALIGNMENT, edge_s=2.0)
    shorter = [Word("We", 0.1, 0.4), Word("saw.", 0.7, 0.9)]
    rolling = Rolling(Saying(before, shorter), RollingSettings(commit=edge))
    rolling.push(loud(1.2))
    rolling.hypothesis()
    rolling.push(loud(0.3))

    assert texts(rolling.finish()) == ["we", "saw", "it"]


def test_after_a_loop_nothing_is_carried_over() -> None:
    loop = [Word("no", n / 10, (n + 1) / 10) for n in range(8)]
    hearing = Saying(loop)
    never = CommitSettings(Commit.ALIGNMENT, edge_s=60.0)
    rolling = Rolling(hearing, RollingSettings(commit=never), before=["before"])
    for _ in range(2):
        rolling.push(loud(1.0))
        words = rolling.hypothesis()

    assert texts(words) == ["no"]
    assert [said.before for said in hearing.told] == [("before",), ()]


def test_a_finished_utterance_takes_no_more_sound() -> None:
    rolling = Rolling(Saying([]))
    assert rolling.finish() == []

    with pytest.raises(ValueError, match="finished"):
        rolling.push(loud(0.1))


class Failing:
    """Fails for the first calls, then hears nothing."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.lengths_s: list[float] = []

    def __call__(self, samples: Samples, said: Said) -> Sequence[Word]:
        self.lengths_s.append(len(samples) / RATE_HZ)
        if self._errors:
            raise self._errors.pop(0)
        return [Word("we", 0.1, 0.4)]


def test_what_passes_costs_no_sound() -> None:
    hearing = Failing(EngineTimeout("slow"), EngineBroken("gone"))
    rolling = Rolling(hearing, RollingSettings(step_s=1.0), clock=lambda: 0.0)
    for _ in range(3):
        rolling.push(loud(1.0))
        words = rolling.hypothesis()

    assert texts(words) == ["we"]
    assert hearing.lengths_s == [1.0, 2.0, 3.0]


def test_who_is_busy_is_left_alone_for_as_long_as_it_says() -> None:
    hearing = Failing(EngineBusy("busy", after_s=2.5))
    now_s = [0.0]
    rolling = Rolling(hearing, RollingSettings(step_s=1.0), clock=lambda: now_s[0])
    for second in range(4):
        now_s[0] = float(second)
        rolling.push(loud(1.0))
        rolling.hypothesis()

    assert hearing.lengths_s == [1.0, 4.0]


def test_patience_ends() -> None:
    rolling = Rolling(
        Failing(*[EngineTimeout("slow")] * 9), RollingSettings(step_s=1.0, patience_s=3.0),
        clock=lambda: 0.0,
    )  # fmt: skip
    for _ in range(3):
        rolling.push(loud(1.0))
        rolling.hypothesis()
    rolling.push(loud(1.0))

    with pytest.raises(EngineTimeout):
        rolling.hypothesis()


def test_who_is_busy_for_longer_than_the_patience_is_an_error_at_once() -> None:
    hearing = Failing(EngineBusy("busy", after_s=60.0))
    rolling = Rolling(hearing, RollingSettings(step_s=1.0, patience_s=6.0), clock=lambda: 0.0)
    rolling.push(loud(1.0))

    with pytest.raises(EngineBusy):
        rolling.hypothesis()


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def live(rolling: Rolling, clock: Clock, seconds: float, every_s: float) -> None:
    """Sound as it comes: what came while the recogniser was asked comes at once."""
    heard_s = clock.now_s
    while clock.now_s < seconds:
        clock.now_s += every_s
        rolling.push(loud(clock.now_s - heard_s))
        heard_s = clock.now_s
        rolling.hypothesis()


def test_patience_ends_while_an_engine_that_is_busy_is_left_alone() -> None:
    hearing, clock = Failing(*[EngineBusy("busy", after_s=5.0)] * 9), Clock()
    rolling = Rolling(hearing, RollingSettings(step_s=1.0, patience_s=6.0), clock=clock)

    with pytest.raises(EngineBusy):
        live(rolling, clock, 20.0, every_s=1.0)
    assert clock.now_s == 6.0
    assert len(hearing.lengths_s) == 2  # to be left alone once more would be too long


def test_who_stalls_is_given_up_after_two_tries() -> None:
    clock, tries = Clock(), []

    def stalls(samples: Samples, said: Said) -> Sequence[Word]:
        tries.append(clock.now_s)
        clock.now_s += 2.6
        raise EngineTimeout("slow")

    rolling = Rolling(stalls, RollingSettings(step_s=1.0), clock=clock)
    with pytest.raises(EngineTimeout):
        live(rolling, clock, 30.0, every_s=0.1)
    assert len(tries) == 2
    assert clock.now_s < 7.0


def test_what_cannot_pass_is_an_error_at_once() -> None:
    rolling = Rolling(Failing(EngineMissing("no key")), clock=lambda: 0.0)
    rolling.push(loud(1.0))

    with pytest.raises(EngineMissing):
        rolling.hypothesis()


WORDS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c."]), st.floats(0, 25), st.floats(0, 2)), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30), st.sampled_from(Commit))
def test_whatever_is_heard_settled_words_stay_and_the_buffer_is_bounded(
    hearings: list[list[tuple[str, float, float]]], policy: Commit
) -> None:
    script = [[Word(text, at, at + long) for text, at, long in each] for each in hearings]
    wishes = RollingSettings(step_s=1.0, commit=CommitSettings(policy))
    rolling = Rolling(Saying(*script), wishes, clock=lambda: 0.0)
    settled: list[Word] = []
    for _ in range(40):
        rolling.push(loud(1.0))
        now = [word for word in rolling.hypothesis() if word.settled]

        assert now[: len(settled)] == settled
        assert rolling.buffered_s <= wishes.most_s
        settled = now
    assert rolling.finish()[: len(settled)] == settled
