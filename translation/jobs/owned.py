"""Jobs as they run for real: owned by leases, over Redis and LiveKit, one process each.

`run_floor` and `run_channels` are what Celery places. Both may be asked for twice: who finds no
lease free has nothing to do.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import redis.asyncio

from translation import names
from translation.errors import InterpretError, NotOwner
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.channel import Channel, ChannelTools
from translation.jobs.engines import Engines
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.lease import DONE, Lease
from translation.log.presence import Heard, Vitals
from translation.log.redis_streams import RedisDrafts, RedisLog
from translation.path.listen import RATE_HZ, Ear
from translation.ports import (
    FloorSource,
    Ownership,
    Passes,
    Translations,
)
from translation.transport.livekit_room import CHANNEL_RATE_HZ, ListenerRooms, StageFloor
from translation.values import Drained, Plan, Segment, SessionState, Stage, Trouble

log = logging.getLogger(__name__)

FAILED_REST_S = 1.0


@dataclass(frozen=True, slots=True)
class Host:
    """What every job of a worker process needs."""

    redis: "redis.asyncio.Redis"
    passes: Passes
    engines: Engines
    translations: Translations
    holder: str
    lease_ttl_s: float
    languages_most: int


async def run_floor(host: Host, session_id: str) -> None:
    """Listens for the session until it is paused or ended."""
    session_log = RedisLog(host.redis, session_id)
    job = names.floor_job(session_id)
    lease = await Lease.acquire(host.redis, job, holder=host.holder, ttl_s=host.lease_ttl_s)
    if lease is None:
        return
    await _owning(
        lease, lambda: "", partial(_listen, host, session_log, session_id, lease.ownership)
    )


async def _listen(host: Host, session_log: RedisLog, session_id: str, owner: Ownership) -> None:
    plan, last_id, drained, position = None, 0, False, ""
    while logged := await session_log.read(after=position):
        position = logged[-1].position
        for each in logged:
            match each.entry:
                case Plan():
                    plan, drained = each.entry, False
                case Segment():
                    last_id = max(last_id, each.entry.id)
                case Drained():
                    drained = True
    if plan is None or (plan.state != SessionState.LIVE and drained):
        return
    clock = SessionClock(plan.epoch_s)
    if plan.state != SessionState.LIVE:
        await session_log.append(Drained(last_id, clock.now()), owner=owner)
        return
    source: StageFloor | None = None
    try:
        ear = Ear(
            recogniser=host.engines.recogniser(plan.source_language),
            voice_activity=host.engines.voice_activity(),
            language=plan.source_language,
        )
        identity = names.floor_identity(owner.fence)
        token = partial(host.passes.floor_token, session_id, identity)
        source = await StageFloor.join(
            url=host.passes.url, token=token, clock=clock, rate_hz=RATE_HZ
        )
        tools = FloorTools(
            log=session_log, drafts=RedisDrafts(host.redis, session_id), ear=ear, source=source,
            translations=host.translations, vitals=Vitals(host.redis, session_id), clock=clock,
        )  # fmt: skip
        await _works_again(session_log, session_id, owner, clock)
        await Floor(plan, tools, owner=owner, last_id=last_id, position=position).run()
    except InterpretError as error:
        if not isinstance(error, NotOwner):
            trouble = Trouble(Stage.LISTEN, "", str(error), clock.now())
            await session_log.append(trouble, owner=owner)
        raise
    finally:
        if source is not None:
            await source.aclose()


async def _works_again(
    session_log: RedisLog, session_id: str, owner: Ownership, clock: SessionClock
) -> None:
    await session_log.append(Trouble(Stage.LISTEN, "", "", clock.now()), owner=owner)


async def run_channels(host: Host, session_id: str) -> None:
    """Speaks every language of the session that nobody speaks yet, up to `languages_most`, and
    goes on as long as there is one left. A language that fails is tried again; the others do not
    notice."""
    session_log = RedisLog(host.redis, session_id)
    running: dict[str, asyncio.Task[None]] = {}
    resting: dict[str, float] = {}
    now = asyncio.get_running_loop().time
    try:
        while True:
            for language in [tag for tag, task in running.items() if task.done()]:
                _tell_end(language, running.pop(language))
                resting[language] = now() + FAILED_REST_S
            plan = await session_log.plan()
            tired = {tag for tag, until_s in resting.items() if until_s > now()}
            if plan is not None:
                await _claim(host, session_log, plan, running, tired)
            if not running:
                return
            await asyncio.wait(running.values(), timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancel_and_wait(*running.values())


def _tell_end(language: str, task: "asyncio.Task[None]") -> None:
    error = task.exception() if not task.cancelled() else None
    if error is not None and not isinstance(error, NotOwner):
        log.error("the channel in %s failed and is tried again", language, exc_info=error)


async def _claim(
    host: Host,
    session_log: RedisLog,
    plan: Plan,
    running: "dict[str, asyncio.Task[None]]",
    tired: set[str],
) -> None:
    """Takes on the languages that nobody owns; an ended session's only where they did not come to
    their end."""
    for channel in plan.channels:
        language = channel.language
        if language in running or language in tired or len(running) >= host.languages_most:
            continue
        job = names.channel_job(plan.session_id, language)
        lease = await Lease.acquire(host.redis, job, holder=host.holder, ttl_s=host.lease_ttl_s)
        if lease is None:
            continue
        if plan.state == SessionState.ENDED and lease.predecessors_note == DONE:
            await lease.release(DONE)
            continue
        work = _speak(host, session_log, plan, language, lease)
        running[language] = asyncio.create_task(work, name=f"channel {language}")


async def _speak(
    host: Host, session_log: RedisLog, plan: Plan, language: str, lease: Lease
) -> None:
    clock = SessionClock(plan.epoch_s)
    sink = ListenerRooms(host.passes, plan.session_id, language, lease.ownership.fence)

    async def stage() -> FloorSource:
        identity = f"listen.{language}.{lease.ownership.fence}"
        token = partial(host.passes.stage_listen_token, plan.session_id, identity)
        return await StageFloor.join(
            url=host.passes.url, token=token, clock=clock, rate_hz=CHANNEL_RATE_HZ
        )

    tools = ChannelTools(
        log=session_log, drafts=RedisDrafts(host.redis, plan.session_id),
        translations=host.translations, vitals=Vitals(host.redis, plan.session_id),
        attentive=Heard(host.redis, plan.session_id), synthesiser=host.engines.synthesiser(),
        sink=sink, clock=clock, stage=stage, may_play=lease.valid,
    )  # fmt: skip
    channel = Channel(plan, language, tools, owner=lease.ownership, note=lease.predecessors_note)
    try:
        await _owning(lease, channel.note, channel.run)
    finally:
        await sink.aclose()


async def _owning(
    lease: Lease, note: Callable[[], str], work: Callable[[], Awaitable[None]]
) -> None:
    """Works while the lease is ours; lets go of it in the end, whatever the end is."""
    working = asyncio.ensure_future(work())
    keeping = asyncio.create_task(lease.keep(note), name="keep-lease")
    last = note()
    try:
        await asyncio.wait([working, keeping], return_when=asyncio.FIRST_COMPLETED)
        if keeping.done():
            keeping.result()
        await working
        last = DONE
    finally:
        if last != DONE:
            last = note()
        await cancel_and_wait(working, keeping)
        try:
            await lease.release(last)
        except InterpretError as error:
            log.warning("a lease could not be let go and will expire: %s", error)
