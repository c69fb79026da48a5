"""Jobs as they run for real: owned by leases, over Redis and LiveKit, one process each.

`run_floor` and `run_channels` are what Celery places. Both may be asked for twice: who finds no
lease free has nothing to do.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import redis.asyncio

from translation import names
from translation.choice import Wishes
from translation.errors import InterpretError, LogUnreachable, NotOwner, TransportError
from translation.flow import SessionClock, cancel_and_wait, retrying
from translation.jobs.channel import Channel
from translation.jobs.channel_tools import ChannelTools
from translation.jobs.engines import Engines
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.lease import DONE, Lease, missing_now, reserve
from translation.log.presence import Heard, Vitals
from translation.log.redis_streams import RedisDrafts, RedisLog
from translation.path.listen import RATE_HZ
from translation.ports import (
    FloorSource,
    Microphones,
    Ownership,
    Passes,
    Synthesiser,
    Translations,
)
from translation.transport.booth_microphones import BoothMicrophones
from translation.transport.livekit_room import CHANNEL_RATE_HZ, ListenerRooms, StageFloor
from translation.values import Drained, Plan, Segment, SessionState, Stage, Trouble

log = logging.getLogger(__name__)

FAILED_REST_S = 1.0
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


async def run_floor(host: Host, session_id: str) -> None:
    """Listens for the session until it is paused or ended, or this worker is stopped: then it
    commits what was said and lets a successor go on."""
    job = names.floor_job(session_id)
    lease = await Lease.acquire(host.redis, job, holder=host.holder, ttl_s=host.lease_ttl_s)
    if lease is None:
        return
    async with _told_to_leave(host) as leaving:
        session_log = RedisLog(host.redis, session_id)
        listening = _listen(host, session_log, session_id, lease.ownership, leaving)
        await _owning(lease, listening, lambda: "", asyncio.Event())
        if leaving.is_set():
            await asyncio.to_thread(host.place, session_id)


@asynccontextmanager
async def _told_to_leave(host: Host) -> AsyncIterator[asyncio.Event]:
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


async def _listen(
    host: Host, session_log: RedisLog, session_id: str, owner: Ownership, leaving: asyncio.Event
) -> None:
    plan, last_id, drained, position = None, 0, False, ""
    while logged := await session_log.read(after=position):
        position = logged[-1].position
        for each in logged:
            match each.entry:
                case Plan():
                    plan = each.entry
                    drained = drained and plan.state != SessionState.LIVE
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
        # A model that is not loaded yet would hold up the lease.
        await asyncio.to_thread(host.engines.ear, plan.spoken_language, plan.engines)
        identity = names.floor_identity(owner.fence)
        token = partial(host.passes.floor_token, session_id, identity)
        source = await StageFloor.join(
            url=host.passes.url, token=token, clock=clock, rate_hz=RATE_HZ
        )
        tools = FloorTools(
            log=session_log, drafts=RedisDrafts(host.redis, session_id),
            ear=host.engines.ear, source=source,
            translations=host.translations, vitals=Vitals(host.redis, session_id), clock=clock,
            identifier=host.engines.identifier,
            tell_language=partial(host.tell_language, session_id),
        )  # fmt: skip
        await _works_again(session_log, session_id, owner, clock)
        floor = Floor(plan, tools, owner=owner, last_id=last_id, position=position, leaving=leaving)
        await floor.run()
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
    channels: dict[str, Channel] = {}
    voices: list[Synthesiser] = []
    resting: dict[str, float] = {}
    now = asyncio.get_running_loop().time
    async with _told_to_leave(host) as leaving:
        try:
            while True:
                for language in [tag for tag, task in running.items() if task.done()]:
                    _tell_end(language, running.pop(language))
                    resting[language] = now() + FAILED_REST_S
                plan = await session_log.plan()
                if plan is not None and not leaving.is_set():
                    tired = {tag for tag, until_s in resting.items() if until_s > now()}
                    unowned = await _unowned(host, plan, tired | set(running))
                    for language in unowned[: host.languages_most - len(running)]:
                        running[language] = asyncio.create_task(
                            _speak(host, session_log, plan, language, leaving, channels),
                            name=f"channel {language}",
                        )
                if not running:
                    return
                voices = await close_unused(host.engines, voices, channels.values())
                await asyncio.wait(
                    running.values(), timeout=1.0, return_when=asyncio.FIRST_COMPLETED
                )
        finally:
            await cancel_and_wait(*running.values())


async def close_unused(
    engines: Engines, before: list[Synthesiser], channels: Iterable[Channel]
) -> list[Synthesiser]:
    """The voices in use now; those that were and are no more are closed."""
    used = [voice for channel in channels for voice in channel.voices]
    if any(all(voice is not one for one in used) for voice in before):
        await engines.close_voices_but(used)
    return used


def _tell_end(language: str, task: "asyncio.Task[None]") -> None:
    error = task.exception() if not task.cancelled() else None
    if error is not None and not isinstance(error, NotOwner):
        log.error("the channel in %s failed and is tried again", language, exc_info=error)


async def _unowned(host: Host, plan: Plan, but: set[str]) -> list[str]:
    """Languages that nobody speaks; of an ended session only those that did not come to their
    end."""
    jobs = {
        names.channel_job(plan.session_id, channel.language): channel.language
        for channel in plan.channels
        if channel.language not in but
    }
    free = await missing_now(host.redis, list(jobs))
    ended = plan.state == SessionState.ENDED
    return [jobs[job] for job, note in free.items() if not (ended and note == DONE)]


async def _speak(
    host: Host,
    session_log: RedisLog,
    plan: Plan,
    language: str,
    leaving: asyncio.Event,
    channels: dict[str, Channel],
) -> None:
    """Publishes first, under a reserved number, then takes the lease: where the owner before
    still plays, listeners change over without a gap. While it works it is one of `channels`."""
    job = names.channel_job(plan.session_id, language)
    fence = await reserve(host.redis, job)
    clock = SessionClock(plan.epoch_s)
    sink = ListenerRooms(host.passes, plan.session_id, language, fence)

    async def stage() -> FloorSource:
        identity = f"listen.{language}.{fence}"
        token = partial(host.passes.stage_listen_token, plan.session_id, identity)
        return await StageFloor.join(
            url=host.passes.url, token=token, clock=clock, rate_hz=CHANNEL_RATE_HZ
        )

    async def microphones() -> Microphones:
        identity = f"booth.{language}.{fence}"
        return await BoothMicrophones.join(
            url=host.passes.url,
            token=partial(host.passes.stage_listen_token, plan.session_id, identity),
            voice_activity=host.engines.voice_activity,
        )

    try:
        with suppress(TransportError):  # the channel says so and goes on trying
            await sink.carry(next(c.shards for c in plan.channels if c.language == language))
        lease = await Lease.take(
            host.redis, job, fence=fence, holder=host.holder, ttl_s=host.lease_ttl_s
        )
        if lease is None:
            return
        # What is not built yet would hold up every channel of this process.
        await asyncio.to_thread(host.engines.synthesiser, language, plan.engines)
        await asyncio.to_thread(host.serves, plan.spoken_language, language, plan.engines)
        tools = ChannelTools(
            log=session_log, drafts=RedisDrafts(host.redis, plan.session_id),
            translations=host.translations, vitals=Vitals(host.redis, plan.session_id),
            attentive=Heard(host.redis, plan.session_id),
            synthesiser=partial(host.engines.synthesiser, language),
            sink=sink, clock=clock, stage=stage, microphones=microphones,
            serves=lambda spoken, wishes: host.serves(spoken, language, wishes),
            ear=host.engines.ear, recognises=partial(host.recognises, language),
            condenser=host.engines.condenser(), identifier=host.engines.identifier,
            may_play=lease.valid,
        )  # fmt: skip
        channel = Channel(
            plan, language, tools,
            owner=lease.ownership, note=lease.predecessors_note, handed_over=lease.handed_over,
        )  # fmt: skip
        handing_over = asyncio.create_task(
            _hand_over(host, plan.session_id, lease, channel, leaving), name=f"leave {language}"
        )
        channels[language] = channel
        try:
            await _owning(lease, channel.run(), channel.note, channel.stepping_down)
        finally:
            del channels[language]
            await cancel_and_wait(handing_over)
    finally:
        await sink.aclose()


async def _hand_over(
    host: Host, session_id: str, lease: Lease, channel: Channel, leaving: asyncio.Event
) -> None:
    """Once this worker is being stopped: offers the language to a successor."""
    await leaving.wait()
    channel.stepping_down.set()
    await lease.leave()
    await asyncio.to_thread(host.place, session_id)


async def _owning(
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
