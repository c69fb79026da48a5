from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translation.path.desk import (
    CEILING,
    FADE_S,
    FULL,
    LATE_S,
    LOUDER_DB,
    MOMENT_S,
    SLATE,
    TARGET_DB,
    Announced,
    Desk,
    cut,
)
from translation.path.speak import Playout
from translation.values import Samples

pytestmark = pytest.mark.slow

RATE_HZ = 48_000
TICK = 960
FADE = int(FADE_S * RATE_HZ)
LATE = int(LATE_S * RATE_HZ)


class Tone:
    """A sine without end; `level_db` is its loudness."""

    def __init__(self, hz: float, level_db: float = TARGET_DB) -> None:
        self.hz, self.amplitude = hz, FULL * 2**0.5 * 10 ** (level_db / 20)
        self._at = 0

    def __call__(self, count: int) -> Samples:
        times = np.arange(self._at, self._at + count) / RATE_HZ
        self._at += count
        wave = self.amplitude * np.sin(2 * np.pi * self.hz * times)
        return np.clip(wave, -32768, 32767).astype(np.int16)


class Babble:
    """Noise in syllables, as loud on the whole as `level_db`: up to 6 dB above it, and pauses."""

    def __init__(self, level_db: float, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._level = FULL * 10 ** (level_db / 20)

    def __call__(self, count: int) -> Samples:
        loud = self._random.choice([0.0, 0.3, 1.0, 2.0], p=[0.2, 0.3, 0.35, 0.15])
        wave = self._random.normal(0, self._level * loud, count)
        return np.clip(wave, -32768, 32767).astype(np.int16)


def desk_with(**inputs: Callable[[int], Samples]) -> Desk:
    desk = Desk(RATE_HZ)
    for name, pull in inputs.items():
        desk.plug(name, pull)
    return desk


def run(desk: Desk, length_s: float) -> Samples:
    return np.concatenate([desk.pull(TICK) for _ in range(round(length_s / 0.02))])


def db(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(sound.astype(np.float64))) / FULL**2 + 1e-12))


def share_of(hz: float, sound: Samples) -> float:
    """The amplitude of one frequency in a sound."""
    turns = np.exp(-2j * np.pi * hz * np.arange(len(sound)) / RATE_HZ)
    return float(2 * np.abs(np.mean(sound * turns)))


@given(st.lists(st.integers(0, 3000), max_size=12), st.lists(st.sampled_from("ab-"), max_size=12))
def test_as_much_comes_out_as_is_asked_for_and_every_input_is_drawn_as_much(
    counts: list[int], switches: list[str]
) -> None:
    drawn = {"a": 0, "b": 0}

    def counting(name: str) -> Callable[[int], Samples]:
        def pull(count: int) -> Samples:
            drawn[name] += count
            return np.full(count, 100, np.int16)

        return pull

    desk = desk_with(a=counting("a"), b=counting("b"))
    for number, count in enumerate(counts):
        if number < len(switches):
            desk.switch(switches[number])
        assert len(desk.pull(count)) == count

    assert drawn == {"a": sum(counts), "b": sum(counts)}


def test_it_starts_with_the_slate() -> None:
    desk = desk_with(a=Tone(440))

    assert not run(desk, 0.5).any()
    assert (desk.on_air, desk.level_db) == (SLATE, -96.0)


def test_a_change_fades_and_then_only_one_is_heard() -> None:
    desk = desk_with(a=Tone(500), b=Tone(800))
    desk.switch("a")
    run(desk, 1)
    desk.switch("b")

    sound = run(desk, 1)

    amplitude = Tone(1).amplitude
    before, after = sound[:LATE], sound[LATE + FADE :][: RATE_HZ // 2]
    assert len(before) == LATE
    assert share_of(500, after) < 0.003 * amplitude
    assert share_of(800, after) == pytest.approx(amplitude, rel=0.1)
    assert desk.on_air == "b"
    assert FADE_S <= 0.06


def test_two_changes_at_once_are_never_three_voices() -> None:
    desk = desk_with(a=Tone(500), b=Tone(800), c=Tone(1100))
    desk.switch("a")
    run(desk, 1)
    desk.switch("b")
    first = desk.pull(TICK)
    desk.switch("c")
    rest = run(desk, 1)

    fading = np.concatenate([first, rest])[LATE : LATE + FADE]
    assert share_of(1100, fading) < share_of(500, fading) / 10
    assert share_of(800, rest[2 * FADE + LATE :]) < 0.003 * Tone(1).amplitude
    assert share_of(1100, rest[2 * FADE + LATE :]) > 0.9 * Tone(1).amplitude


LEVELS = st.sampled_from([-44, -38, -32, -26, -20, -14, -8, -3])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", SLATE]), st.integers(1, 60)), max_size=6),
    LEVELS, LEVELS,
)  # fmt: skip
def test_no_change_clicks(changes: list[tuple[str, int]], one: int, other: int) -> None:
    desk = desk_with(a=Tone(300, one), b=Tone(450, other), c=Tone(200, -20))
    pieces = [desk.pull(TICK)]
    for name, ticks in changes:
        desk.switch(name)
        pieces += [desk.pull(TICK) for _ in range(ticks)]
    sound = np.concatenate(pieces).astype(np.int32)

    steepest = 2 * np.pi * 450 / RATE_HZ * CEILING * 1.5 + CEILING * 2 / LATE
    assert np.abs(np.diff(sound)).max() < steepest
    assert np.abs(sound).max() <= CEILING + 1


