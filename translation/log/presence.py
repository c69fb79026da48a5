"""Who listens, and how the jobs do: short-lived facts beside the log, each good for seconds.

Django writes who listens; the channel job asks before it spends work on a language. The jobs
write how they do; the organizer's page reads it, consoles also hear each report as it is made.
Each is a Redis hash of a session whose fields carry the moment until which they hold.
"""

import json
import time
from collections.abc import AsyncGenerator
from typing import Any

import redis
import redis.asyncio

from translation.log.redis_streams import KEEP_S, key, reaching_redis

ATTENTION_S = 30
"""A listener counts this long after she was last seen (or was given a token)."""

VITALS_S = 5


def _stamp(fact: Any, holds_s: float) -> str:
    return json.dumps({"until": time.time() + holds_s, "fact": fact})


def _current(text: bytes | str | None) -> Any:
    if text is None:
        return None
    stamped = json.loads(text)
    return stamped["fact"] if stamped["until"] > time.time() else None


def _current_fields(fields: Any) -> dict[str, Any]:
    current = {name.decode(): _current(text) for name, text in fields.items()}
    return {name: fact for name, fact in current.items() if fact is not None}


class Attention:
    """Django's side: notes and counts the listeners of a session's languages."""

    def __init__(self, client: "redis.Redis") -> None:
        self._redis = client

    def note(self, session_id: str, language: str, listeners: int) -> None:
        name = key(session_id, "listeners")
        with reaching_redis():
            self._redis.hset(name, language, _stamp(listeners, ATTENTION_S))
            self._redis.expire(name, KEEP_S)

    def listeners(self, session_id: str) -> dict[str, int]:
        with reaching_redis():
            return _current_fields(self._redis.hgetall(key(session_id, "listeners")))


class Heard:
    """The channel job's side: is anybody listening to this language?"""

    def __init__(self, client: "redis.asyncio.Redis", session_id: str) -> None:
        self._redis = client
        self._name = key(session_id, "listeners")

    async def heard(self, language: str) -> bool:
        with reaching_redis():
            return bool(_current(await self._redis.hget(self._name, language)))


class Vitals:
    """The jobs' side: what a job says of itself, under a name (`floor`, `channel:es`)."""

    def __init__(self, client: "redis.asyncio.Redis", session_id: str) -> None:
        self._redis = client
        self._name = key(session_id, "vitals")

    async def report(self, name: str, facts: dict[str, Any]) -> None:
        with reaching_redis():
            await self._redis.hset(self._name, name, _stamp(facts, VITALS_S))
            await self._redis.expire(self._name, KEEP_S)
            await self._redis.publish(self._name, json.dumps({"name": name, "facts": facts}))


class VitalsFollower:
    """The consoles' side of `Vitals`: what holds now, and every report from now on."""

    def __init__(self, client: "redis.asyncio.Redis", session_id: str) -> None:
        self._redis = client
        self._name = key(session_id, "vitals")

    async def read(self) -> dict[str, dict[str, Any]]:
        """By the reports' names; a job that died is missing."""
        with reaching_redis():
            return _current_fields(await self._redis.hgetall(self._name))

    async def follow(self) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
        """Each report's name and facts."""
        async with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
            with reaching_redis():
                await subscription.subscribe(self._name)
            while True:
                with reaching_redis():
                    message = await subscription.get_message(timeout=1.0)
                if message:
                    said = json.loads(message["data"])
                    yield said["name"], said["facts"]


class VitalsReader:
    """Django's side of `Vitals`."""

    def __init__(self, client: "redis.Redis") -> None:
        self._redis = client

    def read(self, session_id: str) -> dict[str, Any]:
        """`{"floor": facts or None, "translation": facts or None, "channels": {tag: facts}}`; a job
        that died is missing."""
        with reaching_redis():
            current = _current_fields(self._redis.hgetall(key(session_id, "vitals")))
        prefix = "channel:"
        return {
            "floor": current.get("floor"),
            "translation": current.get("translation"),
            "channels": {
                n.removeprefix(prefix): f for n, f in current.items() if n.startswith(prefix)
            },
        }
