"""What the service stands on fails under a talk: workers are stopped or killed, Redis stalls,
LiveKit dies. Nothing said is lost, nothing is spoken twice, listeners find their way back."""

import asyncio
import os
import signal

import httpx
import pytest

from tests.listener import Listener
from tests.live.conftest import speaking
from tests.live.talks import check_heard_once, end_and_drain, of, spoken_ids, start, until
from tests.stack import Stack
from translation.values import Segment, SkipReason, Spoken, Translation

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

STALL_S = 4.0
"""Longer than a lease holds."""


async def test_a_worker_that_stops_hands_its_channels_over(
    shaken_service: Stack, shaken_organizer: httpx.Client
) -> None:
    service, organizer = shaken_service, shaken_organizer
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 2, 120)
            await asyncio.to_thread(service.start_jobs, "successor")
            await asyncio.sleep(8)  # until it takes work
            before = len(spoken_ids(service, session_id))
            os.kill(service.processes["jobs"].pid, signal.SIGTERM)
            await until(lambda: service.processes["jobs"].poll() is not None, 60)
            await until(lambda: len(spoken_ids(service, session_id)) >= before + 3, 120)
        await end_and_drain(service, organizer, session_id)
        await listener.hears_out()
    assert len(set(listener.publishers)) == 2
    assert not [s for s in of(service, session_id, Spoken) if s.skipped]
    check_heard_once(service, session_id, listener)


async def test_a_killed_translator_costs_at_most_lines_that_are_marked(
    shaken_service: Stack, shaken_organizer: httpx.Client
) -> None:
    service, organizer = shaken_service, shaken_organizer
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 2, 120)
            before = len(spoken_ids(service, session_id))
            await asyncio.to_thread(service.stop, "translate", signal.SIGKILL)
            await asyncio.to_thread(service.start_translate)
            await until(lambda: len(spoken_ids(service, session_id)) >= before + 3, 120)
        await end_and_drain(service, organizer, session_id)
        await listener.hears_out()
    done = of(service, session_id, Spoken)
    assert sorted(s.segment_id for s in done) == [s.id for s in of(service, session_id, Segment)]
    assert {s.skipped for s in done} <= {None, SkipReason.UNTRANSLATED, SkipReason.BEHIND}
    check_heard_once(service, session_id, listener)


async def test_a_redis_that_stalls_for_longer_than_a_lease_loses_nothing(
    shaken_service: Stack, shaken_organizer: httpx.Client
) -> None:
    service, organizer = shaken_service, shaken_organizer
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 2, 120)
            before = len(spoken_ids(service, session_id))
            service.redis.server.send(signal.SIGSTOP)
            await asyncio.sleep(STALL_S)
            service.redis.server.send(signal.SIGCONT)
            await until(lambda: len(spoken_ids(service, session_id)) >= before + 3, 120)
        await end_and_drain(service, organizer, session_id)
        await listener.hears_out()
    done = of(service, session_id, Spoken)
    assert sorted(s.segment_id for s in done) == [s.id for s in of(service, session_id, Segment)]
    assert not [s for s in done if s.skipped]
    check_heard_once(service, session_id, listener)


async def test_a_killed_media_server_comes_back_and_the_talk_is_heard_again(
    shaken_service: Stack, shaken_organizer: httpx.Client
) -> None:
    service, organizer = shaken_service, shaken_organizer
    session_id, invitation = service.new_session(organizer, ["es"])
    start(organizer, session_id)
    async with speaking(service, invitation):
        async with Listener(service.base_url, session_id, "es"):
            await until(lambda: len(spoken_ids(service, session_id)) >= 1, 120)
        service.livekit.server.stop(signal.SIGKILL)
        await asyncio.sleep(2)
        await asyncio.to_thread(service.livekit.server.start)
        await until(lambda: rooms_are_back(service, session_id), 60)
        async with Listener(service.base_url, session_id, "es") as listener:
            said = len(of(service, session_id, Segment))
            await until(lambda: len(of(service, session_id, Segment)) >= said + 3, 120)
            last = of(service, session_id, Segment)[said + 1].id
            await until(lambda: last in spoken_ids(service, session_id), 60)
            await asyncio.sleep(0.5)
        start(organizer, session_id, "end")
    assert last in listener.captions
    assert {t.segment_id: t.text for t in of(service, session_id, Translation)}[last]
    assert listener.recording().any()


def rooms_are_back(service: Stack, session_id: str) -> bool:
    """A listener is admitted again, and the channel's job publishes."""
    rooms = service.media().list_rooms()
    names = {room.name for room in rooms if room.publishers}
    return {f"{session_id}.stage", f"{session_id}.es.0"} <= names
