"""The session log in Redis Streams: one stream a session, one script that writes to it.

An entry is written once (`codec.once_key`), and only by the job's owner where one is named: its
last one, also when its lease has run out, until somebody else takes it. What an owner did while
Redis did not answer is known before a successor begins.
Only a plan begins a log: what jobs still say of a session that was deleted is kept nowhere.
The same script serves the jobs (asyncio) and Django (blocking).
Names share a hash tag, so all of a session lives on one node of a Redis cluster.
"""

import contextlib
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any

import redis
import redis.asyncio
from pydantic import TypeAdapter

from translation.errors import LogUnreachable, NotOwner
from translation.log.codec import decode, encode, once_key
from translation.ports import Logged, Ownership
from translation.termbase import Concept, fingerprint, of_json, to_json
from translation.values import Draft, Entry, Plan, Segment

_DRAFTS = TypeAdapter(Draft)

KEEP_S = 7 * 24 * 3600
"""How long a session stays in Redis after its last entry; the archive keeps it for good."""

_APPEND = """
-- KEYS: stream, once, plan, lease, last owner
-- ARGV: entry, once key or '', '1' for a plan, fence or '', keep
if ARGV[4] ~= '' then
  local held = redis.call('GET', KEYS[4])
  local owner = held and string.match(held, '^%d+') or redis.call('GET', KEYS[5])
  if owner ~= ARGV[4] then return 'not owner' end
end
if ARGV[3] == '' and redis.call('EXISTS', KEYS[1]) == 0 then return 'no log' end
if ARGV[2] ~= '' and redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then return 'there' end
local position = redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])
if ARGV[2] ~= '' then redis.call('HSET', KEYS[2], ARGV[2], position) end
if ARGV[3] == '1' then redis.call('SET', KEYS[3], ARGV[1], 'EX', ARGV[5]) end
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return 'added'
"""


def key(session_id: str, name: str) -> str:
    return f"interpret:{{{session_id}}}:{name}"


def lease_key(job: str) -> str:
    """A job's name begins with its session: `<session>/floor`."""
    session_id, _, name = job.partition("/")
    return key(session_id, f"lease:{name}")


def last_owner_key(lease: str) -> str:
    """Where the number of a lease's last owner stands."""
    return f"{lease}:last"


@contextlib.contextmanager
def reaching_redis() -> Iterator[None]:
    """Turns every way in which Redis can be out of reach into `LogUnreachable`."""
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError, OSError) as error:
        raise LogUnreachable(
            f"Redis does not answer ({type(error).__name__}); is it running, is REDIS_URL right?"
        ) from error


def _append_call(
    session_id: str, entry: Entry, owner: Ownership | None
) -> tuple[list[str], list[Any]]:
    lease = lease_key(owner.job) if owner else key(session_id, "lease:none")
    names = [key(session_id, name) for name in ("log", "once", "plan")]
    keys = [*names, lease, last_owner_key(lease)]
    plan = "1" if isinstance(entry, Plan) else ""
    return keys, [encode(entry), once_key(entry), plan, owner.fence if owner else "", KEEP_S]


def _added(answer: Any, owner: Ownership | None) -> bool:
    if answer in ("not owner", b"not owner"):
        raise NotOwner(f"{owner} is not the owner of its job any more; a successor goes on")
    return answer in ("added", b"added")


def _logged(rows: Any) -> list[Logged]:
    return [Logged(position.decode(), decode(fields[b"e"])) for position, fields in rows]


def _from(after: str) -> str:
    return f"({after}" if after else "-"


def _plan(text: Any) -> Plan | None:
    entry = decode(text) if text else None
    return entry if isinstance(entry, Plan) else None


