"""Interpreters are invited, come once, work, and are removed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from rooms.domain.booths import claim_place, invite_interpreter, remove_interpreter
from rooms.domain.channels import remove_channel
from rooms.domain.errors import InvitationRefused
from rooms.domain.plans import plan_of
from rooms.domain.reconcile import heed_webhook, reconcile_listeners
from rooms.domain.sessions import end_session
from rooms.domain.speakers import invite_speaker
from rooms.media import MediaUnreachable
from rooms.models import Assignment, Booth, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import API_SECRET, Outside
from translation.values import (
    Assigned,
    ChannelPlan,
    Command,
    Gesture,
    Input,
    OnAir,
    Policy,
    Reason,
)


@pytest.fixture(autouse=True)
def page(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "booth.html").write_text("<title>booth</title>")
    settings.FRONTEND_DIR = tmp_path


def joined(
    session: Session,
    name: str = "Ann",
    language: str = "es",
    *,
    show_name: bool = False,
    **options: Any,
) -> Assignment:
    made = invite_interpreter(session=session, language=language, name=name, **options)
    return claim_place(token=made.token, show_name=show_name)


def test_an_invitation_leads_one_person_into_the_booth(
    signed_in: Client, client: Client, session: Session
) -> None:
    answer = send(
        signed_in,
        "post",
        f"/sessions/{session.id}/booths/es/invitations",
        {"name": "Ann", "show_name": True, "retour": True, "valid_hours": 2},
    )
    assert answer.status_code == 201
    address = answer.json()["url"].removeprefix("http://testserver")
    assert address.startswith("/booth/join/")
    page = client.get(address)
    assert page.status_code == 200
    assert "Ann, you are invited to interpret into Spanish." in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Assignment.objects.get().claimed_at is None, "looking is not coming"
    assert client.post(address).headers["Location"] == f"/booth/{session.id}"
    assert client.get(f"/booth/{session.id}").content == b"<title>booth</title>"
    assert client.get(address).headers["Location"] == f"/booth/{session.id}"
    assert client.post(address).status_code == 302, "whoever has the place may come again"
    for method in ("get", "post"):
        late = getattr(Client(), method)(address)
        assert late.status_code == 401
        assert "has been used already" in late.content.decode()


def spanish(outside: Outside, session: Session) -> ChannelPlan:
    plan = outside.logs[session.id].plan()
    assert plan is not None
    found: ChannelPlan | None = plan.channel("es")
    assert found is not None
    return found


@pytest.mark.parametrize("proposed", [True, False])
@pytest.mark.parametrize("agreed", [True, False])
def test_whether_listeners_read_her_name_is_hers_to_say(
    client: Client, live: Session, outside: Outside, proposed: bool, agreed: bool
) -> None:
    made = invite_interpreter(session=live, language="es", name="Ann", show_name=proposed)
    page = client.get(f"/booth/join/{made.token}").content.decode()
    assert '<input type="checkbox" name="show_name" id="show_name">' in page, "not ticked for her"
    assert ("The organizer would like" in page) is proposed
    client.post(f"/booth/join/{made.token}", {"show_name": "on"} if agreed else {})
    assert Assignment.objects.get().show_name is agreed
    assert spanish(outside, live).interpreters[0].name == ("Ann" if agreed else "")


def test_she_withdraws_her_name_and_gives_it_again_while_she_works(
    client: Client, live: Session, outside: Outside
) -> None:
    made = invite_interpreter(session=live, language="es", name="Ann")
    client.post(f"/booth/join/{made.token}", {"show_name": "on"})
    ann, log = made.assignment.id, outside.logs[live.id]
    log.append(OnAir("es", Input.INTERPRETER, ann, 60.5, Reason.TAKEN, "Ann"))
    transcript = f"/sessions/{live.id}/transcript"
    for shown, name in ((False, ""), (True, "Ann")):
        outside.consoles.told.clear()
        told = send(client, "patch", f"/booth/{live.id}", {"show_name": shown})
        assert (told.status_code, told.json()["me"]["show_name"]) == (200, shown)
        assert spanish(outside, live).interpreters[0].name == name
        assert outside.consoles.told == [live.id]
        (voice,) = send(client, "get", f"{transcript}.json?language=es").json()["voices"]
        assert (voice["who"], voice["name"]) == (ann, name)
        vtt = send(client, "get", f"{transcript}.vtt?language=es").content.decode()
        assert ("Ann" in vtt) is shown
    end_session(session=live)
    before = len(log.read())
    send(client, "patch", f"/booth/{live.id}", {"show_name": False})
    (voice,) = send(client, "get", f"{transcript}.json?language=es").json()["voices"]
    assert (voice["name"], len(log.read())) == ("", before), "a log that is over stays so"


def test_of_two_who_open_a_link_at_once_one_comes_in(session: Session) -> None:
    made = invite_interpreter(session=session, language="es", name="Ann")

    def come(_: int) -> str:
        try:
            return claim_place(token=made.token).id
        except InvitationRefused as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        came = sorted(pool.map(come, range(4)))
    assert sorted([made.assignment.id, *["invitation_used"] * 3]) == came


def test_an_invitation_expires(client: Client, session: Session) -> None:
    made = invite_interpreter(session=session, language="es", name="Ann")
    Assignment.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/booth/join/{made.token}")
        assert (answer.status_code, "has expired" in answer.content.decode()) == (401, True)
    assert Assignment.objects.get().claimed_at is None


@pytest.mark.parametrize("token", ["x", "ä", "x" * 500])
def test_an_unknown_invitation_says_so(client: Client, session: Session, token: str) -> None:
    answer = client.get(f"/booth/join/{token}")
    assert (answer.status_code, "does not exist" in answer.content.decode()) == (401, True)


def test_a_booth_without_a_place_says_so(client: Client, session: Session) -> None:
    answer = client.get(f"/booth/{session.id}")
    assert (answer.status_code, "invitation" in answer.content.decode()) == (403, True)
    assert client.get("/booth/nobodyknows1").status_code == 404


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("pt", {"name": "Ann"}, (404, "language_not_offered")),
        ("es", {"name": " "}, (422, "invalid")),
        ("es", {"name": "Ann", "valid_hours": 0}, (422, "invalid")),
        ("es", {"name": "Ann", "admin": True}, (422, "invalid")),
        ("es", {}, (422, "invalid")),
    ],
)
def test_a_wrong_invitation_is_refused(
    signed_in: Client, session: Session, language: str, body: Any, expected: Any
) -> None:
    path = f"/sessions/{session.id}/booths/{language}/invitations"
    assert refusal(send(signed_in, "post", path, body)) == expected
    assert not Booth.objects.exists()


def test_nobody_is_invited_to_a_session_that_is_over(signed_in: Client, live: Session) -> None:
    end_session(session=live)
    path = f"/sessions/{live.id}/booths/es/invitations"
    assert refusal(send(signed_in, "post", path, {"name": "Ann"})) == (410, "session_ended")


def test_the_plan_names_who_works_for_which_channel(live: Session, outside: Outside) -> None:
    ann = joined(live, "Ann", show_name=True, retour=True)
    bob = joined(live, "Bob")
    cho = joined(live, "Cho", "en")
    invite_interpreter(session=live, language="es", name="Dan")
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert {c.language: c.interpreters for c in plan.channels} == {
        "en": (Assigned(ann.id, "es", retour=True, name="Ann"), Assigned(cho.id, "en")),
        "es": (Assigned(ann.id, "es", name="Ann"), Assigned(bob.id, "es")),
        "fr": (),
    }
    remove_channel(session=live, language="es")
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert {c.language: c.interpreters for c in plan.channels} == {
        "en": (Assigned(cho.id, "en"),),
        "fr": (),
    }


def test_a_removed_interpreter_is_gone_at_once(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    ann, bob = joined(live, "Ann"), joined(live, "Bob")
    stage = f"{live.id}.stage"
    pages = [f"interpreter.{ann.id}.1", f"interpreter.{ann.id}.2", f"interpreter.{bob.id}.1"]
    outside.media.rooms[stage] = pages.copy()
    outside.consoles.told.clear()
    assert send(signed_in, "delete", f"/assignments/{ann.id}").status_code == 204
    assert outside.media.rooms[stage] == pages[2:]
    assert [one.id for one in spanish(outside, live).interpreters] == [bob.id]
    assert outside.consoles.told == [live.id]
    assert refusal(send(signed_in, "delete", f"/assignments/{ann.id}")) == (
        404,
        "unknown_assignment",
    )


def test_who_was_removed_and_comes_back_is_sent_away(live: Session, outside: Outside) -> None:
    """Her token is good for ten minutes more, as far as LiveKit is concerned."""
    ann, bob = joined(live, "Ann"), joined(live, "Bob")
    remove_interpreter(assignment=ann)
    withdrawn = invite_speaker(session=live).invitation
    invited = invite_speaker(session=live).invitation
    stay = [f"interpreter.{bob.id}.1", f"speaker.{invited.id}.1", "floor.1", "EN_egress"]
    go = [
        f"interpreter.{ann.id}.1",
        f"speaker.{withdrawn.id}.1",
        "interpreter.nobody.1",
        "interpreter.",
    ]
    withdrawn.delete()
    stage = f"{live.id}.stage"
    outside.media.rooms[stage] = [*stay, *go]
    heed_webhook(event="participant_joined", room=stage, identity=go[0])
    assert outside.media.rooms[stage] == [*stay, *go[1:]]
    heed_webhook(event="participant_joined", room=stage, identity=stay[0])
    reconcile_listeners()
    assert outside.media.rooms[stage] == [*stay, "interpreter."]


def test_removing_works_while_livekit_is_away(live: Session, outside: Outside) -> None:
    ann = joined(live)
    outside.media.refusing = MediaUnreachable("LiveKit does not answer: start it")
    remove_interpreter(assignment=ann)
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert all(not channel.interpreters for channel in plan.channels)


def test_an_invitation_that_was_withdrawn_is_of_no_use(client: Client, session: Session) -> None:
    made = invite_interpreter(session=session, language="es", name="Ann")
    remove_interpreter(assignment=made.assignment)
    answer = client.post(f"/booth/join/{made.token}")
    assert (answer.status_code, "does not exist" in answer.content.decode()) == (401, True)


def test_a_booth_token_publishes_a_microphone_on_the_stage_and_nothing_else(
    client: Client, session: Session, outside: Outside
) -> None:
    made = invite_interpreter(session=session, language="es", name="Ann")
    client.post(f"/booth/join/{made.token}")
    answer = send(client, "post", f"/booth/{session.id}/token").json()
    assert answer["room"] == f"{session.id}.stage"
    assert answer["room"] in outside.media.rooms
    assert answer["identity"].startswith(f"interpreter.{made.assignment.id}.")
    claims = jwt.decode(answer["token"], API_SECRET, algorithms=["HS256"])
    assert claims["sub"] == answer["identity"]
    assert "Ann" not in str(claims)
    assert claims["exp"] - claims["nbf"] == 600
    assert claims["video"] == {
        "roomJoin": True,
        "room": f"{session.id}.stage",
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canPublishData": False,
        "canSubscribe": True,
        "canUpdateOwnMetadata": False,
    }


def test_no_token_when_the_session_is_over(client: Client, live: Session) -> None:
    made = invite_interpreter(session=live, language="es", name="Ann")
    client.post(f"/booth/join/{made.token}")
    end_session(session=live)
    assert refusal(send(client, "post", f"/booth/{live.id}/token")) == (410, "session_ended")


def test_the_console_shows_colleagues_and_no_invitations(client: Client, live: Session) -> None:
    made = invite_interpreter(session=live, language="es", name="Ann", retour=True)
    client.post(f"/booth/join/{made.token}")
    invite_interpreter(session=live, language="es", name="Not yet")
    told = send(client, "get", f"/booth/{live.id}").json()
    me = {"id": made.assignment.id, "name": "Ann", "show_name": False, "retour": True}
    assert (told["me"], told["language"]["tag"]) == (me, "es")
    colleagues = [{"id": made.assignment.id, "name": "Ann", "retour": True}]
    assert [channel["booth"] for channel in told["channels"]] == [
        None,
        {"name": "ES", "interpreters": colleagues},
        None,
    ]


def test_the_organizer_sees_who_was_invited_and_who_works(
    signed_in: Client, session: Session
) -> None:
    joined(session, "Ann")
    invite_interpreter(session=session, language="es", name="Bob")
    late = invite_interpreter(session=session, language="es", name="Cho").assignment
    Assignment.objects.filter(id=late.id).update(expires_at=timezone.now())
    gone = joined(session, "Dan")
    remove_interpreter(assignment=gone)
    channels = send(signed_in, "get", f"/sessions/{session.id}/booths").json()["channels"]
    (booth,) = [channel["booth"] for channel in channels if channel["booth"]]
    assert [(one["name"], one["place"]) for one in booth["interpreters"]] == [
        ("Ann", "working"),
        ("Bob", "invited"),
        ("Cho", "expired"),
    ]


def test_a_channel_changes_only_what_is_given(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    path = f"/sessions/{live.id}/channels/es"
    changed = send(
        signed_in, "patch", path, {"policy": "machine_first", "stand_in_s": 3, "unmanned": None}
    ).json()
    assert (changed["policy"], changed["stand_in_s"], changed["unmanned"], changed["turn_s"]) == (
        "machine_first",
        3,
        "slate",
        1800,
    )
    plan = outside.logs[live.id].plan()
    assert plan is not None
    channel = spanish(outside, live)
    assert (channel.policy, channel.stand_in_s) == (Policy.MACHINE_FIRST, 3.0)
    assert plan == plan_of(Session.objects.get())


@pytest.mark.parametrize(
    "change",
    [
        {"policy": "anybody"},
        {"unmanned": "machine"},
        {"stand_in_s": 0},
        {"stand_in_s": "NaN"},
        {"turn_s": 1},
        {"spoken_notice": "maybe"},
        {"shards": 9},
    ],
)
def test_a_wrong_change_of_a_channel_is_refused(
    signed_in: Client, session: Session, change: Any
) -> None:
    answer = send(signed_in, "patch", f"/sessions/{session.id}/channels/es", change)
    assert refusal(answer) == (422, "invalid")


def test_a_channel_that_is_none_changes_nothing(signed_in: Client, session: Session) -> None:
    answer = send(signed_in, "patch", f"/sessions/{session.id}/channels/pt", {"turn_s": 60})
    assert refusal(answer) == (404, "language_not_offered")


def test_the_organizer_forces_a_channel(signed_in: Client, live: Session, outside: Outside) -> None:
    ann = joined(live)
    path = f"/sessions/{live.id}/channels/es/force"
    for to in (ann.id, "machine", "floor", "slate", ""):
        answer = send(signed_in, "post", path, {"to": to})
        assert answer.status_code == 202
    asked = [e.entry for e in outside.logs[live.id].read() if isinstance(e.entry, Command)]
    assert [(c.gesture, c.by, c.to) for c in asked] == [
        (Gesture.FORCE, "organizer", to) for to in (ann.id, "machine", "floor", "slate", "")
    ]
    assert asked[-1].id == answer.json()["command_id"]
    assert refusal(send(signed_in, "post", path, {"to": "nobody"})) == (409, "nobody_there")
    end_session(session=live)
    assert refusal(send(signed_in, "post", path, {"to": "slate"})) == (409, "not_live")


def test_what_the_floor_speaks_is_in_the_plan(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    path = f"/sessions/{live.id}/floor-language"
    told = send(signed_in, "post", path, {"language": "fr"}).json()
    assert told["floor_language"]["tag"] == "fr"
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert plan.spoken_language == "fr"
    assert refusal(send(signed_in, "post", path, {"language": "xx"})) == (404, "unknown_language")
    for language in ("en", ""):
        told = send(signed_in, "post", path, {"language": language}).json()
        assert told["floor_language"]["tag"] == "en"
        assert Session.objects.get().floor_language == ""


def test_the_countdown_is_the_sessions(signed_in: Client, session: Session) -> None:
    path = f"/sessions/{session.id}"
    assert send(signed_in, "patch", path, {"countdown_s": 0}).json()["countdown_s"] == 0
    assert refusal(send(signed_in, "patch", path, {"countdown_s": 61})) == (422, "invalid")


def test_the_timeline_tells_who_was_on_air_from_when_to_when(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    ann = joined(live, "Ann")
    log = outside.logs[live.id]
    log.append(OnAir("es", Input.MACHINE, "espeak-ng 1.51", 0.0))
    log.append(OnAir("fr", Input.MACHINE, "espeak-ng 1.51", 0.0))
    log.append(OnAir("es", Input.INTERPRETER, ann.id, 60.5, Reason.TAKEN))
    items = send(signed_in, "get", f"/sessions/{live.id}/timeline").json()["items"]
    assert items[2] == {
        "language": "es",
        "input": "interpreter",
        "who": ann.id,
        "name": "Ann",
        "reason": "taken",
        "since_s": 60.5,
        "until_s": None,
    }
    assert [(i["language"], i["until_s"]) for i in items[:2]] == [("es", 60.5), ("fr", None)]
