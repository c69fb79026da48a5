"""LiveKit, the log and the database are brought together again and again."""

import base64
import hashlib
import json
import time
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from rooms.domain.channels import remove_channel
from rooms.domain.listeners import admit_listener
from rooms.domain.reconcile import archive_logs, reconcile_listeners
from rooms.domain.sessions import end_session
from rooms.models import Channel, LogEntry, Session
from tests.rooms.conftest import refusal
from tests.rooms.parts import API_KEY, API_SECRET, Outside
from translation.values import Segment, Spoken, Translation


def test_listeners_are_counted_without_publishers(live: Session, outside: Outside) -> None:
    outside.media.rooms[f"{live.id}.es.0"] = ["a", "b", "channel.es.1"]
    outside.media.rooms[f"{live.id}.es.1"] = ["c", "channel.es.1"]
    outside.media.rooms[f"{live.id}.fr.0"] = ["channel.fr.1"]
    outside.media.publishers = {f"{live.id}.{name}": 1 for name in ("es.0", "es.1", "fr.0")}
    reconcile_listeners()
    assert outside.attention.listeners(live.id) == {"es": 3}


def test_missing_rooms_of_a_running_session_are_created(live: Session, outside: Outside) -> None:
    outside.media.rooms.clear()
    reconcile_listeners()
    assert sorted(outside.media.rooms) == sorted(
        f"{live.id}.{name}" for name in ("stage", "en.0", "es.0", "fr.0")
    )


def shards(session: Session) -> int:
    return Channel.objects.get(session=session, language="es").shards


def with_shards(session: Session, outside: Outside, *listeners: int) -> None:
    """The Spanish channel with so many in each of its rooms, beside its job."""
    Channel.objects.filter(session=session, language="es").update(shards=len(listeners))
    for shard, count in enumerate(listeners):
        name = f"{session.id}.es.{shard}"
        outside.media.rooms[name] = [*map(str, range(count)), "channel.es.1"]
        outside.media.publishers[name] = 1


@pytest.mark.parametrize(
    ("listeners", "left"),
    [
        ((0, 0, 0, 0), 1),
        ((1, 0, 0), 1),
        ((0, 1, 0), 2),
        ((3, 0), 2),  # full: the next listener would open it again
        ((2, 1, 0), 2),
    ],
)
def test_rooms_that_nobody_needs_are_closed(
    live: Session, outside: Outside, listeners: tuple[int, ...], left: int
) -> None:
    with_shards(live, outside, *listeners)
    reconcile_listeners()
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert shards(live) == left
    assert {channel.language: channel.shards for channel in plan.channels}["es"] == left


def test_a_room_that_somebody_is_on_the_way_to_stays(live: Session, outside: Outside) -> None:
    with_shards(live, outside, 0, 0)
    outside.media.rooms[f"{live.id}.es.0"] += ["a", "b"]
    assert admit_listener(session=live, language="es").room == f"{live.id}.es.1"
    outside.media.rooms[f"{live.id}.es.0"] = ["channel.es.1"]
    reconcile_listeners()
    assert shards(live) == 2


def test_a_closed_room_is_deleted_when_its_job_has_left(live: Session, outside: Outside) -> None:
    with_shards(live, outside, 0, 0)
    reconcile_listeners()
    closed = f"{live.id}.es.1"
    assert closed in outside.media.rooms
    outside.media.publishers[closed] = 0
    reconcile_listeners()
    assert closed not in outside.media.rooms


def test_a_plan_that_the_log_lost_is_written_again(live: Session, outside: Outside) -> None:
    plan = outside.logs[live.id].plan()
    outside.logs.clear()
    outside.jobs.placed.clear()
    reconcile_listeners()
    reconcile_listeners()
    assert [logged.entry for logged in outside.logs[live.id].read()] == [plan]
    assert outside.jobs.placed == [live.id]


def test_rooms_go_when_the_session_is_over_and_the_jobs_have_left(
    live: Session, outside: Outside
) -> None:
    end_session(session=live)
    spanish = f"{live.id}.es.0"
    outside.media.publishers = {spanish: 1}
    reconcile_listeners()
    assert len(outside.media.rooms) == 4
    Session.objects.update(ended_at=timezone.now() - timedelta(seconds=20))
    reconcile_listeners()
    assert list(outside.media.rooms) == [spanish]
    Session.objects.update(ended_at=timezone.now() - timedelta(minutes=3))
    reconcile_listeners()
    assert outside.media.rooms == {}


