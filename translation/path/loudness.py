"""Loudness as ITU-R BS.1770-4 and EBU R 128 measure it, and lines of speech brought to one of it.

    Meter:  sound in pieces  ->  integrated loudness in LUFS
    Level:  a line in pieces ->  the same at TARGET_LUFS, from its first sample on

A line begins with the gain its voice needed so far; as more of it is there to be measured, which is
long before it is played, the gain follows. Where all of a line is there, the gain is exact.
"""

from functools import lru_cache
from math import log10, pi, sqrt, tan

import numpy as np
from numpy.typing import NDArray

from translation.values import Samples

Wave = NDArray[np.float64]

FULL = 32768.0
TARGET_LUFS = -20.0
"""Of every line, whatever the engine: about what the desk brings interpreters to."""

BLOCK_S, HOPS = 0.4, 4
"""A block is so long and overlaps with the next by three quarters."""

SILENT_LUFS = -70.0
PAUSE_LU = -10.0
"""Blocks quieter than this against the mean of the others are pauses."""

KERNEL_S = 0.06
"""The filter's response has sunk by 120 dB after that."""

_OFFSET = -0.691


class Meter:
    """Mono, 16 bits. Blocking, about a thousandth of the sound's length."""

    def __init__(self, rate_hz: int) -> None:
        self._kernel = k_weighting(rate_hz)
        self._before: Wave = np.zeros(len(self._kernel) - 1)
        self._hop = round(rate_hz * BLOCK_S / HOPS)
        self._rest: Wave = np.zeros(0)
        self._hops: list[float] = []
        self.seconds = 0.0
        self._rate_hz = rate_hz

    def push(self, samples: Samples) -> None:
        if not len(samples):
            return
        self.seconds += len(samples) / self._rate_hz
        weighted = self._weighted(samples / FULL)
        waiting = np.concatenate([self._rest, np.square(weighted)])
        whole = len(waiting) // self._hop
        self._rest = waiting[whole * self._hop :]
        hops = waiting[: whole * self._hop].reshape(whole, self._hop)
        self._hops += hops.mean(axis=1).tolist()

    @property
    def lufs(self) -> float | None:
        """Integrated over all that was pushed; None for silence. Less than a block is measured as
        one."""
        hops = np.array(self._hops)
        if len(hops) < HOPS:
            count = len(hops) * self._hop + len(self._rest)
            power = float(hops.sum() * self._hop + self._rest.sum()) / max(1, count)
            blocks = np.array([power])
        else:
            blocks = np.convolve(hops, np.full(HOPS, 1 / HOPS), "valid")
        blocks = blocks[blocks > _power(SILENT_LUFS)]
        if not len(blocks):
            return None
        loud = blocks[blocks > blocks.mean() * 10 ** (PAUSE_LU / 10)]
        return _lufs(float(loud.mean()))

    def _weighted(self, wave: Wave) -> Wave:
        """Convolved with the filter, joined to what came before."""
        both = np.concatenate([self._before, wave])
        self._before = both[len(both) - len(self._before) :]
        size = 1 << (len(both) + len(self._kernel) - 2).bit_length()
        spectrum = np.fft.rfft(both, size) * _spectrum(self._rate_hz, size)
        filtered: Wave = np.fft.irfft(spectrum, size)[len(self._before) : len(both)]
        return filtered


_VOICE_LU = 1.5
"""Lines of one voice differ so much from each other (standard deviation)."""

_GUESS_LU = 6.0
"""Voices differ so much from `GUESS_LUFS`, before anything is known of them."""

_MOMENT_LU = 2.0
"""The first 0.4 s of a line differ so much from the whole of it; longer stretches less."""

GUESS_LUFS = -22.0
LEARNT_FROM_S = 0.5
SLEW_LU_S = 30.0
"""A gain that follows changes no quicker: a line that grew by 3 LU in a tenth of a second still
sounds like one voice."""

GAIN_MOST_LU = 24.0
KNEE, CEILING = 0.7 * FULL, 0.89 * FULL
"""Peaks above 3 dB below full scale are bent, so that none is more than 1 dB below it. Speech whose
peaks stand out (eSpeak's do by 20 LU) would stay quieter than the rest otherwise."""


class VoiceLoudness:
    """How loud one voice of one engine speaks, learnt line by line. `known_lufs`: what its engine
    says of it."""

    def __init__(self, known_lufs: float | None = None) -> None:
        self._lufs = GUESS_LUFS if known_lufs is None else known_lufs
        self._spread = _GUESS_LU if known_lufs is None else _VOICE_LU
        self._lines = 0

    def learn(self, lufs: float) -> None:
        """Of a whole line."""
        self._lines = min(self._lines + 1, 20)
        self._lufs += (lufs - self._lufs) / self._lines
        self._spread = _VOICE_LU

    def expected(self, measured: float | None, seconds: float) -> float:
        """Of a line of which so much is measured: what is known and what is heard, each weighed by
        how sure it is."""
        if measured is None:
            return self._lufs
        doubt = _MOMENT_LU * sqrt(BLOCK_S / max(seconds, 0.05))
        known, heard = 1 / self._spread**2, 1 / doubt**2
        return (self._lufs * known + measured * heard) / (known + heard)


