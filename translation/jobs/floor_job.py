"""A session's floor, over Redis and LiveKit, for as long as a lease of ours says so."""

import asyncio
from functools import partial

from translation import names
from translation.flow import SessionClock
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.floor_log import FloorLog
from translation.jobs.lease import Lease
from translation.jobs.owned import Host, failures_told, owning, told_to_leave
from translation.log.presence import Vitals
from translation.log.redis_streams import RedisDrafts, RedisLog
from translation.path.listen import RATE_HZ
from translation.ports import Ownership
from translation.transport.livekit_room import StageFloor
from translation.values import Drained, FloorActivity, SessionState, Stage


async def run_floor(host: Host, session_id: str) -> None:
    """Listens for the session until it is paused or ended, or this worker is stopped: then it
    commits what was said and lets a successor go on."""
    job = names.floor_job(session_id)
    lease = await Lease.acquire(host.redis, job, holder=host.holder, ttl_s=host.lease_ttl_s)
    if lease is None:
        return
    async with told_to_leave(host) as leaving:
        session_log = RedisLog(host.redis, session_id)
        listening = _listen(host, session_log, lease.ownership, leaving)
        await owning(lease, listening, lambda: "", asyncio.Event())
        if leaving.is_set():
            await asyncio.to_thread(host.place, session_id)


async def _listen(
    host: Host, session_log: RedisLog, owner: Ownership, leaving: asyncio.Event
) -> None:
    begin = await FloorLog.read(session_log)
    if begin is None:
        return
    clock = SessionClock(begin.plan.epoch_s)
    if begin.plan.state == SessionState.LIVE:
        async with failures_told(session_log, Stage.LISTEN, "", clock.now):
            await _listen_live(host, session_log, begin, clock, owner, leaving)
    elif not begin.drained:
        if begin.speaking:
            await session_log.append(FloorActivity(False, clock.now()), owner=owner)
        await session_log.append(Drained(begin.last_id, clock.now()), owner=owner)


async def _listen_live(
    host: Host,
    session_log: RedisLog,
    begin: FloorLog,
    clock: SessionClock,
    owner: Ownership,
    leaving: asyncio.Event,
) -> None:
    session_id = begin.plan.session_id
    identity = names.floor_identity(owner.fence)
    source = await StageFloor.join(
        url=host.passes.url,
        token=partial(host.passes.floor_token, session_id, identity),
        clock=clock,
        rate_hz=RATE_HZ,
    )
    try:
        tools = FloorTools(
            log=session_log, drafts=RedisDrafts(host.redis, session_id),
            ear=host.engines.ear, source=source,
            translations=host.translations, vitals=Vitals(host.redis, session_id), clock=clock,
            identifier=host.engines.identifier,
            tell_language=partial(host.tell_language, session_id),
        )  # fmt: skip
        await Floor(begin, tools, owner=owner, leaving=leaving).run()
    finally:
        await source.aclose()
