"""A sound file as a floor, and a sound file as a channel's listener: for rehearsals and tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from translation.audio import read_sound, resample, write_wav
from translation.values import Samples, Sound

RATE_HZ = 16_000
FRAME = RATE_HZ // 50
"""Samples of a frame: 20 ms."""


@dataclass(frozen=True, slots=True)
class Frame:
    """20 ms of the floor; `start_s` is where they lie on it."""

    samples: Samples
    start_s: float


class SoundFileSource:
    """A file's sound as the frames of a floor. Raises `BadSound`."""

    def __init__(self, path: Path) -> None:
        self.sound = read_sound(path, RATE_HZ)

    def __len__(self) -> int:
        """How many frames."""
        return -(-len(self.sound.samples) // FRAME)

    def __iter__(self) -> Iterator[Frame]:
        """As fast as they are taken; pacing is the reader's. The last one is filled up."""
        for number in range(len(self)):
            samples = self.sound.samples[number * FRAME : (number + 1) * FRAME]
            samples = np.pad(samples, (0, FRAME - len(samples)))
            yield Frame(samples, number * FRAME / RATE_HZ)


class SoundFileSink:
    """Collects sound at given times and writes it as one file aligned to them.

    Where pieces overlap they are mixed.
    """

    def __init__(self, path: Path, rate_hz: int = 24_000) -> None:
        self._path = path
        self._rate_hz = rate_hz
        self._pieces: list[tuple[int, Samples]] = []

    def put(self, sound: Sound, at_s: float) -> None:
        if at_s < 0:
            raise ValueError(f"sound cannot begin before the file does, at {at_s} s")
        self._pieces.append((round(at_s * self._rate_hz), resample(sound, self._rate_hz).samples))

    def write(self, duration_s: float = 0.0) -> None:
        """Writes the file, `duration_s` long at least."""
        ends = [start + len(samples) for start, samples in self._pieces]
        mix = np.zeros(max([*ends, round(duration_s * self._rate_hz)]), np.int32)
        for start, samples in self._pieces:
            mix[start : start + len(samples)] += samples
        whole = np.clip(mix, -32768, 32767).astype(np.int16)
        write_wav(self._path, Sound(whole, self._rate_hz))
