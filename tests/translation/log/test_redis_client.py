import asyncio

import pytest

from translation.log.redis_client import redis_client

pytestmark = pytest.mark.redis

SOON = 120
"""Steps of the event loop; a few pings take as many."""


async def steps(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def ping_for_ever(url: str) -> None:
    async with redis_client(url) as client:
        while True:
            await client.ping()


async def test_who_asks_redis_can_be_cancelled_at_every_step(redis_url: str) -> None:
    for step in range(SOON):
        asking = asyncio.create_task(ping_for_ever(redis_url))
        await steps(step)

        asking.cancel()

        await asyncio.wait([asking], timeout=3)
        assert asking.cancelled(), f"goes on, though cancelled after {step} steps"
