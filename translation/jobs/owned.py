"""Jobs as they run for real: owned by leases, over Redis and LiveKit, one process each.

Celery places them (`floor_job`, `channel_job`). Each may be asked for twice: who finds no lease
free has nothing to do.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import redis.asyncio

from translation.choice import Wishes
from translation.errors import InterpretError, LogUnreachable, NotOwner, as_ours
from translation.flow import cancel_and_wait, retrying
from translation.jobs.engines import Engines
from translation.jobs.lease import DONE, Lease
from translation.ports import Passes, SessionLog, Translations
from translation.values import Stage, Trouble

log = logging.getLogger(__name__)

ASK_EVERY_S = 1.0
OVERLAP_S = 0.6
"""A successor publishes before it takes over; for so long both are there, then listeners have
changed over."""

NO_SUCCESSOR_S = 4.0
"""A job that is told to leave waits so long for a successor, then ends all the same."""


@dataclass(frozen=True, slots=True)
class Host:
    """What every job of a worker process needs. `place` asks for a session's missing jobs
    (blocking); `told_to_leave`: this worker is being stopped. `serves`: can the machine speak a
    language (second) while the floor speaks another (first)? `recognises`: is there an engine that
    understands a language? Both by a plan's wishes. `tell_language` asks for a plan of a session
    (first) that says what its floor was found to speak (second)."""

    redis: "redis.asyncio.Redis"
    passes: Passes
    engines: Engines
    translations: Translations
    holder: str
    lease_ttl_s: float
    languages_most: int
    serves: Callable[[str, str, Wishes], bool]
    recognises: Callable[[str, Wishes], bool]
    tell_language: Callable[[str, str], Awaitable[None]]
    place: Callable[[str], None]
    told_to_leave: Callable[[], Awaitable[bool]]


@asynccontextmanager
async def told_to_leave(host: Host) -> AsyncIterator[asyncio.Event]:
    """An event that is set once this worker is being stopped."""
    leaving = asyncio.Event()

    async def ask() -> None:
        while not await host.told_to_leave():  # noqa: ASYNC110 - the answer is in Redis
            await asyncio.sleep(ASK_EVERY_S)
        leaving.set()

    asking = asyncio.create_task(retrying(ask, retry_on=(LogUnreachable,)), name="ask-to-leave")
    try:
        yield leaving
    finally:
        await cancel_and_wait(asking)


async def owning(
    lease: Lease,
    work: Coroutine[Any, Any, None],
    note: Callable[[], str],
    stepping_down: asyncio.Event,
) -> None:
    """Works while the lease is ours, and lets go of it in the end, whatever the end is. When
    stepping down, it works on until a successor has taken over and is heard."""
    working = asyncio.create_task(work, name=f"work {lease.ownership.job}")
    keeping = asyncio.create_task(lease.keep(note), name="keep-lease")
    waiting = asyncio.create_task(stepping_down.wait(), name="stepping-down")
    last = ""
    try:
        await asyncio.wait([working, keeping, waiting], return_when=asyncio.FIRST_COMPLETED)
        if waiting.done() and not working.done():
            await asyncio.wait(
                [working, keeping], timeout=NO_SUCCESSOR_S, return_when=asyncio.FIRST_COMPLETED
            )
            if keeping.done():
                await asyncio.wait([working], timeout=OVERLAP_S)
            return
        if keeping.done():
            keeping.result()
        await working
        last = DONE
    finally:
        last = last or note()
        await cancel_and_wait(working, keeping, waiting)
        try:
            await lease.release(last)
        except InterpretError as error:
            log.warning("a lease could not be let go and will expire: %s", error)


@asynccontextmanager
async def failures_told(
    session_log: SessionLog, stage: Stage, language: str, now_s: Callable[[], float]
) -> AsyncIterator[None]:
    """Whatever ends the work but a change of owner is told to the organizer, and goes on."""
    try:
        yield
    except NotOwner:
        raise
    except Exception as error:
        message = str(as_ours(error, "the job"))
        with suppress(InterpretError):
            await session_log.append(Trouble(stage, language, message, now_s()))
        raise
