"""The glossary that a plan names, kept with the session's log."""

import pytest
import redis
import redis.asyncio

from translation.log.redis_streams import BlockingRedisLog, RedisLog
from translation.termbase import Concept, Term

ACME = Concept("acme", [Term("en", "Acme", do_not_translate=True), Term("ur", "ایکمی", "نوٹ")])
OTHER = Concept("other", [Term("en", "other")])


@pytest.mark.redis
async def test_terms_are_read_under_the_name_that_django_gave_them(
    jobs_redis: "redis.asyncio.Redis", django_redis: "redis.Redis", session_id: str
) -> None:
    django, jobs = BlockingRedisLog(django_redis, session_id), RedisLog(jobs_redis, session_id)
    first, second = django.keep_terms([ACME]), django.keep_terms([ACME, OTHER])

    assert await jobs.terms(first) == [ACME]
    assert await jobs.terms(second) == [ACME, OTHER]
    assert (django.keep_terms([ACME]), django.keep_terms([])) == (first, "")
    assert list(await jobs.terms("unknown")) == []


@pytest.mark.redis
async def test_they_go_with_the_session(
    jobs_redis: "redis.asyncio.Redis", django_redis: "redis.Redis", session_id: str
) -> None:
    django, jobs = BlockingRedisLog(django_redis, session_id), RedisLog(jobs_redis, session_id)
    name = django.keep_terms([ACME])
    assert django_redis.ttl(f"interpret:{{{session_id}}}:terms") != -1

    django.delete()

    assert list(await jobs.terms(name)) == []
