"""Interpreters' microphones over a real LiveKit; each is a process of its own, as a browser is."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
import pytest_asyncio

from rooms.media import MediaServer
from tests.pace import require_real_time
from tests.servers import ROOT, LiveKitServer
from tests.translation.engines.recordings import spoken_english
from translation.audio import resample
from translation.engines.silero import Silero
from translation.names import interpreter_identity, speaker_identity, stage_room
from translation.transport.booth_microphones import BoothMicrophones
from translation.values import Sound

pytestmark = [pytest.mark.livekit, pytest.mark.slow]

RATE_HZ = 48_000
PATIENCE_S = 15.0


class Stage:
    """A stage room, and whoever publishes into it."""

    def __init__(self, server: LiveKitServer, folder: Path) -> None:
        self.server = server
        self.session_id = uuid4().hex[:12]
        self.media = MediaServer(server.url, server.url, server.api_key, server.api_secret)
        self._folder = folder
        self._processes: list[asyncio.subprocess.Process] = []

    async def open(self) -> None:
        await asyncio.to_thread(self.media.ensure_room, stage_room(self.session_id))
        talk = resample(Sound(spoken_english(), 16_000), RATE_HZ)
        np.save(self._folder / "talk.npy", talk.samples)

    async def microphone(self, identity: str) -> asyncio.subprocess.Process:
        """Published, and talking."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.microphone",
            self.server.url, str(self._folder / "talk.npy"),
            cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._processes.append(process)
        await do(process, self.media.speaker_token(self.session_id, identity))
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"on"
        return process

    async def kill(self, process: asyncio.subprocess.Process) -> float:
        """As a browser that crashes: nobody is told. Returns when."""
        process.kill()
        await process.wait()
        return time.monotonic()

    async def leave(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()

    async def close(self) -> None:
        for process in self._processes:
            if process.returncode is None:
                await self.kill(process)


async def do(process: asyncio.subprocess.Process, word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{word}\n".encode())
    await process.stdin.drain()


async def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, "never true"
        await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def stage(livekit: LiveKitServer, tmp_path: Path) -> AsyncIterator[Stage]:
    require_real_time()
    stage = Stage(livekit, tmp_path)
    await stage.open()
    yield stage
    await stage.close()


@asynccontextmanager
async def listening(stage: Stage, *interpreters: str) -> AsyncIterator[BoothMicrophones]:
    token = partial(stage.media.stage_listen_token, stage.session_id, "listen.es.1")
    microphones = await BoothMicrophones.join(
        url=stage.server.url, token=token, voice_activity=Silero
    )
    microphones.assign(interpreters)
    try:
        yield microphones
    finally:
        await microphones.aclose()


async def heard(microphones: BoothMicrophones, who: str, length_s: float = 0.5) -> float:
    """The loudest sample of what she says, drawn in real time."""
    loudest = 0
    for _ in range(int(length_s / 0.02)):
        sound = microphones.pull(who, RATE_HZ // 50)
        assert len(sound) == RATE_HZ // 50
        loudest = max(loudest, int(np.abs(sound.astype(int)).max()))
        await asyncio.sleep(0.02)
    return loudest


async def test_only_who_is_assigned_is_heard(stage: Stage) -> None:
    await stage.microphone(interpreter_identity("eve", "1"))
    await stage.microphone(speaker_identity("pat", "1"))
    async with listening(stage, "ann") as microphones:
        await stage.microphone(interpreter_identity("ann", "1"))
        await until(lambda: microphones.states()["ann"].speaking)

        assert list(microphones.states()) == ["ann"]
        assert await heard(microphones, "ann") > 1000
        assert await heard(microphones, "eve", 0.1) == 0
        assert microphones.subscribed == ["ann"]

        microphones.assign(["eve"])
        await until(lambda: microphones.states()["eve"].speaking)
        assert microphones.subscribed == ["eve"]
        assert await heard(microphones, "ann", 0.1) == 0


async def test_mute_silence_and_speech_are_told_apart(stage: Stage) -> None:
    async with listening(stage, "ann") as microphones:
        assert not microphones.states()["ann"].connected
        process = await stage.microphone(interpreter_identity("ann", "1"))
        await until(lambda: microphones.states()["ann"].speaking)
        assert microphones.states()["ann"].level_db > -50

        await do(process, "mute")
        await until(lambda: microphones.states()["ann"].muted)
        state = microphones.states()["ann"]
        assert (state.connected, state.speaking, state.able) == (True, False, False)
        await asyncio.sleep(1.5)  # longer than a silent microphone is believed
        assert microphones.states()["ann"].connected

        await do(process, "unmute")
        await until(lambda: microphones.states()["ann"].speaking)

        await do(process, "silence")
        await until(lambda: not microphones.states()["ann"].speaking)
        await asyncio.sleep(1.5)
        assert microphones.states()["ann"].able


async def test_a_killed_page_is_noticed_within_a_second_and_its_successor_is_heard(
    stage: Stage,
) -> None:
    async with listening(stage, "ann") as microphones:
        first = await stage.microphone(interpreter_identity("ann", "1"))
        await until(lambda: microphones.states()["ann"].speaking)

        killed = await stage.kill(first)
        await until(lambda: not microphones.states()["ann"].connected)
        assert time.monotonic() - killed < 1.0

        await stage.microphone(interpreter_identity("ann", "2"))
        await until(lambda: microphones.states()["ann"].speaking)
        assert await heard(microphones, "ann") > 1000


async def test_a_page_that_was_dead_before_we_came_is_not_there(stage: Stage) -> None:
    await stage.kill(await stage.microphone(interpreter_identity("ann", "1")))
    async with listening(stage, "ann") as microphones:
        for _ in range(20):
            assert not microphones.states()["ann"].connected
            await asyncio.sleep(0.05)


async def test_of_two_pages_the_newest_counts_and_the_older_stays_ready(stage: Stage) -> None:
    async with listening(stage, "ann") as microphones:
        await stage.microphone(interpreter_identity("ann", "1"))
        await until(lambda: microphones.states()["ann"].speaking)
        second = await stage.microphone(interpreter_identity("ann", "2"))
        await do(second, "mute")
        await until(lambda: microphones.states()["ann"].muted)

        await stage.leave(second)
        await until(lambda: microphones.states()["ann"].speaking)
