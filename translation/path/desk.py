"""The mixing desk of one channel: every input runs all the time, one is on air.

A change cross-fades with equal power. Inputs are brought to one loudness, slowly; after a change
what comes is never more than `LOUDER_DB` above what was heard before; nothing clips. Pure: samples
in, as many samples out (`LATE_S` later, for the limiter looks ahead).
"""

from collections import deque
from collections.abc import Callable
from math import log10

import numpy as np
from numpy.typing import NDArray

from translation.audio import SILENCE_DB
from translation.values import Samples

Pull = Callable[[int], Samples]
Wave = NDArray[np.float32]

FULL = 32768.0
BLOCK_S = 0.02
FADE_S = 0.04
LATE_S = 0.002

TARGET_DB = -20.0
"""Loudness of speech on air, in dBFS (root mean square of what is not a pause)."""

GAIN_MOST_DB = 15.0
GATE_DB = -45.0
"""Quieter is a pause, and says nothing about how loud somebody speaks."""

LOUDER_DB = 3.0
GUARD_S = 3.0
MOMENT_S = 0.4
"""After a change, for `GUARD_S`, the mean of every `MOMENT_S` keeps to the bound."""

_KEPT_BACK_DB = 1.0
"""What was heard before is an estimate, and a moment may begin within a block."""

_SYLLABLE_DB = 3.0
"""A single block may be louder by so much than a moment: syllables are."""

CEILING = 0.89 * FULL

SLATE = "slate"


_GATE, _TARGET = (FULL**2 * 10 ** (db / 10) for db in (GATE_DB, TARGET_DB))
_MOST, _LEAST = 10 ** (GAIN_MOST_DB / 20), 10 ** (-GAIN_MOST_DB / 20)
_UP, _DOWN = 10 ** (0.05 / 20), 10 ** (-0.4 / 20)
"""Of an input's gain a block: 2.5 dB a second up, 20 down."""

_STEPS = np.arange(1, 4097, dtype=np.float32)
_RECOVER = 10 ** (0.2 / 20)
_PAUSE = FULL**2 * 10 ** (-50 / 10)
_LOUDER = 10 ** ((LOUDER_DB - _KEPT_BACK_DB) / 10)
_SYLLABLE = _LOUDER * 10 ** (_SYLLABLE_DB / 10)
_RISES, _FALLS = 0.3, 0.05
"""How quickly a block changes what counts as the moment's loudness: 0.06 s up, 0.4 s down."""


class Loudness:
    """Blocks of sound -> the mean power of what is not a pause, over the last `memory_s`.

    A `wary` one is quick to find a voice louder than it thought, and slow to forget it.
    """

    def __init__(self, *, wary: bool, memory_s: float = 3.0) -> None:
        self._most = memory_s / BLOCK_S
        self._wary = wary
        self._count = 0.0
        self.power: float | None = None

    def hear(self, power: float) -> None:
        if power < _GATE:
            return
        if self.power is None:
            self.power, self._count = power, 1.0
        elif power < 0.01 * self.power:
            self.power *= 0.999  # a pause, or she has gone far from her microphone
        else:
            self._count = min(self._count + 1, self._most)
            share = 1 / self._count
            if self._wary and power > 4 * self.power:
                share = max(share, 0.1)
            self.power += share * (power - self.power)


class _Strip:
    """One input and its slow gain, which is found while it is off the air too."""

    def __init__(self, pull: Pull, *, levelled: bool) -> None:
        self._pull = pull
        self._levelled = levelled
        self._loudness = Loudness(wary=True)
        self._gains = (1.0, 1.0)
        self._wave: Wave = np.zeros(0, np.float32)

    def read(self, count: int) -> None:
        self._wave = self._pull(count).astype(np.float32)
        if self._levelled:
            return
        self._loudness.hear(_power(self._wave))
        power, before = self._loudness.power, self._gains[1]
        wanted = min(_MOST, max(_LEAST, (_TARGET / power) ** 0.5)) if power else before
        self._gains = before, min(before * _UP, max(before * _DOWN, wanted))

    def levelled(self) -> Wave:
        return _with_gain(self._wave, *self._gains)


