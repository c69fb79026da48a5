import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.translation.engines.recordings import spoken_english
from translation.engines.silero import WINDOW, Silero


def windows(samples: NDArray[np.int16]) -> list[NDArray[np.float32]]:
    sound: NDArray[np.float32] = samples.astype(np.float32) / np.float32(32768)
    return [sound[i : i + WINDOW] for i in range(0, len(sound) - WINDOW + 1, WINDOW)]


def test_silence_and_hiss_are_no_speech() -> None:
    hiss = (np.random.default_rng(1).normal(size=16_000) * 100).astype(np.int16)
    silero = Silero()

    assert max(map(silero.probability, windows(np.zeros(16_000, np.int16)))) < 0.2
    assert max(map(silero.probability, windows(hiss))) < 0.3


@pytest.mark.programs
def test_a_human_voice_is_speech() -> None:
    silero = Silero()

    probabilities = [silero.probability(window) for window in windows(spoken_english())]

    assert np.mean(np.array(probabilities) > 0.5) > 0.6


@pytest.mark.programs
def test_after_a_reset_it_judges_as_if_new() -> None:
    silero, sound = Silero(), windows(spoken_english())[:40]
    first = [silero.probability(window) for window in sound]

    silero.reset()

    assert [silero.probability(window) for window in sound] == first


def test_it_says_what_it_is() -> None:
    assert (Silero().abilities.name, Silero().abilities.version) == ("Silero", "v6")


def test_a_window_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        Silero().probability(np.zeros(100, np.float32))


def test_loading_brings_neither_torch_nor_whisper() -> None:
    code = (
        "import sys; from translation.engines.silero import Silero; Silero();"
        "print([n for n in ('torch', 'faster_whisper', 'ctranslate2', 'av') if n in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
