"""Makes a quiet microphone louder before it is recognised."""

import numpy as np

from translation.audio import level_db
from translation.values import Samples

SPEECH_DB = -20.0
"""Where the loudest stretches of speech are brought to (dBFS, of 32 ms)."""

MOST_DB = 40.0
FORGETS_DB = 0.05
"""How much the remembered loudness falls with each piece: 1.5 dB a second."""


class AutomaticGain:
    """Speech in pieces -> the same, never quieter. It follows the loudest pieces: up at once, so
    that nothing is cut off, down slowly, so that pauses stay pauses.

    speech whose loudest pieces lie at -45 dBFS  ->  25 dB louder
    """

    def __init__(self) -> None:
        self._loudest_db = SPEECH_DB - MOST_DB

    @property
    def gain_db(self) -> float:
        return min(MOST_DB, max(0.0, SPEECH_DB - self._loudest_db))

    def hear(self, samples: Samples) -> None:
        """Speech from whose loudness the gain follows."""
        self._loudest_db = max(level_db(samples), self._loudest_db - FORGETS_DB)

    def louder(self, samples: Samples) -> Samples:
        if not self.gain_db:
            return samples
        scaled = samples.astype(np.float32) * 10 ** (self.gain_db / 20)
        louder: Samples = np.clip(scaled, -32768, 32767).astype(np.int16)
        return louder