class Desk:
    """`plug` inputs under names, `switch` to one, `pull` what goes on air.

    Inputs are asked for as much as is pulled, on the air or off it. A switch during a fade comes
    after it: more than two are never heard together. Starts with the slate.
    """

    def __init__(self, rate_hz: int) -> None:
        self._block = int(BLOCK_S * rate_hz)
        turn = np.linspace(0, np.pi / 2, int(FADE_S * rate_hz), endpoint=False, dtype=np.float32)
        self._fade_in, self._fade_out = np.sin(turn), np.cos(turn)
        self._strips: dict[str, _Strip] = {}
        self._on_air = self._before = self._next = SLATE
        self._faded = len(turn)
        self._heard = Loudness(wary=False)
        self._guard = 0
        self._limit = 0.0
        self._near = 0.0
        self._gain = 1.0
        self._held: Wave = np.zeros(int(LATE_S * rate_hz), np.float32)
        self._powers: deque[float] = deque([0.0] * 5, maxlen=5)

    @property
    def on_air(self) -> str:
        return self._next

    @property
    def level_db(self) -> float:
        """What went out in the last tenth of a second, in dBFS."""
        power = sum(self._powers) / len(self._powers) / FULL**2
        return max(SILENCE_DB, 10 * log10(power)) if power > 0 else SILENCE_DB

    def plug(self, name: str, pull: Pull, *, levelled: bool = False) -> None:
        """`levelled`: it comes at one loudness already."""
        self._strips[name] = _Strip(pull, levelled=levelled)

    def unplug(self, name: str) -> None:
        """What is on air under this name is silence from now on."""
        self._strips.pop(name, None)

    @property
    def plugged(self) -> frozenset[str]:
        return frozenset(self._strips)

    def switch(self, name: str) -> None:
        """`name`: an input's, or `SLATE` (as is every name that nothing is plugged under)."""
        self._next = name

    def pull(self, count: int) -> Samples:
        sizes = [self._block] * (count // self._block)
        if rest := count % self._block:
            sizes.append(rest)
        pieces = [self._pull_block(size) for size in sizes]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

    def _pull_block(self, count: int) -> Samples:
        for strip in self._strips.values():
            strip.read(count)
        if self._next != self._on_air and self._faded == len(self._fade_in):
            self._change()
        mixed = self._mix(count)
        power = _power(mixed)
        out = self._limited(mixed, self._gain, self._bounded(power, mixed))
        self._powers.append(power * self._gain**2)
        self._heard.hear(power * self._gain**2)
        return out

    def _change(self) -> None:
        self._before, self._on_air, self._faded = self._on_air, self._next, 0
        heard = self._heard.power
        self._limit = _TARGET if heard is None else heard
        self._guard = round(GUARD_S / BLOCK_S)
        self._near = 0.0

    def _mix(self, count: int) -> Wave:
        sound = self._sound(self._on_air, count)
        left = min(count, len(self._fade_in) - self._faded)
        if left:
            now = slice(self._faded, self._faded + left)
            sound[:left] *= self._fade_in[now]
            sound[:left] += self._sound(self._before, count)[:left] * self._fade_out[now]
            self._faded += left
        return sound

    def _sound(self, name: str, count: int) -> Wave:
        strip = self._strips.get(name)
        return strip.levelled() if strip else np.zeros(count, np.float32)

    def _bounded(self, power: float, mixed: Wave) -> float:
        """The gain of this block: nothing clips, and nothing shouts after a change."""
        most = min(1.0, self._gain * _RECOVER)
        peak = max(float(mixed.max()), -float(mixed.min()))
        if peak > CEILING:
            most = min(most, CEILING / peak)
        self._near += (_RISES if power > self._near else _FALLS) * (power - self._near)
        if self._guard:
            self._guard -= 1
            self._near = max(self._near, power / 2)
            if self._near > 0:
                loud = max(self._near / _LOUDER, power / _SYLLABLE)
                most = min(most, (self._limit / loud) ** 0.5)
        return most

    def _limited(self, mixed: Wave, before: float, gain: float) -> Samples:
        """The sound, late by what is held: so much time a falling gain has to be there."""
        falling = gain < before
        held = _with_gain(self._held, before, gain if falling else before)
        sound = np.concatenate([held, _with_gain(mixed, gain if falling else before, gain)])
        self._held = mixed[len(mixed) - len(held) :]
        self._gain = gain
        out: Samples = np.rint(sound[: len(mixed)]).astype(np.int16)
        return out


def _with_gain(wave: Wave, first: float, last: float) -> Wave:
    if first == last:
        return wave * np.float32(first)
    slope = (last - first) / max(1, len(wave))
    gains: Wave = _STEPS[: len(wave)] * np.float32(slope)
    gains += np.float32(first)
    gains *= wave
    return gains


def _power(wave: Wave) -> float:
    return float(np.dot(wave, wave)) / max(1, len(wave))


class Announced:
    """An input that says something of its own first: the input waits meanwhile."""

    def __init__(self, pull: Pull) -> None:
        self._pull = pull
        self._clip: Samples = np.zeros(0, np.int16)

    @property
    def announcing(self) -> bool:
        return len(self._clip) > 0

    def announce(self, clip: Samples) -> None:
        self._clip = clip

    def pull(self, count: int) -> Samples:
        if not len(self._clip):
            return self._pull(count)
        said, self._clip = self._clip[:count], self._clip[count:]
        return np.concatenate([said, self._pull(count - len(said))]) if len(said) < count else said


def cut(waiting: Samples, rate_hz: int, *, most_s: float = 0.4, pause_s: float = 0.03) -> int:
    """How many of the waiting samples to play before leaving the machine: up to the middle of its
    first pause or, where it makes none so soon, of its quietest place."""
    length, hop = int(pause_s * rate_hz), max(1, int(0.005 * rate_hz))
    look = waiting[: int(most_s * rate_hz)].astype(np.float64)
    if len(look) <= length:
        return 0 if not len(look) else len(waiting[: int(most_s * rate_hz)])
    sums = np.concatenate([[0.0], np.cumsum(np.square(look))])
    starts = np.arange(0, len(look) - length, hop)
    powers = (sums[starts + length] - sums[starts]) / length
    quiet = max(2 * float(powers.min()), _PAUSE)
    return int(starts[int(np.argmax(powers <= quiet))]) + length // 2
