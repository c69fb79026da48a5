import asyncio
import signal
from pathlib import Path

import pytest
import redis

from tests.servers import redis_server
from translation.log.redis_client import TIMEOUT_S, redis_client

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


@pytest.mark.slow
@pytest.mark.parametrize("patient", [True, False])
async def test_a_redis_that_stands_still_is_waited_for_by_who_is_patient(
    tmp_path: Path, patient: bool
) -> None:
    with redis_server(tmp_path) as running:
        async with redis_client(running.url, patient=patient) as client:
            await client.set("said", "before")
            running.server.send(signal.SIGSTOP)
            asking = asyncio.ensure_future(client.get("said"))
            await asyncio.sleep(TIMEOUT_S + 0.5)
            running.server.send(signal.SIGCONT)
            if patient:
                assert await asking == b"before"
            else:
                with pytest.raises(redis.TimeoutError):
                    await asking
