"""A jitter cushion: sound that comes unevenly -> sound that is drawn evenly, as late as it must be.

push 20 ms, push 20 ms   -> pull 20 ms gives sound
nothing for 60 ms        -> pulls give silence until `cushion_s` has gathered again
a burst of 100 ms        -> what was not needed for `look_s` is left out, spliced in 5 ms
"""

import numpy as np

from translation.values import Samples

SPLICE_S = 0.005


class Cushion:
    """Holds `cushion_s` when sound begins, `most_s` at most: then the oldest goes."""

    def __init__(
        self, rate_hz: int, *, cushion_s: float = 0.04, most_s: float = 0.16, look_s: float = 1.0
    ) -> None:
        self._cushion = int(cushion_s * rate_hz)
        self._most = int(most_s * rate_hz)
        self._look = int(look_s * rate_hz)
        self._splice = int(SPLICE_S * rate_hz)
        self._waiting: Samples = np.zeros(0, np.int16)
        self._flowing = False
        self._looked, self._least = 0, self._most

    def push(self, samples: Samples) -> None:
        self._waiting = np.concatenate([self._waiting, samples])
        if len(self._waiting) > self._most:
            self._leave_out(len(self._waiting) - self._cushion)

    def pull(self, count: int) -> Samples:
        """Exactly `count` samples; silence where there are none."""
        self._flowing = self._flowing or len(self._waiting) >= max(self._cushion, count)
        if not self._flowing:
            return np.zeros(count, np.int16)
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        if len(taken) < count:
            self._flowing = False
            return np.concatenate([taken, np.zeros(count - len(taken), np.int16)])
        self._watch(count)
        return taken

    def clear(self) -> None:
        self._waiting, self._flowing = self._waiting[:0], False

    def _watch(self, count: int) -> None:
        self._looked += count
        self._least = min(self._least, len(self._waiting))
        if self._looked >= self._look:
            unused = self._least - self._cushion // 2
            if unused > self._splice:
                self._leave_out(unused)
            self._looked, self._least = 0, self._most

    def _leave_out(self, count: int) -> None:
        """The oldest `count` samples go; what follows is faded into."""
        splice = min(self._splice, count, len(self._waiting) - count)
        old, self._waiting = self._waiting[:splice], self._waiting[count:].copy()
        share = np.linspace(0, 1, splice, dtype=np.float32)
        self._waiting[:splice] = old * (1 - share) + self._waiting[:splice] * share
