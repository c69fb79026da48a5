"""Celery tasks that interpret: the long jobs, each in a process of its own, and translations.

A jobs worker's children load what a job needs before they have one: an idle child is the warm
pool. A translating child keeps one event loop and its engines open for as long as it lives.
"""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import Any

from billiard.exceptions import WorkerLostError
from celery import shared_task
from celery.signals import (
    task_failure,
    worker_init,
    worker_process_init,
    worker_process_shutdown,
    worker_shutting_down,
)

from interpret import wiring
from interpret.env import env
from interpret.placer import (
    CeleryTranslations,
    has_begun,
    placing_key,
    tell_language,
    wanted_jobs,
)
from translation.engines.duty import duty_of
from translation.errors import InterpretError
from translation.log.presence import Vitals
from translation.log.redis_streams import (
    BlockingRedisLog,
    RedisDrafts,
    RedisLog,
    reaching_redis,
)
from translation.path.numbers import in_words
from translation.path.translate import translate_draft as draft_in_all_languages
from translation.path.translate import translate_segment as segment_in_all_languages
from translation.priority import go_first
from translation.values import Draft

log = logging.getLogger(__name__)

RECOGNISER_NICENESS = 10
"""Recognition takes what the cores give; a track that waits for a core is heard to stumble."""


@shared_task(bind=True)
def run_floor(self: Any, session_id: str) -> None:
    os.nice(RECOGNISER_NICENESS)
    _run_job("run_floor", session_id, self.request.id)


@shared_task(bind=True)
def run_channels(self: Any, session_id: str) -> None:
    go_first()
    _run_job("run_channels", session_id, self.request.id)


def _run_job(name: str, session_id: str, holder: str) -> None:
    """Runs in a worker's child. What ends it for a known reason is told in one line."""
    # livekit.rtc must not be imported before the fork
    from translation.jobs.channel_job import run_channels as speak
    from translation.jobs.floor_job import run_floor as listen
    from translation.jobs.owned import Host

    work = {"run_floor": listen, "run_channels": speak}[name]

    has_begun(wiring.blocking_redis(), session_id, name)

    async def job() -> None:
        client = wiring.async_redis(patient=True)
        host = Host(
            redis=client,
            passes=wiring.media(),
            engines=wiring.engines(),
            translations=CeleryTranslations(),
            holder=holder,
            lease_ttl_s=env().lease_ttl_s,
            languages_most=env().languages_per_channel_job,
            serves=wiring.supports,
            recognises=wiring.recognises,
            tell_language=tell_language,
            place=wiring.parts().jobs.place,
            told_to_leave=partial(_told_to_leave, client),
        )
        task = asyncio.current_task()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # type: ignore[union-attr]
        try:
            await work(host, session_id)
        finally:
            await wiring.close_voices()
            await client.aclose()

    try:
        asyncio.run(job())
    except InterpretError as error:
        log.warning("%s of session %s ended: %s", name, session_id, error)
    except asyncio.CancelledError:
        log.info("%s of session %s was told to end", name, session_id)


def _leaving_key() -> str:
    return f"interpret:leaving:{_worker}"


async def _told_to_leave(client: Any) -> bool:
    with reaching_redis():
        return bool(await client.exists(_leaving_key()))


# --- translations ---


@cache
def _runner() -> asyncio.Runner:
    """One event loop for the life of a child: engines keep their processes open on it."""
    return asyncio.Runner()


@cache
def _redis() -> Any:
    return wiring.async_redis()


@shared_task
def translate_segment(session_id: str, segment_id: int) -> None:
    async def work() -> None:
        session_log = RedisLog(_redis(), session_id)
        plan = await session_log.plan()
        if plan is None:
            return
        translator = wiring.translator_for(plan)
        await segment_in_all_languages(
            log=session_log, translator=translator, segment_id=segment_id, plan=plan
        )
        duty = duty_of(translator)
        if duty.chained:
            await Vitals(_redis(), session_id).report("translation", duty.facts())

    _translate(work())


@shared_task
def translate_draft(session_id: str, segment_id: int, language: str, text: str) -> None:
    """`language`: of the text."""

    async def work() -> None:
        session_log = RedisLog(_redis(), session_id)
        plan = await session_log.plan()
        if plan is None:
            return
        await draft_in_all_languages(
            log=session_log,
            drafts=RedisDrafts(_redis(), session_id),
            translator=wiring.translator_for(plan),
            plan=plan,
            draft=Draft(segment_id, language, text),
        )

    _translate(work())


def _translate(work: Any) -> None:
    try:
        _runner().run(work)
    except InterpretError as error:
        log.warning("a translation is left to be ordered again: %s", error)


# --- the worker's processes ---

_worker = ""
"""The worker's name, `jobs@host`: it says what the children are for."""

LEAVING_S = 60


@worker_init.connect
def _learn_name(sender: Any = None, **_: Any) -> None:
    """In the main process; its children inherit the name, and what takes long to load."""
    global _worker
    _worker = str(getattr(sender, "hostname", ""))
    if _worker.startswith(("jobs", "translate")):
        in_words(1, "en")  # fifty languages of numbers
    if _worker.startswith("jobs"):
        wiring.blocking_redis().delete(_leaving_key())


@worker_shutting_down.connect
def _tell_jobs_to_leave(**_: Any) -> None:
    """A job lasts for hours: told to stop, a worker asks its jobs to hand over and end."""
    if _worker.startswith("jobs"):
        wiring.blocking_redis().set(_leaving_key(), 1, ex=LEAVING_S)


@worker_process_init.connect
def _warm_up(**_: Any) -> None:
    if _worker.startswith("jobs"):
        import translation.jobs.channel_job  # noqa: F401 - loads livekit.rtc

        _build(partial(wiring.warm_up_recogniser, "en"))
        _build(wiring.engines().voice_activity)
        _build(wiring.synthesiser)
    if _worker.startswith(("jobs", "translate")):
        _build(wiring.translator)
    settle()


def settle() -> None:
    """What is loaded stays: the garbage collector need not look through it again and again, which
    would hold up a track."""
    gc.collect()
    gc.freeze()


def _build(engine: Callable[[], object]) -> None:
    """Before a session waits for it. What is missing or fails is told where it is wanted."""
    with suppress(InterpretError):
        engine()


@worker_process_shutdown.connect
def _close_engines(**_: Any) -> None:
    if _runner.cache_info().currsize:
        _runner().run(wiring.close_translators())
        _runner().close()


@task_failure.connect
def _free_leases(
    sender: Any = None, task_id: str = "", exception: Any = None, args: Any = (), **_: Any
) -> None:
    """A child was killed: free exactly its leases and ask for a successor, at once. Runs in the
    worker's main process."""
    name = getattr(sender, "name", "")
    if not isinstance(exception, WorkerLostError) or not name.startswith("interpret.jobs.run_"):
        return
    from translation.jobs.lease import free

    client, session_id = wiring.blocking_redis(), args[0]
    plan = BlockingRedisLog(client, session_id).plan()
    if plan is not None:
        for job, task in wanted_jobs(plan).items():
            free(client, job, task_id)
            client.delete(placing_key(session_id, task))
        wiring.parts().jobs.place(session_id)
