"""How late a known sound is heard: by correlation."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.microphone import RATE_HZ
from translation.audio import read_sound, resample
from translation.values import Samples

MOST_S = 1.0
ALIKE = 0.5
"""Correlation from which on it is the same sound."""
SILENCE = 1e-3
"""Of a sound's energy: less than that is none of it."""


def without_pauses(path: Path) -> Samples:
    """A reading at 48 kHz, its pauses and quietest sounds cut out: whatever is silent later is not
    its doing."""
    sound = resample(read_sound(path, 24_000), RATE_HZ).samples
    length = RATE_HZ // 100
    frames = sound[: len(sound) // length * length].reshape(-1, length).astype(np.float64)
    power = np.sqrt(np.mean(frames**2, axis=1))
    reading: Samples = frames[power > 0.12 * power.max()].ravel().astype(np.int16)
    return reading


def delay_s(heard: NDArray[np.float64], rate_hz: int, sound: Samples, first: int) -> float | None:
    """`heard` (at `rate_hz`, a divisor of the microphone's rate) began when sample `first` of
    `sound`, which is spoken over and over, was handed to the track. None where it is not
    recognised, or later than `MOST_S`."""
    step, most = RATE_HZ // rate_hz, int(MOST_S * rate_hz)
    begin = first - most * step
    known = np.take(sound, range(begin, begin + 2 * most * step, step), mode="wrap")
    place, alike = likest(heard, known.astype(np.float64))
    return MOST_S - place / rate_hz if alike > ALIKE else None


def likest(sought: NDArray[np.float64], within: NDArray[np.float64]) -> tuple[int, float]:
    """Where a sound is most alike to a longer one, and how much: their correlation, 1 at most.
    Silence is like nothing, be it as little of anything as of the sound."""
    size = 1 << (len(within) + len(sought)).bit_length()
    spectrum = np.fft.rfft(within, size) * np.conj(np.fft.rfft(sought, size))
    alike = np.fft.irfft(spectrum, size)[: len(within) - len(sought) + 1]
    own = np.sum(sought**2)
    energy = np.convolve(within**2, np.ones(len(sought)), "valid")
    alike /= np.sqrt(np.maximum(energy, SILENCE * own) * own) + 1e-9
    best = int(np.argmax(alike))
    return best, float(alike[best])
