"""Asks Celery for work: jobs where a session's lease is free, translations where text is new.

Only names of tasks are known here, so that Django can ask without importing what does the work.
"""

import asyncio
import time

import redis
from kombu.exceptions import OperationalError

from interpret.celery import app
from translation import names
from translation.errors import LogUnreachable
from translation.jobs.lease import DONE, missing
from translation.log.redis_streams import KEEP_S, BlockingRedisLog, key, reaching_redis
from translation.values import Draft, Plan, SessionState

JOB_EXPIRES_S = 10
TRANSLATION_EXPIRES_S = 10
DRAFT_EXPIRES_S = 1
LANGUAGE_EXPIRES_S = 5


def wanted_jobs(plan: Plan) -> dict[str, str]:
    """Job -> the task that does it."""
    jobs = {names.channel_job(plan.session_id, c.language): "run_channels" for c in plan.channels}
    return {names.floor_job(plan.session_id): "run_floor", **jobs}


def tasks_to_send(plan: Plan, free: dict[str, str]) -> set[str]:
    """`free`: jobs nobody owns, each with its last owner's note. What has come to its end is
    wanted again only while the session is live (the floor) or not ended (a channel)."""
    tasks = set()
    for job, task in wanted_jobs(plan).items():
        if job not in free:
            continue
        rests = plan.state == SessionState.ENDED or task == "run_floor"
        if plan.state == SessionState.LIVE or not (rests and free[job] == DONE):
            tasks.add(task)
    return tasks


def placing_key(session_id: str, task: str) -> str:
    """There while a job is asked for and has not begun. Asking again would cost a warm process
    that finds nothing to do."""
    return key(session_id, f"placing:{task}")


def waiting_key(session_id: str) -> str:
    """Since when tasks were asked for that have not begun, in seconds since 1970."""
    return key(session_id, "waiting")


def has_begun(client: "redis.Redis", session_id: str, task: str) -> None:
    with reaching_redis():
        client.delete(placing_key(session_id, task))
        client.hdel(waiting_key(session_id), task)


class Placer:
    """`rooms.parts.Jobs`."""

    def __init__(self, client: "redis.Redis") -> None:
        self._redis = client

    def place(self, session_id: str) -> None:
        plan = BlockingRedisLog(self._redis, session_id).plan()
        if plan is None:
            return
        for task in tasks_to_send(plan, missing(self._redis, list(wanted_jobs(plan)))):
            with reaching_redis():
                first = self._redis.set(placing_key(session_id, task), 1, nx=True, ex=JOB_EXPIRES_S)
                self._redis.hsetnx(waiting_key(session_id), task, time.time())
                self._redis.expire(waiting_key(session_id), KEEP_S)
            if first:
                _send(f"interpret.jobs.{task}", session_id, expires_s=JOB_EXPIRES_S)

    def waits_s(self, session_id: str) -> float:
        with reaching_redis():
            since = self._redis.hvals(waiting_key(session_id))
        return max((time.time() - float(each) for each in since), default=0.0)


class CeleryTranslations:
    """`translation.ports.Translations`: sends from a thread, for the broker may be slow."""

    async def order(self, session_id: str, segment_id: int) -> None:
        await asyncio.to_thread(
            _send, "interpret.jobs.translate_segment", session_id, segment_id,
            expires_s=TRANSLATION_EXPIRES_S,
        )  # fmt: skip

    async def order_draft(self, session_id: str, draft: Draft) -> None:
        await asyncio.to_thread(
            _send, "interpret.jobs.translate_draft", session_id, draft.segment_id,
            draft.language, draft.text, expires_s=DRAFT_EXPIRES_S,
        )  # fmt: skip


async def tell_language(session_id: str, language: str) -> None:
    """Asks for a plan that says what the floor was found to speak."""
    task = "rooms.tasks.note_floor_language"
    await asyncio.to_thread(_send, task, session_id, language, expires_s=LANGUAGE_EXPIRES_S)


def _send(task: str, *arguments: object, expires_s: int) -> None:
    """What was said must not show in any log or event: `argsrepr` is what those show."""
    try:
        app.send_task(task, args=arguments, expires=expires_s, argsrepr="…", kwargsrepr="{}")
    except OperationalError as error:
        raise LogUnreachable("the broker does not answer; is Redis running?") from error
