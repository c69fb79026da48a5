"""How often one address may ask, counted in a real Redis."""

from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.test import RequestFactory

from rooms.api.throttle import WINDOW_S, PerAddress

pytestmark = pytest.mark.redis


class Ending(redis.Redis):
    """A key that is there has ended a moment later."""

    def exists(self, *names: Any) -> Any:
        found = super().exists(*names)
        self.delete(*names)
        return found


class EndingClient(RedisCacheClient):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._client = Ending


class EndingCache(RedisCache):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._class = EndingClient


def test_a_count_whose_minute_ends_while_it_is_counted_ends_too(
    redis_url: str, settings: Any, rf: RequestFactory
) -> None:
    backend = f"{EndingCache.__module__}.{EndingCache.__qualname__}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": redis_url}}
    asking = PerAddress("test", 5)

    assert asking.allow_request(rf.get("/"))
    assert asking.allow_request(rf.get("/"))

    key = cache.make_key(f"throttle:test:{asking.get_ident(rf.get('/'))}")
    with redis.Redis.from_url(redis_url) as client:
        assert client.get(key) == b"1"
        assert 0 < int(client.ttl(key)) <= WINDOW_S