class Level:
    """One line. `hear` may be called from a thread; `apply` follows it."""

    def __init__(self, voice: VoiceLoudness, rate_hz: int) -> None:
        self._voice = voice
        self._meter = Meter(rate_hz)
        self._rate_hz = rate_hz
        self._wanted = self._gain_for(voice.expected(None, 0.0))
        self._gain: float | None = None

    def hear(self, samples: Samples) -> None:
        """More of the line has come."""
        self._meter.push(samples)
        self._wanted = self._gain_for(self._voice.expected(self._meter.lufs, self._meter.seconds))

    def complete(self) -> None:
        """All of the line has come."""
        measured = self._meter.lufs
        if measured is not None:
            self._wanted = self._gain_for(measured)
            if self._meter.seconds >= LEARNT_FROM_S:
                self._voice.learn(measured)

    def apply(self, samples: Samples) -> Samples:
        """The next samples to be played."""
        if not len(samples):
            return samples
        before = self._wanted if self._gain is None else self._gain
        most = 10 ** (SLEW_LU_S / 20 * len(samples) / self._rate_hz)
        after = min(before * most, max(before / most, self._wanted))
        self._gain = after
        steady = before == after
        gains = np.float64(before) if steady else np.geomspace(before, after, len(samples))
        levelled: Samples = np.rint(_bent(samples * gains)).astype(np.int16)
        return levelled

    @staticmethod
    def _gain_for(lufs: float) -> float:
        gain_lu = min(GAIN_MOST_LU, max(-GAIN_MOST_LU, TARGET_LUFS - lufs))
        gain: float = 10 ** (gain_lu / 20)
        return gain


def _bent(wave: Wave) -> Wave:
    size = np.abs(wave)
    if size.max() <= KNEE:
        return wave
    room = CEILING - KNEE
    bent = KNEE + room * np.tanh((size - KNEE) / room)
    out: Wave = np.where(size > KNEE, np.sign(wave) * bent, wave)
    return out


def levelled(samples: Samples, rate_hz: int) -> Samples:
    """A whole sound at `TARGET_LUFS`."""
    level = Level(VoiceLoudness(), rate_hz)
    level.hear(samples)
    level.complete()
    return level.apply(samples)


# --- the weighting ---


@lru_cache(8)
def k_weighting(rate_hz: int) -> Wave:
    """The K filter's impulse response at a rate: a high shelf (the head) and a high pass, BS.1770
    annex 1, tables 1 and 2. The tables are for 48 kHz; the analogue filters behind them are from
    Brecht De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement" (2018)."""
    impulse = np.zeros(round(KERNEL_S * rate_hz))
    impulse[0] = 1.0
    return _filtered(_filtered(impulse, *_shelf(rate_hz)), *_high_pass(rate_hz))


@lru_cache(32)
def _spectrum(rate_hz: int, size: int) -> NDArray[np.complex128]:
    return np.fft.rfft(k_weighting(rate_hz), size)


def _shelf(rate_hz: int) -> tuple[list[float], list[float]]:
    hz, gain_db, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, high = tan(pi * hz / rate_hz), 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    norm = 1 + k / quality + k * k
    ahead = [
        high + band * k / quality + k * k,
        2 * (k * k - high),
        high - band * k / quality + k * k,
    ]
    return [value / norm for value in ahead], _back(k, quality, norm)


def _high_pass(rate_hz: int) -> tuple[list[float], list[float]]:
    hz, quality = 38.13547087602444, 0.5003270373238773
    k = tan(pi * hz / rate_hz)
    return [1.0, -2.0, 1.0], _back(k, quality, 1 + k / quality + k * k)


def _back(k: float, quality: float, norm: float) -> list[float]:
    return [2 * (k * k - 1) / norm, (1 - k / quality + k * k) / norm]


def _filtered(wave: Wave, ahead: list[float], back: list[float]) -> Wave:
    out = np.zeros_like(wave)
    for n in range(len(wave)):
        taken = sum(b * wave[n - i] for i, b in enumerate(ahead) if n >= i)
        out[n] = taken - sum(a * out[n - i] for i, a in enumerate(back, 1) if n >= i)
    return out


def _power(lufs: float) -> float:
    power: float = 10 ** ((lufs - _OFFSET) / 10)
    return power


def _lufs(power: float) -> float:
    return _OFFSET + 10 * log10(power)
