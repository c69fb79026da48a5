"""Speech in pieces -> the same with its pauses shortened. Pure.

"tenemos ........ una casa"  ->  "tenemos .. una casa"
"""

import numpy as np

from translation.values import Samples

FRAME_S = 0.01
KEPT_S = 0.12
"""Of a pause: enough to hear where a phrase ends."""

QUIET = 180
"""A frame whose samples all stay below this (-45 dBFS) is part of a pause."""


class PauseTrimmer:
    """Up to a frame is held back until more comes, or the end."""

    def __init__(self, rate_hz: int) -> None:
        self._frame = max(1, round(FRAME_S * rate_hz))
        self._kept = round(KEPT_S / FRAME_S)
        self._rest: Samples = np.zeros(0, np.int16)
        self._quiet = 0
        """Frames of the pause so far."""

    def push(self, samples: Samples, *, last: bool = False) -> Samples:
        waiting = np.concatenate([self._rest, samples])
        count = len(waiting) // self._frame
        self._rest = waiting[count * self._frame :]
        frames = waiting[: count * self._frame].reshape(count, self._frame)
        kept = np.ones(count, bool)
        for number, peak in enumerate(np.abs(frames.astype(np.int32)).max(axis=1, initial=0)):
            self._quiet = self._quiet + 1 if peak < QUIET else 0
            kept[number] = self._quiet <= self._kept
        out: Samples = frames[kept].reshape(-1)
        if last:
            out, self._rest = np.concatenate([out, self._rest]), self._rest[:0]
        return out