def test_the_rooms_of_a_removed_language_go(live: Session, outside: Outside) -> None:
    remove_channel(session=live, language="es")
    outside.media.created_at = time.time() - 20
    outside.media.publishers = {f"{live.id}.es.0": 1}
    reconcile_listeners()
    assert f"{live.id}.es.0" in outside.media.rooms
    outside.media.publishers = {}
    reconcile_listeners()
    assert f"{live.id}.es.0" not in outside.media.rooms


def test_rooms_of_others_stay(live: Session, outside: Outside) -> None:
    outside.media.rooms |= {"some.other.7": [], "abcdefabcdef.stage": []}
    reconcile_listeners()
    assert {"some.other.7", "abcdefabcdef.stage"} <= set(outside.media.rooms)


def test_archiving_copies_each_entry_once_in_order(live: Session, outside: Outside) -> None:
    log = outside.logs[live.id]
    log.append(Segment(1, "en", "hello", 0.5, 1.0, 1.8))
    archive_logs()
    log.append(Translation(1, "es", "hola", "apertium", 1.9))
    log.append(Spoken(1, "es", 3.0))
    archive_logs()
    archive_logs()
    rows = LogEntry.objects.filter(session=live).order_by("id")
    assert [(row.kind, row.segment, row.language) for row in rows] == [
        ("plan", None, ""),
        ("segment", 1, "en"),
        ("translation", 1, "es"),
        ("spoken", 1, "es"),
    ]
    assert [row.position for row in rows] == [logged.position for logged in log.read()]


def test_archiving_ends_a_while_after_the_session(live: Session, outside: Outside) -> None:
    end_session(session=live)
    archive_logs()
    assert Session.objects.get().archived_at is None
    Session.objects.update(ended_at=timezone.now() - timedelta(minutes=2))
    archive_logs()
    assert Session.objects.get().archived_at is not None


def say(client: Client, said: dict[str, Any], secret: str = API_SECRET, **claims: Any) -> Any:
    """A webhook as LiveKit signs it."""
    body = json.dumps(said).encode()
    claims = {
        "iss": API_KEY,
        "exp": int(time.time()) + 60,
        "sha256": base64.b64encode(hashlib.sha256(body).digest()).decode(),
    } | claims
    token = jwt.encode(claims, secret, algorithm="HS256")
    return client.post(
        "/api/livekit/webhook",
        data=body,
        content_type="application/webhook+json",
        headers={"Authorization": token},
    )


def test_a_signed_webhook_is_heeded(client: Client, live: Session, outside: Outside) -> None:
    room = f"{live.id}.es.0"
    outside.media.rooms.pop(room)
    answer = say(client, {"event": "room_finished", "room": {"name": room}})
    assert answer.status_code == 204
    assert room in outside.media.rooms
    joined = {"event": "participant_joined", "room": {"name": room}, "participant": {}}
    assert say(client, joined).status_code == 204
    assert outside.attention.listeners(live.id) == {"es": 1}


def test_a_webhook_by_this_machines_own_name_is_heeded(live: Session, outside: Outside) -> None:
    """LiveKit beside us calls 127.0.0.1, whatever name people call."""
    answer = say(Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000"), {"event": "room_started"})
    assert answer.status_code == 204


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"event": "something_new", "room": {"name": "x"}},
        {"event": "room_finished", "room": None},
        {"event": "room_finished", "room": {"name": "not-ours"}},
        {"event": ["room_finished"], "room": "x"},
    ],
)
def test_a_webhook_that_means_nothing_to_us_is_fine(
    client: Client, live: Session, said: dict[str, Any]
) -> None:
    assert say(client, said).status_code == 204


def test_an_unsigned_webhook_is_refused(client: Client, live: Session) -> None:
    said = {"event": "room_finished", "room": {"name": f"{live.id}.es.0"}}
    answers = [
        client.post("/api/livekit/webhook", data="{}", content_type="application/json"),
        say(client, said, secret="another-secret-that-is-32-letters-long"),
        say(client, said, iss="somebody"),
        say(client, said, exp=int(time.time()) - 3600),
        say(client, said, sha256="AAAA"),
        say(client, said, sha256=None),
        say(client, said, sha256="ä!"),
    ]
    assert {refusal(answer) for answer in answers} == {(401, "bad_signature")}
