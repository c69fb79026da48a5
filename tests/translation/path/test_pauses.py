import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from translation.path.pauses import KEPT_S, QUIET, PauseTrimmer
from translation.values import Samples

RATE_HZ = 1000


def spoken(seconds: float) -> Samples:
    return np.full(int(seconds * RATE_HZ), 5000, np.int16)


def pause(seconds: float) -> Samples:
    return np.full(int(seconds * RATE_HZ), QUIET - 1, np.int16)


def trimmed(*parts: Samples) -> Samples:
    return PauseTrimmer(RATE_HZ).push(np.concatenate(parts), last=True)


def test_a_long_pause_is_shortened_and_a_short_one_stays() -> None:
    long, short = trimmed(spoken(0.5), pause(0.6), spoken(0.5)), trimmed(spoken(0.5), pause(0.1))

    assert len(long) == (1.0 + KEPT_S) * RATE_HZ
    assert len(short) == 0.6 * RATE_HZ


SOUNDS = st.lists(
    st.builds(
        lambda loud, count: np.full(count, 5000 if loud else 3, np.int16),
        st.booleans(),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=8,
)


@given(SOUNDS, st.lists(st.integers(1, 700), max_size=8))
def test_speech_is_kept_whole_however_it_is_cut(parts: list[Samples], cuts: list[int]) -> None:
    sound = np.concatenate(parts)
    trimmer, out, start = PauseTrimmer(RATE_HZ), [], 0
    for cut in cuts:
        out.append(trimmer.push(sound[start : start + cut]))
        start += cut
    out.append(trimmer.push(sound[start:], last=True))
    kept = np.concatenate(out)

    assert np.count_nonzero(kept == 5000) == np.count_nonzero(sound == 5000)
    assert kept.tolist() == trimmed(sound).tolist()