@settings(max_examples=40, deadline=None)
@given(LEVELS, LEVELS, st.booleans(), st.integers(0, 2**16))
def test_what_comes_is_never_much_louder_than_what_was_heard(
    before_db: int, after_db: int, known: bool, seed: int
) -> None:
    """Every 0.4 s of the three seconds after a change, against the voice before it."""
    newcomer = Babble(after_db, seed)
    desk = desk_with(a=Babble(before_db, seed + 1))
    if known:
        desk.plug("b", newcomer)
    desk.switch("a")
    run(desk, 5)
    before = run(desk, 3)
    desk.plug("b", newcomer) if not known else None
    desk.switch("b")
    after = run(desk, 3)

    heard = voiced_db(before)
    window = int(MOMENT_S * RATE_HZ)
    starts = range(LATE + FADE, len(after) - window, TICK // 3)
    loudest = max(db(after[start : start + window]) for start in starts)
    assert loudest < heard + LOUDER_DB + 0.3


def voiced_db(sound: Samples) -> float:
    """Loudness without the pauses: what the ear calls how loud somebody speaks."""
    blocks = [sound[at : at + TICK] for at in range(0, len(sound), TICK)]
    loud = [block for block in blocks if db(block) > -45]
    return db(np.concatenate(loud)) if loud else TARGET_DB


@pytest.mark.parametrize("level_db", [-32.0, -26.0, -14.0, -8.0])
def test_every_input_comes_to_the_same_loudness(level_db: float) -> None:
    desk = desk_with(a=Babble(level_db, 7))
    desk.switch("a")
    run(desk, 8)

    assert voiced_db(run(desk, 4)) == pytest.approx(TARGET_DB, abs=2.5)


def test_an_input_is_measured_while_it_is_off_the_air() -> None:
    desk = desk_with(a=Babble(-20, 1), b=Babble(-30, 2))
    desk.switch("a")
    run(desk, 8)
    desk.switch("b")
    run(desk, 0.1)

    assert voiced_db(run(desk, 2)) == pytest.approx(TARGET_DB, abs=3)


def test_a_pause_is_not_made_loud() -> None:
    """Noise behind her voice, 40 dB below it, stays there while she is silent."""
    noise = np.random.default_rng(1)

    def pull(count: int) -> Samples:
        return noise.normal(0, FULL * 10 ** (-60 / 20), count).astype(np.int16)

    desk = desk_with(a=pull)
    desk.switch("a")

    assert db(run(desk, 20)[-RATE_HZ:]) == pytest.approx(-60, abs=1)


@given(st.lists(st.sampled_from([0, 32767, -32768, 20_000, -5]), min_size=1, max_size=20))
def test_nothing_clips(levels: Sequence[int]) -> None:
    loud = iter(list(levels) * 50)
    desk = desk_with(a=lambda count: np.full(count, next(loud), np.int16))
    desk.switch("a")

    sound = run(desk, 0.02 * len(levels))

    assert np.abs(sound.astype(np.int32)).max() <= CEILING + 1


def test_what_is_unplugged_is_silent() -> None:
    desk = desk_with(a=Tone(440))
    desk.switch("a")
    run(desk, 0.5)

    desk.unplug("a")

    assert desk.plugged == frozenset()
    assert not run(desk, 0.5)[LATE:].any()


# The notice


def test_a_notice_comes_first_and_the_machine_waits() -> None:
    playout = Playout(RATE_HZ)
    playout.open(1)
    playout.put(np.arange(1, 2001, dtype=np.int16))
    machine = Announced(lambda count: playout.pull(count)[0])

    machine.announce(np.full(1500, 7, np.int16))
    heard = np.concatenate([machine.pull(TICK) for _ in range(4)])

    assert (heard[:1500] == 7).all()
    assert (heard[1500:3500] == np.arange(1, 2001)).all()
    assert not machine.announcing


def test_a_notice_can_be_dropped() -> None:
    machine = Announced(lambda count: np.zeros(count, np.int16))
    machine.announce(np.full(5000, 7, np.int16))
    machine.pull(TICK)

    machine.announce(np.zeros(0, np.int16))

    assert not machine.pull(TICK).any()


# The cut


@given(st.floats(0.02, 0.33), st.integers(0, 1000))
def test_the_machine_is_left_in_its_pause(pause_s: float, seed: int) -> None:
    words = np.random.default_rng(seed).normal(0, 3000, RATE_HZ)
    start = int(pause_s * RATE_HZ)
    words[start : start + int(0.05 * RATE_HZ)] = 3

    place = cut(words.astype(np.int16), RATE_HZ)

    assert start <= place <= start + int(0.05 * RATE_HZ)


@given(st.integers(0, 40_000), st.integers(0, 1000))
def test_the_cut_comes_in_time(length: int, seed: int) -> None:
    waiting = np.random.default_rng(seed).normal(0, 3000, length).astype(np.int16)

    assert 0 <= cut(waiting, RATE_HZ) <= min(length, int(0.4 * RATE_HZ))


def test_the_first_pause_is_taken_not_the_deepest() -> None:
    words = np.full(RATE_HZ, 3000, np.int16)
    words[4800:7200] = 20
    words[12_000:16_000] = 0

    assert 4800 <= cut(words, RATE_HZ) <= 7200
