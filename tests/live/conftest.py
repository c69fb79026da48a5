"""The whole service, with tones instead of voices: a recording then tells what was heard."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import numpy as np
import pytest

from interpret.talk import Speaker
from tests.pace import require_real_time
from tests.stack import Stack, stack
from translation.audio import read_sound, resample
from translation.flow import cancel_and_wait
from translation.values import Samples

TALK = sorted(Path("/usr/share/pocketsphinx/test/data/librivox").glob("*.wav"))


@pytest.fixture(autouse=True)
def _real_time() -> None:
    require_real_time()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Its voices break in the languages that stand in its file `broken`."""
    folder = tmp_path_factory.mktemp("stack")
    broken = str(folder / "broken")
    with stack(
        folder, SPEECH_ENGINE="tests.tones.FragileTones", BROKEN_LANGUAGES=broken
    ) as running:
        yield running


@pytest.fixture
def shaken_service(tmp_path: Path) -> Iterator[Stack]:
    """One that nobody else uses: its jobs are killed."""
    with stack(tmp_path, SPEECH_ENGINE="tests.tones.Tones") as running:
        yield running


@pytest.fixture
def shaken_organizer(shaken_service: Stack) -> Iterator[httpx.Client]:
    with closing(shaken_service.organizer()) as client:
        yield client


@pytest.fixture(scope="module")
def organizer(service: Stack) -> Iterator[httpx.Client]:
    with closing(service.organizer()) as client:
        yield client


@pytest.fixture(scope="module")
def voice() -> Samples:
    """48 kHz: a human reading, its pauses cut out, as an interpreter's voice."""
    sound = resample(read_sound(TALK[0], 24_000), 48_000).samples
    frames = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    power = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    said: Samples = frames[power > 0.1 * power.max()].ravel()
    return said


@asynccontextmanager
async def speaking(service: Stack, invitation: str) -> AsyncIterator[None]:
    """The LibriVox reading on a stage, in a loop, as long as the block lasts."""
    speaker = Speaker(
        base_url=service.base_url,
        livekit_url=service.livekit.url,
        invitation=lambda: invitation,
        sounds=TALK,
        pause_s=1.0,
    )
    task = asyncio.create_task(speaker.speak(once=False))
    try:
        yield
    finally:
        await cancel_and_wait(task)
