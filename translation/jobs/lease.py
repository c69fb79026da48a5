"""Who owns a job: a short lease in Redis with a fencing number.

Celery only places jobs; the lease decides. It is renewed every quarter of its life; before
anything audible the owner asks `valid()`, which looks at its own clock alone: time of the last
renewal + 0.9 of the lease's life. A process that was stopped and woken is silent at once.
The owner leaves a note with every renewal (how far it got); its successor reads it.
A successor may also take the lease over from a living owner that asked for one (`after`).
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import redis
import redis.asyncio

from translation.errors import LogUnreachable, NotOwner
from translation.log.redis_streams import KEEP_S, lease_key, reaching_redis
from translation.ports import Ownership

_ACQUIRE = """
-- KEYS: lease, fence, note   ARGV: holder, ttl ms, fence to take over from or '', keep s
local held = redis.call('GET', KEYS[1])
if held and string.match(held, '^%d+') ~= ARGV[3] then return {0, ''} end
local fence = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[4])
redis.call('SET', KEYS[1], fence .. ':' .. ARGV[1], 'PX', ARGV[2])
local note = redis.call('GET', KEYS[3]) or ''
redis.call('DEL', KEYS[3])
return {fence, note}
"""
_RENEW = """
-- KEYS: lease, note   ARGV: value, ttl ms, note, keep s
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
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


@dataclass(eq=False)
class Lease:
    """A lease that is held. `holder` is the Celery task's id, so that the worker which sees a
    child die can free exactly that child's lease."""

    client: "redis.asyncio.Redis"
    ownership: Ownership
    holder: str
    ttl_s: float
    predecessors_note: str
    _deadline: float

    @classmethod
    async def acquire(
        cls,
        client: "redis.asyncio.Redis",
        job: str,
        *,
        holder: str,
        ttl_s: float,
        after: int | None = None,
    ) -> Self | None:
        """None while somebody else holds it."""
        name, asked = lease_key(job), time.monotonic()
        with reaching_redis():
            call: Any = client.eval(
                _ACQUIRE, 3, name, f"{name}:fence", f"{name}:note",
                holder, int(ttl_s * 1000), after or "", KEEP_S,
            )  # fmt: skip
            fence, note = await call
        if not fence:
            return None
        return cls(client, Ownership(job, fence), holder, ttl_s, note.decode(), asked + 0.9 * ttl_s)

    def valid(self) -> bool:
        return time.monotonic() < self._deadline

    async def keep(self, note: Callable[[], str]) -> None:
        """Renews for ever. Raises `NotOwner` once the lease is lost: expired or taken over."""
        while True:
            await asyncio.sleep(self.ttl_s / 4)
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

    async def _renew(self, note: str) -> bool:
        name = lease_key(self.ownership.job)
        value = f"{self.ownership.fence}:{self.holder}"
        with reaching_redis():
            call: Any = self.client.eval(
                _RENEW, 2, name, f"{name}:note", value, int(self.ttl_s * 1000), note, KEEP_S
            )
            return bool(await call)

    async def release(self, note: str) -> None:
        """Lets go at once, leaving a last note; nothing happens if the lease is not ours."""
        if await self._renew(note):
            call: Any = self.client.eval(_RELEASE, 1, lease_key(self.ownership.job), self.holder)
            with reaching_redis():
                await call


def missing(client: "redis.Redis", jobs: list[str]) -> dict[str, str]:
    """The jobs that nobody owns, each with its last owner's note."""
    if not jobs:
        return {}
    with reaching_redis():
        held: list[Any] = client.mget([lease_key(job) for job in jobs])
        notes: list[Any] = client.mget([f"{lease_key(job)}:note" for job in jobs])
    return {
        job: (note or b"").decode()
        for job, owner, note in zip(jobs, held, notes, strict=True)
        if owner is None
    }


def free(client: "redis.Redis", job: str, holder: str) -> bool:
    """Frees the lease of a holder that died. For the worker's main process."""
    with reaching_redis():
        return bool(client.eval(_RELEASE, 1, lease_key(job), holder))
