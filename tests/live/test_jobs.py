"""Jobs that are killed, stopped and started again: every segment is heard, and none twice."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from itertools import groupby
from typing import Any

import httpx
import pytest

from tests.listener import RATE_HZ, Listener
from tests.live.conftest import speaking
from tests.stack import Stack
from tests.tones import LONG_S, pitch_hz, tones_in
from translation.values import Drained, Segment, Speaking, Spoken, Translation

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]


async def until(what: Callable[[], object], most_s: float = 60.0) -> None:
    """Waits for something to be true."""
    deadline = time.monotonic() + most_s
    while not await asyncio.to_thread(what):
        assert time.monotonic() < deadline, f"not true within {most_s} s"
        await asyncio.sleep(0.1)


def of(service: Stack, session_id: str, kind: type, language: str = "es") -> list[Any]:
    return [
        entry
        for entry in service.entries(session_id)
        if isinstance(entry, kind) and getattr(entry, "language", language) in (language, "en")
    ]


def spoken_ids(service: Stack, session_id: str) -> list[int]:
    return [s.segment_id for s in of(service, session_id, Spoken) if s.skipped is None]


def start(organizer: httpx.Client, session_id: str, verb: str = "start") -> None:
    answer = organizer.post(f"/api/sessions/{session_id}/{verb}")
    assert answer.is_success, answer.text


async def end_and_drain(service: Stack, organizer: httpx.Client, session_id: str) -> None:
    """Ends the session and waits until all that was said is done with."""
    before = len(of(service, session_id, Drained))
    start(organizer, session_id, "end")

    def drained() -> bool:
        told = of(service, session_id, Drained)
        done = {s.segment_id for s in of(service, session_id, Spoken)}
        said = {s.id for s in of(service, session_id, Segment)}
        return len(told) > before and said <= done

    await until(drained, 120)


def check_heard_once(service: Stack, session_id: str, listener: Listener) -> None:
    """Every spoken line's tone, in order, whole, and none twice. A tone may be cut in two by a
    change of publisher (or by a machine that stalls); both parts are one line."""
    texts = {t.segment_id: t.text for t in of(service, session_id, Translation)}
    expected = [pitch_hz(texts[i]) for i in spoken_ids(service, session_id)]
    heard = [
        (pitch, sum(tone.length_s for tone in tones))
        for pitch, tones in groupby(
            tones_in(listener.recording(), RATE_HZ), key=lambda tone: tone.pitch_hz
        )
    ]
    merged = [pitch for pitch, _ in groupby(expected)]
    assert [pitch for pitch, _ in heard] == merged, heard
    for pitch, length_s in heard:
        times = max(len(list(same)) for p, same in groupby(expected) if p == pitch)
        assert (times - 0.3) * LONG_S < length_s < (times + 0.5) * LONG_S, heard


async def test_a_talk_is_heard_in_order(service: Stack, organizer: httpx.Client) -> None:
    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 4, 120)
        await end_and_drain(service, organizer, session_id)
        await asyncio.sleep(0.5)
    check_heard_once(service, session_id, listener)
    segments = of(service, session_id, Segment)
    assert [s.id for s in segments] == list(range(1, len(segments) + 1))
    lines = of(service, session_id, Speaking)
    assert [line.segment_id for line in lines] == sorted({line.segment_id for line in lines})
    assert {i: listener.captions[i] for i in listener.captions} == {
        t.segment_id: t.text for t in of(service, session_id, Translation)
    }


async def test_a_language_nobody_listens_to_is_not_spoken(
    service: Stack, organizer: httpx.Client
) -> None:
    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es"), speaking(service, invitation):
        await until(lambda: len(spoken_ids(service, session_id)) >= 2, 120)
    french = [e for e in service.entries(session_id) if getattr(e, "language", "") == "fr"]
    assert [e for e in french if isinstance(e, Translation)]
    assert not [e for e in french if isinstance(e, Speaking)]
    start(organizer, session_id, "end")


async def test_a_paused_session_drains_and_goes_on(service: Stack, organizer: httpx.Client) -> None:
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 1, 120)
            start(organizer, session_id, "pause")
            await until(lambda: of(service, session_id, Drained))
            said = of(service, session_id, Segment)
            await until(lambda: len(of(service, session_id, Spoken)) == len(said))
            assert listener.states[-1]["session"] == "paused"
            start(organizer, session_id)
            await until(lambda: len(spoken_ids(service, session_id)) >= len(said) + 1, 120)
        await end_and_drain(service, organizer, session_id)
        await asyncio.sleep(0.5)
    check_heard_once(service, session_id, listener)
    ids = [s.id for s in of(service, session_id, Segment)]
    assert ids == list(range(1, len(ids) + 1))


@pytest.mark.parametrize("task", ["run_channels", "run_floor"])
async def test_a_killed_job_is_replaced_and_nothing_is_spoken_twice(
    shaken_service: Stack, task: str
) -> None:
    service, organizer = shaken_service, shaken_service.organizer()
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 2, 120)
            before = len(spoken_ids(service, session_id))
            pid = await asyncio.to_thread(service.pid_of_job, session_id, task)
            os.kill(pid, signal.SIGKILL)
            await until(lambda: len(spoken_ids(service, session_id)) >= before + 3, 120)
        await end_and_drain(service, organizer, session_id)
        await asyncio.sleep(0.5)
    done = [s.segment_id for s in of(service, session_id, Spoken)]
    assert sorted(done) == [s.id for s in of(service, session_id, Segment)]
    assert not [s for s in of(service, session_id, Spoken) if s.skipped]
    check_heard_once(service, session_id, listener)
    organizer.close()
