"""The asyncio client of Redis that the jobs and consoles use."""

from typing import Any

import redis.asyncio
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from translation.flow import cancellation_kept

TIMEOUT_S = 3.0


class _KeepsCancellation(AbstractConnection):
    """redis-py writes under `asyncio.wait_for`, which can swallow a cancellation."""

    async def send_packed_command(self, *arguments: Any, **named: Any) -> None:
        try:
            with cancellation_kept():
                await super().send_packed_command(*arguments, **named)
        except BaseException:
            await self.disconnect(nowait=True)  # nobody will read the answer
            raise


def redis_client(url: str, *, patient: bool = False) -> "redis.asyncio.Redis":
    """For the running event loop. Blocking reads may wait a second at most. A `patient` one asks
    again for some ten seconds: what a job has to say outlives a Redis that stands still."""
    again = Retry(ExponentialBackoff(cap=3.0, base=0.2), 5) if patient else None
    pool = redis.asyncio.ConnectionPool.from_url(
        url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=again
    )
    kind = pool.connection_class
    pool.connection_class = type(kind.__name__, (_KeepsCancellation, kind), {})
    return redis.asyncio.Redis.from_pool(pool)
