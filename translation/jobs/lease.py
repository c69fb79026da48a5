"""Who owns a job: a short lease in Redis with a fencing number.

Celery only places jobs; the lease decides. It is renewed every quarter of its life; before
anything audible the owner asks `valid()`, which looks at its own clock alone: time of the last
renewal + 0.9 of the lease's life. A process that was stopped and woken is silent at once.
The owner leaves a note with every renewal (how far it got); its successor reads it. A lease that
ran out is still its last owner's to renew, to leave a note by and to write the log with, until
somebody takes it: after Redis was away, whoever goes on knows all that was done meanwhile.

A number can be reserved before the lease is free: whoever has one connects and publishes under
it, then takes the lease. An owner that is told to end marks its lease as being left; the next
with a number takes it over at once, from exactly that owner.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import redis
import redis.asyncio

from translation.errors import LogUnreachable, NotOwner
from translation.log.redis_streams import KEEP_S, last_owner_key, lease_key, reaching_redis
from translation.ports import Ownership

_TAKE = """
-- KEYS: lease, note, left, last owner   ARGV: fence, holder, ttl ms, keep s
local held = redis.call('GET', KEYS[1])
if tonumber(redis.call('GET', KEYS[4]) or 0) >= tonumber(ARGV[1]) then return {0, 0, ''} end
if held and string.match(held, '^%d+') ~= redis.call('GET', KEYS[3]) then return {0, 0, ''} end
local note = redis.call('GET', KEYS[2]) or ''
redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[2], 'PX', ARGV[3])
redis.call('SET', KEYS[4], ARGV[1], 'EX', ARGV[4])
redis.call('DEL', KEYS[2], KEYS[3])
return {1, held and 1 or 0, note}
"""
_RENEW = """
-- KEYS: lease, note, last owner   ARGV: value, ttl ms, note, keep s, fence
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
if not held and redis.call('GET', KEYS[3]) ~= ARGV[5] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
return 1
"""
_RELEASE = """
-- KEYS: lease   ARGV: holder
local held = redis.call('GET', KEYS[1])
if held and string.match(held, ':(.*)$') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""

DONE = "done"
"""The last note of a job that came to its end: only a session that goes on needs it again."""

LEAVING_S = 15
"""A mark of leaving is good for so long."""


async def reserve(client: "redis.asyncio.Redis", job: str) -> int:
    """The job's next fencing number."""
    name = f"{lease_key(job)}:fence"
    with reaching_redis():
        fence = int(await client.incr(name))
        await client.expire(name, KEEP_S)
    return fence


@dataclass(eq=False)
class Lease:
    """A lease that is held. `holder` is the Celery task's id, so that the worker which sees a
    child die can free exactly that child's lease. `handed_over`: the owner before still lives."""

    client: "redis.asyncio.Redis"
    ownership: Ownership
    holder: str
    ttl_s: float
    predecessors_note: str
    handed_over: bool
    _deadline: float

    @classmethod
    async def take(
        cls, client: "redis.asyncio.Redis", job: str, *, fence: int, holder: str, ttl_s: float
    ) -> Self | None:
        """With a reserved number. None while somebody else holds it and does not leave, and where
        somebody with a higher number held it meanwhile: listeners play the highest."""
        name, asked = lease_key(job), time.monotonic()
        with reaching_redis():
            call: Any = client.eval(
                _TAKE, 4, name, f"{name}:note", f"{name}:left", last_owner_key(name),
                fence, holder, int(ttl_s * 1000), KEEP_S,
            )  # fmt: skip
            taken, handed_over, note = await call
        if not taken:
            return None
        deadline = asked + 0.9 * ttl_s
        owned = Ownership(job, fence)
        return cls(client, owned, holder, ttl_s, note.decode(), bool(handed_over), deadline)

    @classmethod
    async def acquire(
        cls, client: "redis.asyncio.Redis", job: str, *, holder: str, ttl_s: float
    ) -> Self | None:
        """Reserves and takes in one go."""
        fence = await reserve(client, job)
        return await cls.take(client, job, fence=fence, holder=holder, ttl_s=ttl_s)

    def valid(self) -> bool:
        return time.monotonic() < self._deadline

    async def keep(self, note: Callable[[], str]) -> None:
        """Renews for ever. Raises `NotOwner` once somebody else took the lease, or when Redis does
        not answer for longer than it holds."""
        while True:
            await asyncio.sleep(self.ttl_s / 4 if self.valid() else 0)
            asked = time.monotonic()
            try:
                held = await self._renew(note())
            except LogUnreachable:
                if self.valid():
                    continue
                raise NotOwner(f"{self.ownership} could not be renewed in time") from None
            if not held:
                raise NotOwner(f"{self.ownership} was taken over")
            self._deadline = asked + 0.9 * self.ttl_s

    async def leave(self) -> None:
        """Says that a successor may take the lease over from now on."""
        with reaching_redis():
            name = f"{lease_key(self.ownership.job)}:left"
            await self.client.set(name, self.ownership.fence, ex=LEAVING_S)

    async def _renew(self, note: str) -> bool:
        name, fence = lease_key(self.ownership.job), self.ownership.fence
        with reaching_redis():
            call: Any = self.client.eval(
                _RENEW, 3, name, f"{name}:note", last_owner_key(name),
                f"{fence}:{self.holder}", int(self.ttl_s * 1000), note, KEEP_S, fence,
            )  # fmt: skip
            return bool(await call)

    async def release(self, note: str) -> None:
        """Lets go at once, leaving a last note; nothing happens if the lease is not ours."""
        if await self._renew(note):
            call: Any = self.client.eval(_RELEASE, 1, lease_key(self.ownership.job), self.holder)
            with reaching_redis():
                await call


_FREE = """
-- KEYS: lease, note, left of each job in turn
local free = {}
for i = 1, #KEYS, 3 do
  local held = redis.call('GET', KEYS[i])
  if not held or string.match(held, '^%d+') == redis.call('GET', KEYS[i + 2]) then
    free[#free + 1] = {(i - 1) / 3, redis.call('GET', KEYS[i + 1]) or ''}
  end
end
return free
"""


def _free_call(jobs: list[str]) -> list[str]:
    return [f"{lease_key(job)}{part}" for job in jobs for part in ("", ":note", ":left")]


def missing(client: "redis.Redis", jobs: list[str]) -> dict[str, str]:
    """The jobs of one session that nobody owns, or whose owner leaves, each with its note."""
    keys = _free_call(jobs)
    with reaching_redis():
        answer: Any = client.eval(_FREE, len(keys), *keys)
    return {jobs[int(place)]: note.decode() for place, note in answer}


async def missing_now(client: "redis.asyncio.Redis", jobs: list[str]) -> dict[str, str]:
    """`missing` for callers with an event loop."""
    keys = _free_call(jobs)
    with reaching_redis():
        call: Any = client.eval(_FREE, len(keys), *keys)
        answer = await call
    return {jobs[int(place)]: note.decode() for place, note in answer}


def free(client: "redis.Redis", job: str, holder: str) -> bool:
    """Frees the lease of a holder that died. For the worker's main process."""
    with reaching_redis():
        return bool(client.eval(_RELEASE, 1, lease_key(job), holder))
