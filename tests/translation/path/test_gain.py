import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.audio import level_db
from translation.path.gain import MOST_DB, SPEECH_DB, AutomaticGain
from translation.values import Samples


def speech(db: float) -> Samples:
    tone = np.sin(np.arange(512) / 5) * 32768 * 10 ** (db / 20) * np.sqrt(2)
    samples: Samples = np.clip(tone, -32768, 32767).astype(np.int16)
    return samples


@pytest.mark.parametrize("db", [-50.0, -40.0, -25.0])
def test_quiet_speech_is_brought_to_one_loudness(db: float) -> None:
    gain = AutomaticGain()
    gain.hear(speech(db))

    assert level_db(gain.louder(speech(db))) == pytest.approx(SPEECH_DB, abs=1.0)


def test_loud_speech_stays_as_it_is() -> None:
    gain = AutomaticGain()
    gain.hear(speech(-12.0))

    assert gain.louder(speech(-12.0)) is not None
    assert gain.gain_db == 0.0


def test_a_pause_is_not_made_loud() -> None:
    gain = AutomaticGain()
    gain.hear(speech(-20.0))
    for _ in range(31):
        gain.hear(speech(-60.0))

    assert gain.gain_db < 2.0


@given(st.lists(st.floats(-80, 0), min_size=1, max_size=100))
def test_the_gain_is_never_below_nothing_nor_above_its_bound(levels: list[float]) -> None:
    gain = AutomaticGain()
    for db in levels:
        gain.hear(speech(db))

        assert 0.0 <= gain.gain_db <= MOST_DB
