"""A sound file as a floor, and a sound file as a channel's listener: for rehearsals and tests."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path

import numpy as np

from translation.audio import read_sound, write_wav
from translation.flow import SessionClock
from translation.values import Samples, Sound

FLOOR_RATE_HZ = 16_000
CHANNEL_RATE_HZ = 24_000
PIECE_S = 0.02


class SoundFileFloor:
    """`FloorSource`: a recording that begins at session time 0, in the pace of the event loop's
    clock, then `silence_s` of silence. Raises `BadSound` for what is no sound or holds none."""

    rate_hz = FLOOR_RATE_HZ
    speakers = 1
    lost_s = 0.0

    def __init__(
        self, path: Path, clock: SessionClock | None = None, silence_s: float = 1.0
    ) -> None:
        sound = read_sound(path, FLOOR_RATE_HZ).samples
        self.duration_s = len(sound) / FLOOR_RATE_HZ
        self._sound = np.concatenate([sound, np.zeros(int(silence_s * FLOOR_RATE_HZ), np.int16)])
        self.clock = clock
        self.heard_s = 0.0

    async def pieces(self) -> AsyncGenerator[tuple[Samples, float], None]:
        clock = self.clock or SessionClock.starting_now()
        length = int(PIECE_S * FLOOR_RATE_HZ)
        for start in range(0, len(self._sound) - length + 1, length):
            at_s = start / FLOOR_RATE_HZ
            await asyncio.sleep(max(0.0, at_s + PIECE_S - clock.now()))
            self.heard_s = min(self.duration_s, at_s + PIECE_S)
            yield self._sound[start : start + length], at_s

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        return

    async def aclose(self) -> None:
        return


class SoundFileSink:
    """`ChannelSink`: keeps what the channel plays, from session time 0 on, for one wav file."""

    rate_hz = CHANNEL_RATE_HZ

    def __init__(self, clock: SessionClock, identity: str = "") -> None:
        self.identity = identity
        self._clock = clock
        self._pieces: list[Samples] = []
        self._count = 0

    def wanted(self) -> int:
        due = int(self._clock.now() / PIECE_S) * int(PIECE_S * self.rate_hz)
        return max(0, due - self._count)

    async def play(self, samples: Samples) -> None:
        self._pieces.append(samples)
        self._count += len(samples)

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        return

    async def carry(self, shards: int) -> None:
        return

    def write(self, path: Path) -> None:
        whole = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.int16)
        write_wav(path, Sound(whole, self.rate_hz))
