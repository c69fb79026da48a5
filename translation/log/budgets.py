"""What a session has spent, counted in Redis, whichever process spent it."""

import redis.asyncio

from translation.log.redis_streams import KEEP_S, key, reaching_redis


class RedisBudget:
    """`Budget`. `name`: the engine's, so that each counts for itself."""

    def __init__(self, client: "redis.asyncio.Redis", name: str) -> None:
        self._redis = client
        self._name = name

    async def spend(self, session_id: str, units: int) -> int:
        where = key(session_id, f"spent:{self._name}")
        with reaching_redis():
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.incrby(where, units)
                pipeline.expire(where, KEEP_S)
                spent, _ = await pipeline.execute()
        return int(spent)


class MemoryBudget:
    """`Budget` of one process."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}

    async def spend(self, session_id: str, units: int) -> int:
        self._spent[session_id] = self._spent.get(session_id, 0) + units
        return self._spent[session_id]
