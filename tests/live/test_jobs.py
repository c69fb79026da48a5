"""Jobs that are killed, stopped and started again: every segment is heard, and none twice."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack

import httpx
import pytest

from interpret.env import Env
from tests.listener import Listener
from tests.live.conftest import speaking
from tests.live.talks import check_heard_once, end_and_drain, of, spoken_ids, start, until
from tests.stack import Stack
from translation.values import Drained, Segment, SkipReason, Speaking, Spoken, Translation

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

RENEWED_EVERY_S = Env.model_fields["lease_ttl_s"].default / 4
"""A job that is killed told last then how far it was."""


async def test_a_talk_is_heard_in_order(service: Stack, organizer: httpx.Client) -> None:
    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    start(organizer, session_id)
    async with Listener(service.base_url, session_id, "es") as listener:
        async with speaking(service, invitation):
            await until(lambda: len(spoken_ids(service, session_id)) >= 4, 120)
        await end_and_drain(service, organizer, session_id)
        await listener.hears_out()
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


async def test_a_language_whose_engine_breaks_is_named_and_the_others_go_on(
    service: Stack, organizer: httpx.Client
) -> None:
    def broken() -> list[tuple[str, str, str]]:
        answer = organizer.get(f"/api/sessions/{session_id}/status")
        assert answer.is_success, answer.text
        return [(t["stage"], t["language"], t["message"]) for t in answer.json()["troubles"]]

    def done(language: str) -> list[Spoken]:
        return [s for s in of(service, session_id, Spoken, language) if s.language == language]

    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    start(organizer, session_id)
    file = service.folder / "broken"
    async with AsyncExitStack() as exits:
        for language in ("es", "fr"):
            await exits.enter_async_context(Listener(service.base_url, session_id, language))
        await exits.enter_async_context(speaking(service, invitation))
        await until(lambda: done("es") and done("fr"), 120)
        assert broken() == []
        file.write_text("fr")
        try:
            await until(broken, 60)
            assert broken() == [("speak", "fr", "the engine failed (ValueError)")]
            before = len(done("es"))
            await until(lambda: len(done("es")) >= before + 2, 120)
        finally:
            file.unlink()
        await until(lambda: broken() == [], 120)
    start(organizer, session_id, "end")
    assert SkipReason.UNSPOKEN not in {s.skipped for s in done("es")}
    assert SkipReason.UNSPOKEN in {s.skipped for s in done("fr")}


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
        await listener.hears_out()
    check_heard_once(service, session_id, listener)
    ids = [s.id for s in of(service, session_id, Segment)]
    assert ids == list(range(1, len(ids) + 1))


@pytest.mark.parametrize("task", ["run_channels", "run_floor"])
async def test_a_killed_job_is_replaced_and_nothing_is_spoken_twice(
    shaken_service: Stack, shaken_organizer: httpx.Client, task: str
) -> None:
    service, organizer = shaken_service, shaken_organizer
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
        await listener.hears_out()
    done = [s.segment_id for s in of(service, session_id, Spoken)]
    assert sorted(done) == [s.id for s in of(service, session_id, Segment)]
    assert not [s for s in of(service, session_id, Spoken) if s.skipped]
    check_heard_once(service, session_id, listener, again_s=RENEWED_EVERY_S)
