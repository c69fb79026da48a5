"""What the booth's and the organizer's consoles are told, and what they may say."""

import asyncio
from typing import Any

import pytest
import redis.asyncio
from django.test import Client

from rooms.domain.booths import remove_interpreter
from rooms.domain.channels import change_channel
from rooms.domain.floor_language import set_floor_language
from rooms.domain.glossary import put_concepts
from rooms.domain.sessions import pause_session, start_session
from rooms.models import Session
from tests.rooms.live.conftest import Web, interpreter
from tests.rooms.parts import Outside
from translation.log.presence import Vitals
from translation.log.redis_streams import RedisDrafts
from translation.termbase import Concept, Term
from translation.values import (
    Alarm,
    AlarmKind,
    Answer,
    Command,
    Draft,
    FloorActivity,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    Interpreted,
    OnAir,
    Reason,
    Refusal,
    Segment,
    Translation,
)

pytestmark = pytest.mark.redis


def report(web: Web, session: Session, language: str, facts: dict[str, Any]) -> None:
    """As the channel's job does each second."""

    async def said() -> None:
        async with redis.asyncio.Redis.from_url(web.redis_url) as client:
            await Vitals(client, session.id).report(f"channel:{language}", facts)

    asyncio.run(said())


def say_draft(web: Web, session: Session, draft: Draft) -> None:
    async def said() -> None:
        async with redis.asyncio.Redis.from_url(web.redis_url) as client:
            await RedisDrafts(client, session.id).say(draft)

    asyncio.run(said())


def commands(outside: Outside, session: Session) -> list[Command]:
    return [e.entry for e in outside.logs[session.id].read() if isinstance(e.entry, Command)]


def alarms(outside: Outside, session: Session) -> list[Alarm]:
    return [e.entry for e in outside.logs[session.id].read() if isinstance(e.entry, Alarm)]


def test_a_booth_is_greeted_with_all_it_needs(web: Web, live: Session, outside: Outside) -> None:
    ann, browser = interpreter(live, "Ann", retour=True)
    log = outside.logs[live.id]
    log.append(Segment(1, "en", "hello", 1.0, 2.0, 2.5))
    log.append(Translation(1, "es", "hola", "apertium", 2.6))
    log.append(Translation(1, "fr", "bonjour", "apertium", 2.6))
    report(web, live, "es", {"input": "machine", "alarms": []})
    with web.booth(live, browser) as page:
        hello = page.next("hello")
    assert hello["me"] == {
        "id": ann.id,
        "name": "Ann",
        "show_name": False,
        "retour": True,
        "booth": "es",
        "booth_name": "ES",
    }
    assert hello["session"]["id"] == live.id
    assert hello["countdown_s"] == 10
    assert hello["floor_language"]["tag"] == "en"
    assert {c["language"]["tag"]: c["booth"] for c in hello["channels"]} == {
        "en": None,
        "es": {"name": "ES", "interpreters": [{"id": ann.id, "name": "Ann", "retour": True}]},
        "fr": None,
    }
    assert hello["facts"] == {"es": {"input": "machine", "alarms": []}}
    texts = [(caption["language"], caption["by"], caption["text"]) for caption in hello["captions"]]
    assert texts == [("en", "floor", "hello"), ("es", "machine", "hola")]
    assert 0 <= hello["now_s"] < 60
    assert hello["chat"] == hello["alarms"] == []


def test_a_booth_may_be_opened_before_the_session_begins(web: Web, session: Session) -> None:
    _, browser = interpreter(session, "Ann")
    with web.booth(session, browser) as page:
        hello = page.next("hello")
        assert (hello["session"]["state"], hello["now_s"]) == ("planned", 0)
        assert page.asks("take") == "not_live"


