"""Who may open a console, what they may send, and what becomes of who may not."""

import json
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from rooms.domain.booths import invite_interpreter
from rooms.domain.sessions import create_session
from rooms.live.console import Console
from rooms.models import Assignment, Member, Role, Session
from tests.rooms.live.conftest import Web, interpreter
from tests.rooms.live.page import Unread
from tests.rooms.parts import Outside
from tests.servers import free_port
from translation.log.redis_streams import BlockingRedisLog
from translation.values import Command, Input, OnAir

pytestmark = pytest.mark.redis


@pytest.fixture
def other(live: Session) -> Session:
    """Another session of the same room, not begun."""
    return create_session(room=live.room, title="Next", source_language="en", languages=["es"])


def turned_away(page: Any) -> tuple[int, str]:
    with page:
        return page.closed()  # type: ignore[no-any-return]


def test_who_has_no_place_finds_no_booth(
    web: Web,
    live: Session,
    other: Session,
    signed_in: Client,
    stranger: Client,
) -> None:
    _, elsewhere = interpreter(other, "Eve")
    fresh = Client()
    invite_interpreter(session=live, language="es", name="Ann")
    for browser in (None, fresh, signed_in, stranger, elsewhere):
        assert turned_away(web.booth(live, browser)) == (4403, "not_in_booth")
    _, browser = interpreter(live, "Ann")
    assert turned_away(web.booth(other, browser)) == (4403, "not_in_booth")
    assert turned_away(web.page("/ws/booth/nobodyknows1", browser)) == (4404, "unknown_session")


