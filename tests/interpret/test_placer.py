import time
from dataclasses import replace
from uuid import uuid4

import pytest
import redis

from interpret.placer import JOB_EXPIRES_S, Placer, has_begun, tasks_to_send, wanted_jobs
from tests.translation.entries import plan
from translation.jobs.lease import DONE
from translation.log.redis_streams import BlockingRedisLog
from translation.values import SessionState

FLOOR, SPANISH, FRENCH = "s1/floor", "s1/channel/es", "s1/channel/fr"
ON_AIR = "[17, 0.4, 1.0]"


def to_send(state: SessionState, free: dict[str, str]) -> set[str]:
    return tasks_to_send(plan("es", "fr", state=state), free)


def test_a_session_wants_a_floor_and_every_channel_the_original_included() -> None:
    assert wanted_jobs(plan("en", "es")) == {
        "s1/floor": "run_floor",
        "s1/channel/en": "run_channels",
        "s1/channel/es": "run_channels",
    }


def test_a_session_that_goes_live_is_given_both_tasks() -> None:
    free = {FLOOR: "", SPANISH: "", FRENCH: ""}

    assert to_send(SessionState.LIVE, free) == {"run_floor", "run_channels"}


def test_a_live_session_whose_jobs_are_owned_needs_nothing() -> None:
    assert to_send(SessionState.LIVE, {}) == set()


def test_one_free_channel_is_enough_to_ask_for_channels() -> None:
    assert to_send(SessionState.LIVE, {FRENCH: ON_AIR}) == {"run_channels"}


def test_a_live_session_wants_again_what_came_to_its_end_before() -> None:
    assert to_send(SessionState.LIVE, {FLOOR: DONE, SPANISH: DONE}) == {"run_floor", "run_channels"}


def test_a_paused_session_rests_its_floor_and_keeps_its_channels() -> None:
    free = {FLOOR: DONE, SPANISH: DONE, FRENCH: ON_AIR}

    assert to_send(SessionState.PAUSED, free) == {"run_channels"}


def test_a_floor_that_died_before_it_had_drained_is_wanted_in_a_pause_too() -> None:
    assert to_send(SessionState.PAUSED, {FLOOR: ""}) == {"run_floor"}


def test_an_ended_session_wants_only_what_did_not_come_to_its_end() -> None:
    assert to_send(SessionState.ENDED, {FLOOR: DONE, SPANISH: DONE, FRENCH: DONE}) == set()
    assert to_send(SessionState.ENDED, {FLOOR: DONE, SPANISH: ON_AIR}) == {"run_channels"}
    assert to_send(SessionState.ENDED, {FLOOR: "", SPANISH: DONE}) == {"run_floor"}


def test_a_lease_of_a_language_that_was_taken_out_is_nobodys_business() -> None:
    assert tasks_to_send(plan("es"), {FRENCH: ON_AIR}) == set()


@pytest.mark.redis
def test_a_job_that_nobody_begins_waits_from_when_it_was_first_asked_for(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("interpret.placer._send", lambda task, *_, **__: sent.append(task))
    session_id = uuid4().hex[:12]
    with redis.Redis.from_url(redis_url) as client:
        placer = Placer(client)
        BlockingRedisLog(client, session_id).append(replace(plan("es"), session_id=session_id))
        assert placer.waits_s(session_id) == 0.0

        placer.place(session_id)
        placer.place(session_id)
        assert sorted(sent) == ["interpret.jobs.run_channels", "interpret.jobs.run_floor"]
        time.sleep(0.2)
        has_begun(client, session_id, "run_floor")
        assert 0.2 <= placer.waits_s(session_id) < JOB_EXPIRES_S
        has_begun(client, session_id, "run_channels")
        assert placer.waits_s(session_id) == 0.0