class RedisLog:
    """`SessionLog` for jobs. The client must not decode responses."""

    def __init__(self, client: "redis.asyncio.Redis", session_id: str) -> None:
        self._redis = client
        self._session_id = session_id
        self._append = client.register_script(_APPEND)

    async def append(self, entry: Entry, *, owner: Ownership | None = None) -> bool:
        keys, arguments = _append_call(self._session_id, entry, owner)
        with reaching_redis():
            return _added(await self._append(keys=keys, args=arguments), owner)

    async def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]:
        stream = key(self._session_id, "log")
        with reaching_redis():
            return _logged(await self._redis.xrange(stream, min=_from(after), count=limit))

    async def follow(self, *, after: str = "") -> AsyncGenerator[Logged, None]:
        stream, position = key(self._session_id, "log"), after or "0-0"
        while True:
            with reaching_redis():
                answer: Any = await self._redis.xread({stream: position}, block=1000, count=200)
            for _, rows in answer or ():
                for logged in _logged(rows):
                    position = logged.position
                    yield logged

    async def segment(self, segment_id: int) -> Segment | None:
        stream = key(self._session_id, "log")
        with reaching_redis():
            position = await self._redis.hget(
                key(self._session_id, "once"), f"segment:{segment_id}"
            )
            rows: Any = (
                await self._redis.xrange(stream, min=position, max=position) if position else []
            )
        entry = decode(rows[0][1][b"e"]) if rows else None
        return entry if isinstance(entry, Segment) else None

    async def terms(self, fingerprint: str) -> Sequence[Concept]:
        with reaching_redis():
            stored = await self._redis.hget(key(self._session_id, "terms"), fingerprint)
        return of_json(stored) if stored else ()

    async def plan(self) -> Plan | None:
        with reaching_redis():
            return _plan(await self._redis.get(key(self._session_id, "plan")))


class BlockingRedisLog:
    """The same log for Django. The client must not decode responses."""

    def __init__(self, client: "redis.Redis", session_id: str) -> None:
        self._redis = client
        self._session_id = session_id
        self._append = client.register_script(_APPEND)

    def append(self, entry: Entry) -> bool:
        keys, arguments = _append_call(self._session_id, entry, None)
        with reaching_redis():
            return _added(self._append(keys=keys, args=arguments), None)

    def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]:
        with reaching_redis():
            return _logged(
                self._redis.xrange(key(self._session_id, "log"), min=_from(after), count=limit)
            )

    def read_last(self, limit: int) -> list[Logged]:
        """The newest entries, oldest first."""
        with reaching_redis():
            return _logged(self._redis.xrevrange(key(self._session_id, "log"), count=limit))[::-1]

    def once(self, name: str) -> Entry | None:
        """What was written once under a key of `codec.once_key`."""
        with reaching_redis():
            position: Any = self._redis.hget(key(self._session_id, "once"), name)
            rows: Any = (
                self._redis.xrange(key(self._session_id, "log"), min=position, max=position)
                if position
                else []
            )
        return decode(rows[0][1][b"e"]) if rows else None

    def keep_terms(self, concepts: Sequence[Concept]) -> str:
        """Their fingerprint, by which a plan names them. What earlier plans named stays."""
        stored = to_json(concepts)
        name, where = fingerprint(stored), key(self._session_id, "terms")
        if name:
            with reaching_redis():
                self._redis.hset(where, name, stored)
                self._redis.expire(where, KEEP_S)
        return name

    def plan(self) -> Plan | None:
        with reaching_redis():
            return _plan(self._redis.get(key(self._session_id, "plan")))

    def delete(self) -> None:
        with reaching_redis():
            names = ("log", "once", "plan", "chat", "terms")
            self._redis.delete(*(key(self._session_id, name) for name in names))


class RedisDrafts:
    """`Drafts` over publish/subscribe."""

    def __init__(self, client: "redis.asyncio.Redis", session_id: str) -> None:
        self._redis = client
        self._channel = key(session_id, "drafts")

    async def say(self, draft: Draft) -> None:
        with reaching_redis():
            await self._redis.publish(self._channel, _DRAFTS.dump_json(draft))

    async def hear(self) -> AsyncGenerator[Draft, None]:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
            with reaching_redis():
                await subscription.subscribe(self._channel)
            while True:
                with reaching_redis():
                    message = await subscription.get_message(timeout=1.0)
                if message:
                    yield _DRAFTS.validate_json(message["data"])
