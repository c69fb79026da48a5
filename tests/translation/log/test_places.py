"""Places of an account, counted in Redis."""

import asyncio

import pytest
import redis.asyncio

from translation.errors import LogUnreachable
from translation.log.places import RedisPlaces
from translation.log.redis_client import redis_client

pytestmark = pytest.mark.redis


async def test_there_are_no_more_places_than_there_are(
    jobs_redis: "redis.asyncio.Redis", session_id: str
) -> None:
    one, other = (RedisPlaces(jobs_redis, session_id, 2) for _ in range(2))
    mine, hers = await one.take(), await other.take()
    assert mine
    assert hers
    assert await one.take() == ""
    assert await RedisPlaces(jobs_redis, f"{session_id}-other", 2).take()

    await other.give_back(hers)
    await other.give_back(hers)
    assert await one.take()
    assert await other.take() == ""


async def test_the_place_of_a_killed_process_is_free_again(
    jobs_redis: "redis.asyncio.Redis", session_id: str
) -> None:
    places = RedisPlaces(jobs_redis, session_id, 1, kept_s=0.2)
    assert await places.take()
    assert await places.take() == ""
    async with asyncio.timeout(5):
        while not await places.take():  # noqa: ASYNC110 - Redis lets go of it
            await asyncio.sleep(0.02)


async def test_of_many_who_ask_at_once_as_many_get_one(
    jobs_redis: "redis.asyncio.Redis", session_id: str
) -> None:
    places = RedisPlaces(jobs_redis, session_id, 3)
    taken = await asyncio.gather(*(places.take() for _ in range(20)))
    assert sum(map(bool, taken)) == 3


async def test_a_redis_that_is_not_there_is_told() -> None:
    with pytest.raises(LogUnreachable):
        await RedisPlaces(redis_client("redis://127.0.0.1:1/0"), "x", 1).take()