def test_a_booth_hears_what_concerns_it(web: Web, live: Session, outside: Outside) -> None:
    ann, browser = interpreter(live, "Ann")
    log = outside.logs[live.id]
    with web.booth(live, browser) as page:
        page.next("hello")
        log.append(FloorActivity(True, 1.0))
        assert page.next("floor")["speaking"] is True
        log.append(Segment(1, "en", "hello", 1.0, 2.0, 2.5))
        log.append(Translation(1, "fr", "bonjour", "apertium", 2.6))
        log.append(Translation(1, "es", "hola", "apertium", 2.7))
        log.append(Interpreted(1, "es", ann.id, "buenas", 3.0, 3.5, 3.6))
        assert page.next("caption", id="i1") == {
            "type": "caption",
            "kind": "final",
            "id": "i1",
            "language": "es",
            "text": "buenas",
            "by": "interpreter",
            "start_s": 3.0,
            "end_s": 3.5,
        }
        captions = [
            (m["id"], m["language"], m["by"], m["start_s"])
            for m in page.seen
            if m["type"] == "caption"
        ]
        assert captions == [
            (1, "en", "floor", 1.0),
            (1, "es", "machine", 1.0),
            ("i1", "es", "interpreter", 3.0),
        ]
        log.append(OnAir("fr", Input.MACHINE, "espeak-ng", 4.0, Reason.STARTED))
        log.append(OnAir("es", Input.INTERPRETER, ann.id, 4.0, Reason.TAKEN))
        on_air = page.next("on_air", language="es")
        assert on_air == {
            "type": "on_air",
            "language": "es",
            "input": "interpreter",
            "who": ann.id,
            "name": "Ann",
            "reason": "taken",
            "since_s": 4.0,
        }
        log.append(Handover("fr", HandoverStage.OPEN, "x", "y", "y", None, 5.0))
        log.append(Handover("es", HandoverStage.OPEN, ann.id, "machine", "machine", None, 5.0))
        assert page.next("handover")["language"] == "es"
        log.append(Alarm("fr", AlarmKind.NOBODY_ON_AIR, "", True, 6.0))
        log.append(Alarm("es", AlarmKind.DOUBLE_MICROPHONE, "", True, 6.0))
        assert page.next("alarm") == {
            "type": "alarm",
            "language": "es",
            "kind": "double_microphone",
            "who": "",
            "on": True,
            "at_s": 6.0,
        }
        report(web, live, "es", {"input": "interpreter"})
        assert page.next("channel", language="es")["facts"] == {"input": "interpreter"}
        say_draft(web, live, Draft(2, "en", "and th"))
        assert page.next("caption", kind="interim")["text"] == "and th"
    with web.booth(live, browser) as again:
        assert again.next("hello")["alarms"][0]["kind"] == "double_microphone"


