"""The languages of a session that one process speaks, over Redis and LiveKit, each for as long as a
lease of ours says so."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from translation import names
from translation.errors import NotOwner, TransportError
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.channel import Channel
from translation.jobs.channel_tools import ChannelTools
from translation.jobs.engines import Engines
from translation.jobs.lease import DONE, Lease, missing_now, reserve
from translation.jobs.owned import Host, failures_told, owning, told_to_leave
from translation.log.presence import Heard, Vitals
from translation.log.redis_streams import RedisDrafts, RedisLog
from translation.ports import FloorSource, Microphones, Synthesiser
from translation.transport.booth_microphones import BoothMicrophones
from translation.transport.livekit_room import CHANNEL_RATE_HZ, ListenerRooms, StageFloor
from translation.values import Plan, SessionState, Stage

log = logging.getLogger(__name__)

FAILED_REST_S = 1.0


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
    async with told_to_leave(host) as leaving:
        try:
            while True:
                for language in [tag for tag, task in running.items() if task.done()]:
                    _tell_end(language, running.pop(language))
                    resting[language] = now() + FAILED_REST_S
                tired = {tag for tag, until_s in resting.items() if until_s > now()}
                plan = await session_log.plan()
                if plan is not None and not leaving.is_set():
                    unowned = await _unowned(host, plan, tired | set(running))
                    for language in unowned[: host.languages_most - len(running)]:
                        running[language] = asyncio.create_task(
                            _speak(host, session_log, plan, language, leaving, channels),
                            name=f"channel {language}",
                        )
                if not running and (leaving.is_set() or not tired):
                    return
                voices = await close_unused(host.engines, voices, channels.values())
                if running:
                    await asyncio.wait(
                        running.values(), timeout=1.0, return_when=asyncio.FIRST_COMPLETED
                    )
                else:
                    await asyncio.sleep(FAILED_REST_S)
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
    clock = SessionClock(plan.epoch_s)
    async with failures_told(session_log, Stage.SPEAK, language, clock.now):
        await _own(host, session_log, plan, language, clock, leaving, channels)


async def _own(
    host: Host,
    session_log: RedisLog,
    plan: Plan,
    language: str,
    clock: SessionClock,
    leaving: asyncio.Event,
    channels: dict[str, Channel],
) -> None:
    """Publishes first, under a reserved number, then takes the lease: where the owner before
    still plays, listeners change over without a gap. While it works it is one of `channels`."""
    job = names.channel_job(plan.session_id, language)
    fence = await reserve(host.redis, job)
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
        # What is not built yet would hold up every channel of this process, and listeners who have
        # changed over to a publisher that does not speak yet.
        await asyncio.to_thread(host.engines.synthesiser, language, plan.engines)
        await asyncio.to_thread(host.serves, plan.spoken_language, language, plan.engines)
        with suppress(TransportError):  # the channel says so and goes on trying
            await sink.carry(next(c.shards for c in plan.channels if c.language == language))
        lease = await Lease.take(
            host.redis, job, fence=fence, holder=host.holder, ttl_s=host.lease_ttl_s
        )
        if lease is None:
            return
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
            await owning(lease, channel.run(), channel.note, channel.stepping_down)
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
