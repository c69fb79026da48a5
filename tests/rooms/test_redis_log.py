"""The same verbs over the session log in a real Redis."""

from collections import defaultdict

import pytest
import redis
from django.test import Client

from rooms.domain.deletion import delete_event
from rooms.domain.reconcile import archive_logs
from rooms.domain.sessions import create_session, end_session, pause_session, start_session
from rooms.models import LogEntry, Session
from rooms.parts import BlockingLog
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import Outside
from tests.servers import free_port
from translation.log.redis_streams import BlockingRedisLog
from translation.values import Plan, Segment, SessionState, Translation

pytestmark = pytest.mark.redis


class RedisLogs(defaultdict[str, BlockingLog]):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.client = redis.Redis.from_url(url)

    def __missing__(self, session_id: str) -> BlockingLog:
        return BlockingRedisLog(self.client, session_id)


@pytest.fixture
def logs(redis_url: str, outside: Outside) -> RedisLogs:
    outside.logs = logs = RedisLogs(redis_url)
    return logs


def test_every_change_of_a_session_stands_in_the_log(logs: RedisLogs, session: Session) -> None:
    for verb in (start_session, pause_session, start_session, end_session):
        session = verb(session=session)
    plans = [logged.entry for logged in logs[session.id].read()]
    assert [plan.state for plan in plans if isinstance(plan, Plan)] == [
        SessionState.LIVE,
        SessionState.PAUSED,
        SessionState.LIVE,
        SessionState.ENDED,
    ]


def test_what_is_archived_and_what_is_not_yet_are_one_transcript(
    logs: RedisLogs, live: Session, client: Client
) -> None:
    log = logs[live.id]
    log.append(Segment(1, "en", "one", 0.0, 1.0, 1.5))
    log.append(Translation(1, "es", "uno", "apertium", 1.6))
    log.append(Segment(2, "en", "two", 1.0, 2.0, 2.5))
    archive_logs()
    log.append(Translation(2, "es", "dos", "apertium", 2.6))
    items = send(client, "get", f"/sessions/{live.id}/captions?language=es").json()["items"]
    assert [(item["id"], item["text"]) for item in items] == [(1, "uno"), (2, "dos")]
    archive_logs()
    log.delete()
    assert LogEntry.objects.filter(session=live).count() == 5
    again = send(client, "get", f"/sessions/{live.id}/captions?language=es").json()["items"]
    assert again == items


def test_a_log_longer_than_a_batch_is_archived_whole(logs: RedisLogs, live: Session) -> None:
    log = logs[live.id]
    for number in range(1, 2002):
        log.append(Segment(number, "en", "x", number, number + 1, number + 1))
    archive_logs()
    assert LogEntry.objects.filter(session=live, kind="segment").count() == 2001


def test_without_redis_a_start_is_503_and_changes_nothing(
    outside: Outside, signed_in: Client, session: Session
) -> None:
    outside.logs = RedisLogs(f"redis://127.0.0.1:{free_port()}/0")
    other = create_session(room=session.room, title="x", source_language="en", languages=[])
    answer = send(signed_in, "post", f"/sessions/{other.id}/start")
    assert refusal(answer) == (503, "unavailable")
    assert Session.objects.get(id=other.id).state == "planned"


def test_what_jobs_still_say_of_a_deleted_event_is_kept_nowhere(
    logs: RedisLogs, live: Session
) -> None:
    log = logs[live.id]
    log.append(Segment(1, "en", "one", 0.0, 1.0, 1.5))
    end_session(session=live)
    delete_event(event=live.room.event)

    log.append(Segment(2, "en", "two", 1.0, 2.0, 2.5))
    log.append(Translation(1, "es", "uno", "apertium", 2.6))

    assert list(logs.client.scan_iter(f"*{live.id}*")) == []
