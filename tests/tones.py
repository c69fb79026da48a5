"""A speech engine for tests, not a voice: every text becomes a tone of its own pitch, so that a
recording at a listener tells which texts were heard, in which order and how often."""

import os
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from translation.ports import PLAIN, Abilities, Manner
from translation.values import Samples, Sound

RATE_HZ = 24_000
LONG_S = 1.2
PITCHES_HZ = np.arange(400, 3400, 120)
"""So far apart that a receiver which stretches sound to fill a gap does not make one of another."""

TOLERANCE_HZ = 50
FRAME_S = 0.04


def pitch_hz(text: str) -> int:
    return int(PITCHES_HZ[zlib.crc32(text.encode()) % len(PITCHES_HZ)])


class Tones:
    """A `Synthesiser`. Speed changes nothing: the length of a tone is what tests measure."""

    abilities = Abilities(
        "tones", "1", "Apache-2.0", frozenset({"en", "es", "fr", "it", "ca", "pt"})
    )

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        times = np.arange(int(LONG_S * RATE_HZ)) / RATE_HZ
        fade = np.clip(np.minimum(times, LONG_S - times) / 0.02, 0, 1)
        tone = np.sin(2 * np.pi * pitch_hz(text) * times) * fade * 12_000
        yield Sound(tone.astype(np.int16), RATE_HZ)


class FragileTones(Tones):
    """An engine of an install's own that can be broken while it runs: it raises what it likes in
    the languages that stand in the file which `BROKEN_LANGUAGES` names."""

    def __init__(self) -> None:
        self._file = Path(os.environ["BROKEN_LANGUAGES"])

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        if self._file.exists() and language in self._file.read_text().split():
            raise ValueError(text)
        async for sound in super().speak(text, language=language, speed=speed):
            yield sound


@dataclass(frozen=True)
class Heard:
    pitch_hz: int
    start_s: float
    length_s: float


def tones_in(samples: Samples, rate_hz: int) -> list[Heard]:
    """The tones of a recording, one after another; a tone that pauses is heard twice."""
    length = int(FRAME_S * rate_hz)
    heard: list[Heard] = []
    last = 0
    for number in range(len(samples) // length):
        frame = samples[number * length : (number + 1) * length].astype(np.float64)
        pitch = _pitch_of(frame, rate_hz)
        if pitch and pitch == last:
            tone = heard[-1]
            heard[-1] = Heard(pitch, tone.start_s, tone.length_s + FRAME_S)
        elif pitch:
            heard.append(Heard(pitch, number * FRAME_S, FRAME_S))
        last = pitch
    return [tone for tone in heard if tone.length_s >= 2 * FRAME_S]


def _pitch_of(frame: np.ndarray, rate_hz: int) -> int:
    if np.sqrt(np.mean(frame**2)) < 800:
        return 0
    padded = np.abs(np.fft.rfft(frame * np.hanning(len(frame)), 16_384))
    peak = float(np.argmax(padded)) * rate_hz / 16_384
    nearest = int(PITCHES_HZ[np.argmin(np.abs(PITCHES_HZ - peak))])
    return nearest if abs(nearest - peak) < TOLERANCE_HZ else 0


class Hum:
    """A `Synthesiser` for measurements of changes: a hum with a few harmonics, as long as speech
    would be and without a pause."""

    abilities = Tones.abilities

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        length = int(len(text) / 15 / speed * RATE_HZ)
        yield Sound(np.resize(_second_of_hum(), length), RATE_HZ)


@cache
def _second_of_hum() -> Samples:
    """It goes on with itself without a seam. Made once: whoever listens to it is measured."""
    times = np.arange(RATE_HZ) / RATE_HZ
    hum: Samples = np.sum([np.sin(2 * np.pi * 140 * n * times) / n for n in range(1, 8)], axis=0)
    return (hum * 3_000).astype(np.int16)
