"""So many at once as an account allows, counted in Redis for all processes together."""

import secrets

import redis.asyncio

from translation.log.redis_streams import reaching_redis

_TAKE = """
-- KEYS: places   ARGV: place, how many there are, kept ms
local now = redis.call('TIME')
local now_ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now_ms)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now_ms + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""


class RedisPlaces:
    """`Places`. `name`: of what they are for. A place that nobody gives back, because its process
    was killed, is free again after `kept_s`; nobody needs one for so long."""

    def __init__(
        self, client: "redis.asyncio.Redis", name: str, most: int, *, kept_s: float = 30.0
    ) -> None:
        self._redis = client
        self._key = f"interpret:places:{name}"
        self._most = most
        self._kept_ms = round(kept_s * 1000)

    async def take(self) -> str:
        place = secrets.token_hex(8)
        with reaching_redis():
            taken = await self._redis.eval(_TAKE, 1, self._key, place, self._most, self._kept_ms)
        return place if taken else ""

    async def give_back(self, place: str) -> None:
        with reaching_redis():
            await self._redis.zrem(self._key, place)
