from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
import pytest_asyncio
import redis
import redis.asyncio

from translation.log.redis_client import redis_client


@pytest.fixture
def session_id() -> str:
    """A session that no other test writes to."""
    return uuid4().hex[:12]


@pytest_asyncio.fixture
async def jobs_redis(redis_url: str) -> "AsyncIterator[redis.asyncio.Redis]":
    """As the jobs have it."""
    async with redis_client(redis_url) as client:
        yield client


@pytest.fixture
def django_redis(redis_url: str) -> "Iterator[redis.Redis]":
    """As Django has it."""
    with redis.Redis.from_url(redis_url) as client:
        yield client
