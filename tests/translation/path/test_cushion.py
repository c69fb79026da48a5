import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from translation.path.cushion import Cushion
from translation.values import Samples

RATE_HZ = 48_000
PIECE = 960


def sine(start: int, count: int) -> Samples:
    wave = 8000 * np.sin(2 * np.pi * 200 * np.arange(start, start + count) / RATE_HZ)
    return wave.astype(np.int16)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=80))
def test_it_gives_what_is_asked_for_and_never_grows_late(bursts: list[tuple[int, int]]) -> None:
    cushion, pushed, held = Cushion(RATE_HZ), 0, 0
    for pushes, pulls in bursts:
        for _ in range(pushes):
            cushion.push(sine(pushed, PIECE))
            pushed += PIECE
        for _ in range(pulls):
            assert len(cushion.pull(PIECE)) == PIECE
        held = len(cushion._waiting)
        assert held <= 0.16 * RATE_HZ


def test_even_sound_goes_through_unchanged() -> None:
    cushion, heard = Cushion(RATE_HZ), []
    for number in range(200):
        cushion.push(sine(number * PIECE, PIECE))
        heard.append(cushion.pull(PIECE))

    assert (np.concatenate(heard)[PIECE:] == sine(0, 199 * PIECE)).all()


def test_a_burst_is_caught_up_within_two_seconds_without_a_click() -> None:
    cushion, pushed, heard = Cushion(RATE_HZ), 0, []
    for tick in range(150):
        for _ in range(6 if tick == 10 else 1):
            cushion.push(sine(pushed, PIECE))
            pushed += PIECE
        heard.append(cushion.pull(PIECE))

    sound = np.concatenate(heard).astype(int)
    assert np.abs(np.diff(sound[3 * PIECE :])).max() < 8000 * 0.05
    late = pushed - 150 * PIECE
    assert late == 5 * PIECE  # so much was to be caught up
    assert len(cushion._waiting) <= 0.04 * RATE_HZ


def test_what_dried_up_begins_again_with_its_cushion() -> None:
    cushion = Cushion(RATE_HZ)
    for number in range(3):
        cushion.push(sine(number * PIECE, PIECE))
    for _ in range(5):
        cushion.pull(PIECE)

    cushion.push(sine(1, PIECE))
    assert not cushion.pull(PIECE).any()
    cushion.push(sine(1 + PIECE, PIECE))
    assert cushion.pull(PIECE).any()