def test_who_does_not_organize_finds_no_control_room(
    web: Web,
    live: Session,
    stranger: Client,
    organization: Any,
) -> None:
    assert turned_away(web.control(live, None)) == (4401, "sign_in")
    assert turned_away(web.control(live, stranger)) == (4404, "unknown_session")
    _, booth = interpreter(live, "Ann")
    assert turned_away(web.control(live, booth)) == (4401, "sign_in")
    auditor = User.objects.create_user(username="auditor", password="sesame")
    Member.objects.create(organization=organization, user=auditor, role=Role.AUDITOR)
    browser = Client()
    browser.force_login(auditor)
    assert turned_away(web.control(live, browser)) == (4403, "not_yours")
    assert turned_away(web.page("/ws/control/nobodyknows1", browser)) == (4404, "unknown_session")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consoles look who is there more often than in earnest."""
    monkeypatch.setattr(Console, "look_every_s", 0.1)


def test_an_organizer_who_only_watches_is_sent_away_too(
    web: Web, live: Session, signed_in: Client, soon: None
) -> None:
    with web.control(live, signed_in) as page:
        page.next("hello")
        Member.objects.all().delete()
        assert page.closed() == (4404, "unknown_session")


def test_a_user_who_may_not_sign_in_any_more_is_sent_away(
    web: Web, live: Session, signed_in: Client, soon: None
) -> None:
    with web.control(live, signed_in) as page:
        page.next("hello")
        User.objects.update(is_active=False)
        assert page.closed() == (4401, "sign_in")


def test_an_organizer_who_is_one_no_longer_is_sent_away(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    with web.control(live, signed_in) as page:
        page.next("hello")
        Member.objects.update(role=Role.AUDITOR)
        page.command("force", to="slate")
        assert page.closed() == (4403, "not_yours")
    entries = [logged.entry for logged in outside.logs[live.id].read()]
    assert not any(isinstance(entry, Command) for entry in entries)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://[::1",
        "",
    ],
)
def test_other_pages_open_no_console(
    web: Web, live: Session, signed_in: Client, origin: str | None
) -> None:
    _, browser = interpreter(live, "Ann")
    for path, client in ((f"/ws/booth/{live.id}", browser), (f"/ws/control/{live.id}", signed_in)):
        with pytest.raises(InvalidStatus, match="403"):
            web.page(path, client, origin=origin)


def test_a_trusted_origin_may(web: Web, live: Session, settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://interpret.example"]
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser, origin="https://interpret.example") as page:
        assert page.next("hello")


@pytest.mark.parametrize("path", ["/ws/", "/ws/booth/", "/ws/booth/a/b", "/", "/ws/booth/%00"])
def test_there_is_nothing_else(web: Web, live: Session, path: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        web.page(path)


COMMAND = {"type": "command", "id": "12345678", "language": "es", "gesture": "take"}
MALFORMED: dict[str, str] = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "no type": "{}",
    "an unknown type": '{"type": "hello"}',
    "an unknown field": json.dumps({**COMMAND, "admin": True}),
    "an unknown gesture": json.dumps({**COMMAND, "gesture": "shout"}),
    "a short id": json.dumps({**COMMAND, "id": "1"}),
    "an id of something else": json.dumps({**COMMAND, "id": ["12345678"]}),
    "a long language": json.dumps({**COMMAND, "language": "x" * 17}),
    "a NUL": json.dumps({**COMMAND, "to": "a\x00"}),
    "a countdown of text": json.dumps({**COMMAND, "countdown_s": "1"}),
    "a negative countdown": json.dumps({**COMMAND, "countdown_s": -1}),
    "an endless countdown": '{"type":"command","id":"12345678","language":"es",'
    '"gesture":"take","countdown_s":1e999}',
    "an empty chat": json.dumps({"type": "chat", "to": "partner", "text": "  "}),
    "a long chat": json.dumps({"type": "chat", "to": "partner", "text": "x" * 501}),
    "half a surrogate": '{"type": "chat", "to": "partner", "text": "\\ud800"}',
    "another signal": json.dumps({"type": "signal", "kind": "fire", "on": True}),
    "a signal of text": json.dumps({"type": "signal", "kind": "slow_down", "on": "yes"}),
    "a report of a number": json.dumps({"type": "report", "muted_talking": 1}),
    "a ping of text": json.dumps({"type": "ping", "t": "x"}),
    "a deep nest": "[" * 5000,
}


def test_what_is_no_message_is_named_and_changes_nothing(
    web: Web, live: Session, outside: Outside
) -> None:
    _, browser = interpreter(live, "Ann")
    before = len(outside.logs[live.id].read())
    with web.booth(live, browser) as page:
        page.next("hello")
        for name, text in MALFORMED.items():
            page.socket.send(text)
            message = page.next("error")
            assert (name, message["code"]) == (name, "malformed")
            assert message["message"].endswith(".")
        page.socket.send(b"\xff\x00")
        assert page.next("error")["code"] == "malformed"
        assert page.nothing() == []
    assert len(outside.logs[live.id].read()) == before


def test_a_large_message_ends_it(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        page.socket.send('"' + "x" * 10_000 + '"')
        assert page.closed() == (1009, "too_large")


def test_a_flood_is_slowed_down(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        for _ in range(100):
            page.say("ping", t=1)
        assert page.next("error")["code"] == "too_many"


@pytest.mark.parametrize("language", ["fr", "en", "pt"])
def test_a_booth_commands_its_own_channel_only(
    web: Web, live: Session, outside: Outside, language: str
) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        assert page.asks("take", language) == "not_assigned"
        assert page.asks("force", "es", to="machine") == "not_assigned"
        assert page.asks("offer", "es", to="somebody") == "nobody_there"
    entries = [logged.entry for logged in outside.logs[live.id].read()]
    assert not any(isinstance(entry, Command) for entry in entries)


def test_with_retour_the_original_too(web: Web, live: Session, outside: Outside) -> None:
    _, browser = interpreter(live, "Ann", retour=True)
    with web.booth(live, browser) as page:
        page.next("hello")
        page.command("take", "en")
        page.nothing()
    entries = [logged.entry for logged in outside.logs[live.id].read()]
    assert [e.language for e in entries if isinstance(e, Command)] == ["en"]


def test_a_slow_page_is_let_go_and_holds_up_nobody(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    log, told = outside.logs[live.id], 8000
    path = f"/ws/control/{live.id}"
    with web.control(live, signed_in) as quick, Unread(web.base_url, path, signed_in) as slow:
        quick.next("hello")
        for number in range(told):
            log.append(OnAir("es", Input.MACHINE, "x" * 2000, float(number)))
            if number % 100 == 99:
                assert quick.next("on_air", since_s=float(number))
        assert slow.read_to_the_end() < told * 2000 / 2
        assert len([m for m in quick.seen if m["type"] == "on_air"]) == told


def test_who_comes_back_is_greeted_again(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    for _ in range(3):
        with web.booth(live, browser) as page:
            assert page.next("hello")
    start = timezone.now()
    Assignment.objects.update(expires_at=start - timedelta(hours=1))
    with web.booth(live, browser) as page:
        assert page.next("hello"), "the link has expired, not the place"


def test_a_removed_interpreters_words_count_no_more(
    web: Web, live: Session, outside: Outside
) -> None:
    ann, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        Assignment.objects.filter(id=ann.id).update(removed_at=timezone.now())  # unannounced
        page.command("take")
        assert page.closed() == (4403, "removed")
    entries = [logged.entry for logged in outside.logs[live.id].read()]
    assert not any(isinstance(entry, Command) for entry in entries)


def test_a_booth_whose_changed_plan_cannot_be_read_is_told_to_come_back(
    web: Web, live: Session, outside: Outside
) -> None:
    _, browser = interpreter(live, "Ann")
    with (
        redis.Redis(host="127.0.0.1", port=free_port()) as nowhere,
        web.booth(live, browser) as page,
    ):
        page.next("hello")
        outside.logs[live.id] = BlockingRedisLog(nowhere, live.id)
        outside.consoles.changed(live.id)
        assert page.closed() == (1013, "unavailable")
