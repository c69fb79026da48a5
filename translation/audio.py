"""Sound: changing its rate, measuring it, reading and writing files."""

import wave
from math import log10
from pathlib import Path

import numpy as np
import soxr

from translation.errors import BadSound
from translation.values import Samples, Sound

FULL_SCALE = 32768.0
SILENCE_DB = -96.0
"""The level of no sound at all: the step of a 16-bit sample."""

INAUDIBLE_DB = -65.0
"""A file whose loudest tenth of a second is below this holds no speech."""


class Resampler:
    """Mono sound at one rate in, at another out; state is kept, so chunks join without a click.

    A few milliseconds are held back until more comes, or the end.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._stream = (
            None
            if from_hz == to_hz
            else soxr.ResampleStream(from_hz, to_hz, 1, dtype="int16", quality="MQ")
        )

    def push(self, samples: Samples, *, last: bool = False) -> Samples:
        """More sound; `last` also lets go what was held back."""
        if self._stream is None:
            return samples
        resampled: Samples = self._stream.resample_chunk(samples, last=last)
        return resampled


def resample(sound: Sound, rate_hz: int) -> Sound:
    """A whole sound at another rate."""
    return Sound(Resampler(sound.rate_hz, rate_hz).push(sound.samples, last=True), rate_hz)


def level_db(samples: Samples) -> float:
    """Loudness (root mean square) in dBFS: 0 is a full-scale square wave, -96 silence."""
    if not len(samples):
        return SILENCE_DB
    mean_square = float(np.mean(np.square(samples.astype(np.float64) / FULL_SCALE)))
    return max(SILENCE_DB, 10 * log10(mean_square)) if mean_square > 0 else SILENCE_DB


def read_sound(path: Path, rate_hz: int = 16_000) -> Sound:
    """Any sound file (or a film's sound) as mono. Raises `BadSound`, naming file and remedy."""
    import av  # a third of a second and 60 MB of codecs: only who reads files pays for it

    if not path.is_file():
        raise BadSound(f"{path} is not there; give the path of a sound file")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
    pieces: list[Samples] = []
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise BadSound(f"{path} holds no sound track; give a file that does")
            for frame in container.decode(audio=0):
                pieces += [part.to_ndarray()[0] for part in resampler.resample(frame)]
            pieces += [part.to_ndarray()[0] for part in resampler.resample(None)]
    except (av.FFmpegError, OSError) as error:
        raise BadSound(
            f"{path} cannot be read as sound ({error}); convert it to WAV, FLAC, MP3 or OGG"
        ) from error
    samples = np.concatenate(pieces) if pieces else np.empty(0, np.int16)
    if not len(samples):
        raise BadSound(f"{path} is empty: it holds no sound at all")
    tenths = np.array_split(samples, max(1, len(samples) * 10 // rate_hz))
    if max(level_db(tenth) for tenth in tenths) < INAUDIBLE_DB:
        raise BadSound(f"{path} is silent; check the recording's level and channel")
    return Sound(samples, rate_hz)


def write_wav(path: Path, sound: Sound) -> None:
    """Mono, 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate_hz)
        file.writeframes(sound.samples.astype("<i2").tobytes())
