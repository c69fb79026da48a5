"""Music for tests of what must not be taken for speech: chords, a melody and a drum."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from translation.values import Samples

RATE_HZ = 16_000
CHORDS_HZ = ((220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247))
MELODY_HZ = (440, 494, 523, 587, 659, 587, 523, 494)

Instrument = Literal["piano", "organ", "strings"]


def music(seconds: int, instrument: Instrument) -> Samples:
    """At 16 kHz, about as loud as speech; a chord and two notes a second, four drum beats."""
    bars = []
    for second in range(seconds):
        chord = [_note(pitch, 1.0, instrument) for pitch in CHORDS_HZ[second % 4]]
        melody = [_note(MELODY_HZ[(2 * second + n) % 8], 0.5, instrument) for n in range(2)]
        bars.append(np.sum(chord, axis=0) + 1.5 * np.concatenate(melody) + _drum())
    sound = np.concatenate(bars)
    loud: Samples = (sound / np.abs(sound).max() * 12_000).astype(np.int16)
    return loud


def _note(pitch_hz: float, seconds: float, instrument: Instrument) -> NDArray[np.float64]:
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    vibrato = 1 + 0.006 * np.sin(2 * np.pi * 5.5 * times) * (instrument == "strings")
    phase = 2 * np.pi * np.cumsum(pitch_hz * vibrato) / RATE_HZ
    tone = np.sum([np.sin(n * phase) / n for n in range(1, 11)], axis=0)
    if instrument == "piano":
        return np.asarray(tone * np.exp(-3 * times))
    return np.asarray(tone * np.clip(np.minimum(times, seconds - times) / 0.05, 0, 1))


def _drum() -> NDArray[np.float64]:
    beat = np.random.default_rng(1).normal(size=RATE_HZ // 4)
    return np.tile(3 * beat * np.exp(-np.arange(len(beat)) / 600), 4)
