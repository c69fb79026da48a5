"""One line of speech on its way from the engine to the track: at the track's rate, without its
pauses where it has to be quick, and as loud as every other line. Pure but slow: on a worker thread.
"""

from dataclasses import dataclass, field

import numpy as np

from translation.audio import Resampler
from translation.path.loudness import Level, VoiceLoudness
from translation.path.pauses import PauseTrimmer
from translation.values import Samples, Sound

_NOTHING: Samples = np.zeros(0, np.int16)


@dataclass
class Loudnesses:
    """What is known of each voice, by its engine's and its own name."""

    known: dict[str, VoiceLoudness] = field(default_factory=dict)

    def of(self, voice: str, known_lufs: float | None) -> VoiceLoudness:
        return self.known.setdefault(voice, VoiceLoudness(known_lufs))


class Voicing:
    """`voice`: engine and voice where a sound does not name them, so that its loudness is
    remembered. A line may change its engine on the way: the new one's loudness is another."""

    def __init__(
        self,
        rate_hz: int,
        loudnesses: Loudnesses,
        voice: str,
        *,
        known_lufs: float | None = None,
        without_pauses: bool = False,
    ) -> None:
        self._rate_hz = rate_hz
        self._loudnesses = loudnesses
        self._voice = voice
        self._known_lufs = known_lufs
        self._resampler: Resampler | None = None
        self._trimmer = PauseTrimmer(rate_hz) if without_pauses else None
        self._engine: str | None = None
        self._level: Level | None = None

    @property
    def level(self) -> Level:
        """Of the samples that came last: applied as they are played."""
        assert self._level is not None  # noqa: S101 - something has come
        return self._level

    def push(self, sound: Sound) -> Samples:
        if self._resampler is None:
            self._resampler = Resampler(sound.rate_hz, self._rate_hz)
        engine = sound.engine or self._voice
        if self._level is None or engine != self._engine:
            self._engine = engine
            loudness = self._loudnesses.of(engine, self._known_lufs)
            self._level = Level(loudness, self._rate_hz)
        return self._heard(self._resampler.push(sound.samples), last=False)

    def finish(self) -> Samples:
        """What was held back; the line is known as a whole now."""
        if self._resampler is None or self._level is None:
            return _NOTHING
        rest = self._heard(self._resampler.push(_NOTHING, last=True), last=True)
        self._level.complete()
        return rest

    def _heard(self, samples: Samples, *, last: bool) -> Samples:
        if self._trimmer is not None:
            samples = self._trimmer.push(samples, last=last)
        self.level.hear(samples)
        return samples
