"""Who listens and how the jobs do, against a real Redis."""

import json

import pytest
import redis
import redis.asyncio

from translation.log.presence import Attention, Heard, Vitals, VitalsReader
from translation.log.redis_streams import key

pytestmark = pytest.mark.redis

Client = redis.asyncio.Redis


async def test_a_language_is_heard_once_django_has_noted_a_listener(
    django_redis: redis.Redis, jobs_redis: Client, session_id: str
) -> None:
    attention, heard = Attention(django_redis), Heard(jobs_redis, session_id)
    assert not await heard.heard("es")

    attention.note(session_id, "es", 3)
    attention.note(session_id, "fr", 0)

    assert [await heard.heard("es"), await heard.heard("fr")] == [True, False]
    assert attention.listeners(session_id) == {"es": 3, "fr": 0}


async def test_a_note_that_is_not_renewed_ends(
    django_redis: redis.Redis, jobs_redis: Client, session_id: str
) -> None:
    attention, name = Attention(django_redis), key(session_id, "listeners")
    attention.note(session_id, "es", 3)
    stamped = json.loads(django_redis.hget(name, "es") or b"")

    django_redis.hset(name, "es", json.dumps({**stamped, "until": stamped["until"] - 31}))

    assert attention.listeners(session_id) == {}
    assert not await Heard(jobs_redis, session_id).heard("es")


async def test_vitals_are_read_by_job(
    django_redis: redis.Redis, jobs_redis: Client, session_id: str
) -> None:
    reader, vitals = VitalsReader(django_redis), Vitals(jobs_redis, session_id)
    assert reader.read(session_id) == {"floor": None, "translation": None, "channels": {}}

    await vitals.report("floor", {"speaking": True})
    await vitals.report("channel:es", {"backlog_s": 0.5})
    await vitals.report("channel:pt-BR", {"backlog_s": 1.5})

    assert reader.read(session_id) == {
        "floor": {"speaking": True},
        "translation": None,
        "channels": {"es": {"backlog_s": 0.5}, "pt-BR": {"backlog_s": 1.5}},
    }


async def test_vitals_of_a_job_that_died_end(
    django_redis: redis.Redis, jobs_redis: Client, session_id: str
) -> None:
    await Vitals(jobs_redis, session_id).report("floor", {"speaking": True})
    name = key(session_id, "vitals")
    stamped = json.loads(django_redis.hget(name, "floor") or b"")

    django_redis.hset(name, "floor", json.dumps({**stamped, "until": stamped["until"] - 6}))

    found = VitalsReader(django_redis).read(session_id)
    assert found == {"floor": None, "translation": None, "channels": {}}