def test_facts_of_a_job_that_died_are_withdrawn(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        report(web, live, "es", {"input": "machine"})
        assert page.next("channel")["facts"] == {"input": "machine"}
        page.nothing()
        assert page.next("channel", language="es", facts=None)


def test_a_gesture_stands_in_the_log_and_its_answer_comes_back(
    web: Web, live: Session, outside: Outside
) -> None:
    ann, browser = interpreter(live, "Ann")
    bob, other = interpreter(live, "Bob")
    with web.booth(live, browser) as page, web.booth(live, other) as partner:
        page.next("hello"), partner.next("hello")
        ids = [page.command("take"), page.command("offer", to=bob.id, countdown_s=3)]
        log = outside.logs[live.id]
        page.nothing()
        asked = [
            (c.id, c.language, c.gesture, c.by, c.to, c.countdown_s)
            for c in commands(outside, live)
        ]
        assert asked == [
            (ids[0], "es", Gesture.TAKE, ann.id, "", 10.0),
            (ids[1], "es", Gesture.OFFER, ann.id, bob.id, 3.0),
        ]
        log.append(Answer(ids[0], "es", None, 1.0))
        log.append(Answer(ids[1], "es", Refusal.NOBODY_THERE, 1.1))
        assert page.next("answer", command_id=ids[0])["refusal"] is None
        assert page.next("answer", command_id=ids[1]) == {
            "type": "answer",
            "command_id": ids[1],
            "refusal": "nobody_there",
            "message": "The one it is for is not connected.",
        }
        assert partner.nothing() == []


def test_a_command_that_nobody_answers_is_refused(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        id = page.command("take")
        page.nothing()
        refused = page.next("answer", command_id=id)
    assert refused["refusal"] == "no_answer"


def test_a_command_that_is_sent_again_is_one_command_with_one_answer(
    web: Web, live: Session, outside: Outside
) -> None:
    """A page that lost its line sends again what it had no answer to."""
    _, browser = interpreter(live, "Ann")
    log = outside.logs[live.id]
    with web.booth(live, browser) as page:
        page.next("hello")
        done, refused, open_ = (page.command("take") for _ in range(3))
        page.nothing()
    log.append(Answer(done, "es", None, 1.0))
    log.append(Answer(refused, "es", Refusal.PARTNER_ON_AIR, 1.0))
    with web.booth(live, browser) as page:
        page.next("hello")
        for id, refusal in ((done, None), (refused, "partner_on_air")):
            page.command("take", id=id)
            assert page.next("answer", command_id=id)["refusal"] == refusal
        for _ in range(2):
            page.command("take", id=open_)
        assert page.nothing() == []
        log.append(Answer(open_, "es", None, 1.1))
        assert page.next("answer", command_id=open_)["refusal"] is None
        assert page.nothing() == []
    assert [command.id for command in commands(outside, live)] == [done, refused, open_]


def test_an_id_of_another_command_is_refused(web: Web, live: Session, outside: Outside) -> None:
    _, browser = interpreter(live, "Ann")
    _, other = interpreter(live, "Bob")
    with web.booth(live, browser) as page, web.booth(live, other) as partner:
        page.next("hello"), partner.next("hello")
        id = page.command("take")
        page.nothing()
        for asker, gesture in ((page, "release"), (partner, "take")):
            asker.command(gesture, id=id)
            assert asker.next("error")["code"] == "invalid"
    assert len(commands(outside, live)) == 1


def test_the_organizers_order_that_is_sent_again_has_its_answer(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    with web.control(live, signed_in) as page:
        page.next("hello")
        id = page.command("force", to="slate")
        page.nothing()
    outside.logs[live.id].append(Answer(id, "es", None, 1.0))
    with web.control(live, signed_in) as page:
        page.next("hello")
        page.command("force", to="slate", id=id)
        assert page.next("answer", command_id=id)["refusal"] is None


def test_partners_booths_and_the_organizer_talk(web: Web, live: Session, signed_in: Client) -> None:
    people = {
        name: interpreter(live, name, language)[1]
        for name, language in (("Ann", "es"), ("Bob", "es"), ("Cho", "fr"))
    }
    pages = {name: web.booth(live, browser) for name, browser in people.items()}
    pages["organizer"] = web.control(live, signed_in)
    for page in pages.values():
        page.next("hello")

    def heard_by(sender: str, to: str) -> set[str]:
        pages[sender].say("chat", to=to, text=f"from {sender}")
        pages[sender].next("chat", text=f"from {sender}", to=to)
        return {sender} | {
            name
            for name, page in pages.items()
            if name != sender and any(m["type"] == "chat" for m in page.nothing())
        }

    assert heard_by("Ann", "partner") == {"Ann", "Bob"}
    assert heard_by("Ann", "booths") == {"Ann", "Bob", "Cho", "organizer"}
    assert heard_by("Ann", "organizer") == {"Ann", "organizer"}
    assert heard_by("Ann", "fr") == {"Ann", "Cho", "organizer"}
    assert heard_by("organizer", "es") == {"organizer", "Ann", "Bob"}
    assert heard_by("organizer", "booths") == {"Ann", "Bob", "Cho", "organizer"}
    for page in pages.values():
        page.close()
    with web.booth(live, people["Cho"]) as page:
        chat = page.next("hello")["chat"]
    assert [(m["from"]["name"], m["from"]["booth"], m["to"]) for m in chat] == [
        ("Ann", "es", "booths"),
        ("Ann", "es", "fr"),
        ("owner", "", "booths"),
    ]


def test_what_a_booth_signals_is_an_alarm_until_it_leaves(
    web: Web, live: Session, outside: Outside
) -> None:
    ann, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        page.say("signal", kind="sound_unfit", on=True)
        page.say("signal", kind="sound_unfit", on=True)
        page.say("signal", kind="slow_down", on=True)
        page.say("signal", kind="slow_down", on=False)
        page.say("report", muted_talking=True)
        assert page.next("alarm", kind="muted_talking")["who"] == ann.id
    with web.booth(live, browser) as page:
        page.next("hello")
        page.nothing()
        raised = [(alarm.alarm.value, alarm.who, alarm.on) for alarm in alarms(outside, live)]
    assert raised[:4] == [
        ("sound_unfit", ann.id, True),
        ("slow_down", ann.id, True),
        ("slow_down", ann.id, False),
        ("muted_talking", ann.id, True),
    ]
    assert set(raised[4:]) == {
        ("muted_talking", ann.id, False),
        ("sound_unfit", ann.id, False),
    }


def test_alarms_of_a_page_that_died_end_when_she_comes_back(
    web: Web, live: Session, outside: Outside
) -> None:
    """Nobody was there to take them back: the web process was killed, or Redis away."""
    ann, browser = interpreter(live, "Ann")
    bob, _ = interpreter(live, "Bob")
    log = outside.logs[live.id]
    log.append(Alarm("es", AlarmKind.SOUND_UNFIT, ann.id, True, 1.0))
    log.append(Alarm("es", AlarmKind.SOUND_UNFIT, bob.id, True, 1.0))
    log.append(Alarm("es", AlarmKind.WRONG_LANGUAGE, ann.id, True, 1.0))
    long_ago = {"kind": "slow_down", "who": ann.id, "since_s": 0.5}
    report(web, live, "es", {"alarms": [long_ago]})
    with web.booth(live, browser) as page:
        page.next("hello")
        page.nothing()
    ended = {(a.alarm, a.who) for a in alarms(outside, live) if not a.on}
    assert ended == {(AlarmKind.SOUND_UNFIT, ann.id), (AlarmKind.SLOW_DOWN, ann.id)}


def on_now(outside: Outside, session: Session) -> set[str]:
    return {
        kind for kind, on in {a.alarm.value: a.on for a in alarms(outside, session)}.items() if on
    }


def test_two_pages_of_one_interpreter_do_not_take_back_each_others_alarms(
    web: Web, live: Session, outside: Outside
) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        page.next("hello")
        page.say("signal", kind="sound_unfit", on=True)
        page.next("alarm", kind="sound_unfit", on=True)
        with web.booth(live, browser) as second:
            second.next("hello")
            second.say("signal", kind="slow_down", on=True)
            second.say("signal", kind="sound_unfit", on=True)
            page.next("alarm", kind="slow_down", on=True)
        page.next("alarm", kind="slow_down", on=False)
        while on_now(outside, live) != {"sound_unfit"}:
            page.next("alarm", kind="sound_unfit", on=True)
        page.say("signal", kind="sound_unfit", on=False)
        page.nothing()
        assert on_now(outside, live) == set()


def test_the_organizer_ends_an_alarm_that_nobody_takes_back(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    ann, browser = interpreter(live, "Ann")
    _, other = interpreter(live, "Cho", "fr")
    log = outside.logs[live.id]
    with web.booth(live, browser) as page, web.booth(live, other) as french:
        page.next("hello"), french.next("hello")
        page.say("signal", kind="sound_unfit", on=True)
        french.say("signal", kind="sound_unfit", on=True)
        french.next("alarm", on=True)
        page.next("alarm", on=True)
        log.append(Alarm("es", AlarmKind.SOUND_UNFIT, "gone", True, 1.0))
        log.append(Alarm("es", AlarmKind.DOUBLE_MICROPHONE, "", True, 1.0))
        with web.control(live, signed_in) as control:
            control.next("hello")
            control.say("clear", language="es", kind="sound_unfit")
            assert page.next("cleared")["kind"] == "sound_unfit"
            control.say("clear", language="es", kind="double_microphone")
            assert control.next("error")["code"] == "malformed"
        ended = {a.who for a in alarms(outside, live) if not a.on}
        assert ended == {ann.id, "gone"}
        assert not any(m["type"] == "cleared" for m in french.nothing())
        page.say("signal", kind="sound_unfit", on=True)
        assert page.next("alarm", on=True)["who"] == ann.id
        page.say("clear", language="es", kind="sound_unfit")
        assert page.next("error")["code"] == "invalid"


def test_what_a_booth_signals_before_the_start_counts_from_the_start(
    web: Web, session: Session, outside: Outside
) -> None:
    _, browser = interpreter(session, "Ann")
    with web.booth(session, browser) as page:
        page.next("hello")
        page.say("signal", kind="sound_unfit", on=True)
        page.say("signal", kind="slow_down", on=True)
        page.say("signal", kind="slow_down", on=False)
        page.nothing()
        assert alarms(outside, session) == []
        start_session(session=session)
        page.next("alarm", kind="sound_unfit", on=True)
        pause_session(session=Session.objects.get(id=session.id))
        page.next("plan")
        page.say("signal", kind="sound_unfit", on=False)
        page.next("alarm", kind="sound_unfit", on=False)


def test_the_organizer_sees_everything_and_who_was_on_air(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    ann, _ = interpreter(live, "Ann")
    log = outside.logs[live.id]
    log.append(OnAir("es", Input.MACHINE, "espeak-ng 1.51", 0.1, Reason.STARTED))
    log.append(OnAir("es", Input.INTERPRETER, ann.id, 3.0, Reason.TAKEN))
    with web.control(live, signed_in) as page:
        hello = page.next("hello")
        log.append(OnAir("es", Input.MACHINE, "espeak-ng 1.51", 9.0, Reason.RELEASED))
        page.next("on_air", since_s=9.0)
        log.append(Segment(1, "en", "hello", 1.0, 2.0, 2.5))
        assert page.nothing() == []
    assert hello["me"] == {"id": "organizer", "name": "owner"}
    assert [(e["input"], e["name"], e["since_s"], e["until_s"]) for e in hello["timeline"]] == [
        ("machine", "", 0.1, 3.0),
        ("interpreter", "Ann", 3.0, None),
    ]
    (booth,) = [c["booth"] for c in hello["channels"] if c["booth"]]
    assert [(one["name"], one["place"]) for one in booth["interpreters"]] == [("Ann", "working")]


def test_an_alarm_is_the_booths_own_first(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    now_s = 0.0
    with web.control(live, signed_in) as page:
        now_s = page.next("hello")["now_s"]
        log = outside.logs[live.id]
        log.append(Alarm("es", AlarmKind.SOLO_TOO_LONG, "a", True, now_s - 4.5))
        log.append(Alarm("es", AlarmKind.DOUBLE_MICROPHONE, "", True, now_s))
        log.append(Alarm("es", AlarmKind.DOUBLE_MICROPHONE, "", False, now_s))
        log.append(Alarm("es", AlarmKind.SOUND_UNFIT, "a", True, now_s))
        assert page.next("alarm")["kind"] == "sound_unfit"
        fresh = {"kind": "double_microphone", "who": "", "since_s": now_s}
        old = {"kind": "nobody_on_air", "who": "", "since_s": now_s - 60}
        report(web, live, "es", {"alarms": [fresh, old]})
        assert page.next("channel")["facts"] == {"alarms": [old]}
        assert page.next("alarm")["kind"] == "solo_too_long"


def test_the_organizer_forces_an_input(
    web: Web, live: Session, signed_in: Client, outside: Outside
) -> None:
    ann, _ = interpreter(live, "Ann")
    with web.control(live, signed_in) as page:
        page.next("hello")
        id = page.command("force", to=ann.id)
        page.nothing()
        (command,) = commands(outside, live)
        assert (command.id, command.by, command.to) == (id, "organizer", ann.id)
        outside.logs[live.id].append(Answer(id, "es", None, 1.0))
        assert page.next("answer", command_id=id)["refusal"] is None
        assert page.asks("take") == "not_assigned"
        assert page.asks("force", to="nobody") == "nobody_there"
        assert page.asks("force", language="pt") == "not_assigned"
        page.say("signal", kind="slow_down", on=True)
        assert page.next("error")["code"] == "invalid"


def test_a_booth_learns_that_the_glossary_changed(web: Web, live: Session) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as page:
        assert page.next("hello")["glossary"] == ""
        put_concepts(event=live.room.event, concepts=[Concept("a", [Term("en", "Acme")])])
        first = page.next("plan")["glossary"]
        put_concepts(event=live.room.event, concepts=[Concept("a", [Term("en", "Acme Ltd")])])
        assert "" != first != page.next("plan")["glossary"]


def test_a_change_of_the_session_reaches_every_console(
    web: Web, live: Session, signed_in: Client
) -> None:
    _, browser = interpreter(live, "Ann")
    with web.booth(live, browser) as booth, web.control(live, signed_in) as control:
        booth.next("hello"), control.next("hello")
        change_channel(session=live, language="es", changes={"policy": "human_only"})
        for page in (booth, control):
            channels = page.next("plan")["channels"]
            policies = {c["language"]["tag"]: c["policy"] for c in channels}
            assert policies == {"en": "human_first", "es": "human_only", "fr": "human_first"}
        set_floor_language(session=live, language="es")
        assert booth.next("plan")["floor_language"]["tag"] == "es"
        bob, _ = interpreter(live, "Bob", "fr")
        while True:
            (french,) = [
                c["booth"] for c in booth.next("plan")["channels"] if c["language"]["tag"] == "fr"
            ]
            if french["interpreters"]:
                break
        assert french == {
            "name": "FR",
            "interpreters": [{"id": bob.id, "name": "Bob", "retour": False}],
        }


def test_who_is_removed_is_told_and_sent_away(web: Web, live: Session) -> None:
    ann, browser = interpreter(live, "Ann")
    _, other = interpreter(live, "Bob")
    with web.booth(live, browser) as page, web.booth(live, other) as partner:
        page.next("hello"), partner.next("hello")
        remove_interpreter(assignment=ann)
        assert page.closed() == (4403, "removed")
        assert partner.next("plan")
    with web.booth(live, browser) as page:
        assert page.closed() == (4403, "removed")
