"""A microphone as a process of its own, so that it can be killed like a browser.

    python -m tests.microphone URL SOUND.npy       (the token on the first line of the input)

Publishes as the booth page does: 48 kHz, no DTX, 64 kbit/s. Each further line of the input is a
word: `mute`, `unmute`, `silence`, `talk`. Writes `on` once it is published, and `at MOMENT SAMPLE`
once a second: when (seconds since 1970) a sample of the sound was handed to the track.
"""

import asyncio
import sys
import time
from pathlib import Path

import numpy as np
from livekit import rtc

from tests.servers import ROOT
from translation.flow import cancel_and_wait
from translation.priority import started_go_first
from translation.values import Samples

RATE_HZ = 48_000
FRAME = RATE_HZ // 50
"""A packet, as browsers send it."""


class Microphone:
    """Owns the process: speaks a sound (48 kHz) over and over into the room of a token."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._spoken: list[tuple[float, int]] = []
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, url: str, token: str, sound: Samples, path: Path) -> "Microphone":
        """`path`: where the sound is kept for the process (.npy)."""
        np.save(path, sound)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.microphone", url, str(path),
            cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        microphone = cls(process)
        await microphone.do(token)
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"on"
        microphone._listening = asyncio.create_task(microphone._hear(process.stdout))
        return microphone

    async def _hear(self, output: asyncio.StreamReader) -> None:
        while line := await output.readline():
            _, moment, sample = line.split()
            self._spoken.append((float(moment), int(sample)))

    def spoke_before(self, moment: float) -> bool:
        return bool(self._spoken) and self._spoken[0][0] <= moment

    def sample_at(self, moment: float) -> int:
        """Which sample of the sound was handed to the track at a moment (seconds since 1970)."""
        before = [pair for pair in self._spoken if pair[0] <= moment]
        at, sample = before[-1]
        return sample + int((moment - at) * RATE_HZ)

    async def do(self, word: str) -> None:
        """`mute`, `unmute`, `silence` or `talk`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n".encode())
        await self._process.stdin.drain()

    async def close(self) -> None:
        if self._process.returncode is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            await self._process.wait()
        await cancel_and_wait(self._listening)

    async def kill(self) -> float:
        """As a browser that crashes. Returns when (seconds since 1970)."""
        moment = time.time()
        self._process.kill()
        await self._process.wait()
        await cancel_and_wait(self._listening)
        return moment


async def words() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(url: str, path: str) -> None:
    sound = np.load(path)
    reader = await words()
    token = (await reader.readline()).decode().strip()
    room = rtc.Room()
    await room.connect(url, token, rtc.RoomOptions(auto_subscribe=False))
    source = rtc.AudioSource(RATE_HZ, 1, queue_size_ms=100)
    track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
    options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
    options.audio_encoding.max_bitrate = 64_000
    await room.local_participant.publish_track(track, options)
    tell("on")
    talking = True

    async def obey() -> None:
        nonlocal talking
        while word := (await reader.readline()).decode().strip():
            match word:
                case "mute":
                    track.mute()
                case "unmute":
                    track.unmute()
                case "silence" | "talk":
                    talking = word == "talk"

    obeying = asyncio.create_task(obey())
    due_s, sample = time.monotonic(), 0
    while not obeying.done():
        if sample % RATE_HZ == 0:
            tell(f"at {time.time()} {sample}")
        frame = np.take(sound, range(sample, sample + FRAME), mode="wrap") * talking
        await source.capture_frame(rtc.AudioFrame(frame.tobytes(), RATE_HZ, 1, FRAME))
        sample += FRAME
        due_s = max(due_s + FRAME / RATE_HZ, time.monotonic() - FRAME / RATE_HZ)
        await asyncio.sleep(due_s - time.monotonic())
    await room.disconnect()


if __name__ == "__main__":
    with started_go_first():  # as on a machine of its own
        asyncio.run(main(*sys.argv[1:]))
