"""What consoles are made of, without a socket."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.live.allowance import Allowance
from rooms.live.chat import ORGANIZER, Person, chat_item, may_read
from rooms.live.escalate import BOOTH_FIRST_S, lasting
from rooms.live.origin import own_origin
from rooms.live.outbox import Outbox, OutboxFull


async def everything(outbox: Outbox) -> list[str]:
    told = []
    try:
        while True:
            async with asyncio.timeout(0.01):
                told.append(await outbox.get())
    except TimeoutError:
        return told


async def test_an_outbox_gives_back_what_was_put_in_order() -> None:
    outbox = Outbox()
    for text in ("a", "b", "c"):
        outbox.put(text)
    assert await everything(outbox) == ["a", "b", "c"]


async def test_of_one_key_the_newest_waits_in_the_oldests_place() -> None:
    outbox = Outbox(bound=3)
    outbox.put("es 1", "es")
    outbox.put("chat")
    for number in range(2, 100):
        outbox.put(f"es {number}", "es")
    assert await everything(outbox) == ["es 99", "chat"]


def test_a_full_outbox_says_so() -> None:
    outbox = Outbox(bound=2)
    outbox.put("a", "es")
    outbox.put("b")
    with pytest.raises(OutboxFull):
        outbox.put("c")
    outbox.put("d", "es")


@given(st.lists(st.floats(0, 3), max_size=300))
def test_an_allowance_is_never_exceeded(pauses: list[float]) -> None:
    allowance, now_s, taken = Allowance(per_s=10, burst=40), 0.0, 0
    for pause in pauses:
        now_s += pause
        taken += allowance.take(now_s)
    assert taken <= 40 + 10 * now_s + 1e-6


def test_an_allowance_grows_back() -> None:
    allowance = Allowance(per_s=10, burst=2)
    assert [allowance.take(0.0) for _ in range(3)] == [True, True, False]
    assert [allowance.take(at) for at in (0.05, 0.11, 0.12)] == [False, True, False]


ANN, BOB, CHO = Person("ann", "Ann", "es"), Person("bob", "Bob", "es"), Person("cho", "Cho", "fr")
BOSS = Person(ORGANIZER, "Boss", "")
EVERYBODY = (ANN, BOB, CHO, BOSS)


@pytest.mark.parametrize(
    ("sender", "to", "readers"),
    [
        (ANN, "partner", {"ann", "bob"}),
        (ANN, "booths", {"ann", "bob", "cho", "organizer"}),
        (ANN, "organizer", {"ann", "organizer"}),
        (ANN, "fr", {"ann", "cho", "organizer"}),
        (ANN, "xx", {"ann", "organizer"}),
        (BOSS, "partner", {"organizer"}),
        (BOSS, "es", {"organizer", "ann", "bob"}),
        (BOSS, "organizer", {"organizer"}),
    ],
)
def test_who_reads_a_chat(sender: Person, to: str, readers: set[str]) -> None:
    item = chat_item(sender=sender, to=to, text="x")
    assert {person.id for person in EVERYBODY if may_read(item, person)} == readers


def test_the_organizer_sees_alarms_that_last() -> None:
    facts: dict[str, Any] = {
        "input": "machine",
        "alarms": [
            {"kind": "double_microphone", "who": "", "since_s": 10.0},
            {"kind": "sound_unfit", "who": "ann", "since_s": 10.0},
        ],
    }
    assert [alarm["kind"] for alarm in lasting(facts, 10.0)["alarms"]] == ["sound_unfit"]
    assert lasting(facts, 10.0 + BOOTH_FIRST_S) is facts
    assert lasting({"input": "slate"}, 0.0) == {"input": "slate"}


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://testserver", "testserver", True),
        ("https://testserver", "testserver", True),
        ("http://TESTSERVER:8000", "testserver:8000", True),
        ("http://testserver:8000", "testserver", False),
        ("http://evil.example", "evil.example", False),
        ("http://testserver.evil.example", "testserver", False),
        ("null", "testserver", False),
        ("", "", False),
    ],
)
def test_own_pages_are_known_by_their_origin(origin: str, host: str, own: bool) -> None:
    assert own_origin(origin, host) is own


def test_where_all_is_encrypted_a_page_is_too(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE, settings.CSRF_TRUSTED_ORIGINS = True, []
    origins = ("http://testserver", "https://testserver")
    assert [own_origin(origin, "testserver") for origin in origins] == [False, True]
