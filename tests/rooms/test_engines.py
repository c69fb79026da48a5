"""Engines that organizations and events wish for: stored, refused, told to running sessions."""

from typing import Any

import pytest
from django.test import Client

from rooms.domain.booths import claim_place, invite_interpreter
from rooms.domain.events import create_event, create_room
from rooms.domain.sessions import create_session
from rooms.models import Channel, EngineWish, Event, Organization, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import Outside
from translation.choice import Slot, Wish
from translation.values import Policy

ORGANIZATION = "/organize/organizations/acme-talks/engines"
EVENT = "/organize/events/conference/engines"


def wish(slot: str, *chain: str, language: str = "") -> dict[str, Any]:
    return {"slot": slot, "language": language, "chain": list(chain)}


def put(client: Client, path: str, *wishes: dict[str, Any]) -> Any:
    return send(client, "put", path, {"wishes": list(wishes)})


def chains(answer: dict[str, Any], language: str) -> dict[str, tuple[str, str]]:
    """Slot -> who of the chain serves, and whose wish it is; a slot that nobody needs is left
    out."""
    one = next(row for row in answer["languages"] if row["language"]["tag"] == language)
    return {
        slot: (", ".join(one[slot]["chain"]), one[slot]["origin"])
        for slot in ("recognition", "translation", "speech")
        if one[slot]
    }


def test_where_nobody_wishes_anything_the_install_decides(
    signed_in: Client, session: Session
) -> None:
    answer = send(signed_in, "get", EVENT).json()
    assert answer["wishes"] == []
    assert [row["language"]["tag"] for row in answer["languages"]] == ["en", "es", "fr"]
    assert chains(answer, "es") == {
        "recognition": ("pocketsphinx", "install"),
        "translation": ("apertium", "install"),
        "speech": ("espeak-ng", "install"),
    }
    assert chains(answer, "en") == {"recognition": ("pocketsphinx", "install")}
    assert "elevenlabs" in answer["known"]["speech"]


def test_the_events_wish_goes_before_the_organizations(signed_in: Client, session: Session) -> None:
    put(signed_in, ORGANIZATION, wish("speech", "piper", "espeak-ng"), wish("translation", "llm"))
    answer = put(signed_in, EVENT, wish("speech", "espeak-ng", language="es")).json()

    assert answer["wishes"] == [wish("speech", "espeak-ng", language="es")]
    assert chains(answer, "es")["speech"] == ("espeak-ng", "event")
    assert chains(answer, "fr") == {
        "recognition": ("", "install"),
        "translation": ("llm", "organization"),
        "speech": ("espeak-ng", "organization"),
    }
    whole = send(signed_in, "get", ORGANIZATION).json()
    assert whole["wishes"] == [
        wish("speech", "piper", "espeak-ng"), wish("translation", "llm"),
    ]  # fmt: skip
    assert {row["event"] for row in whole["languages"]} == {"conference"}


def test_what_is_put_takes_the_place_of_what_was_there(signed_in: Client, session: Session) -> None:
    put(signed_in, EVENT, wish("speech", "piper", "espeak-ng"))
    answer = put(signed_in, EVENT, wish("translation", "llm", "apertium")).json()
    assert answer["wishes"] == [wish("translation", "llm", "apertium")]
    assert put(signed_in, EVENT).json()["wishes"] == []
    assert not EngineWish.objects.exists()


@pytest.mark.parametrize("path", [EVENT, ORGANIZATION])
def test_running_sessions_are_told_at_once(
    signed_in: Client, live: Session, outside: Outside, path: str
) -> None:
    put(signed_in, path, wish("speech", "piper", "espeak-ng", language="es"))
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert plan.engines == (Wish(Slot.SPEECH, "es", ("piper", "espeak-ng")),)
    put(signed_in, path)
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert plan.engines == ()


def test_other_organizations_sessions_are_not_told(
    signed_in: Client, stranger: Client, live: Session, outside: Outside
) -> None:
    before = outside.logs[live.id].read()
    assert put(stranger, "/organize/organizations/other/engines", wish("speech", "piper")).json()
    assert outside.logs[live.id].read() == before


@pytest.mark.parametrize(
    ("given", "expected", "said"),
    [
        (wish("speech", "festival"), (404, "unknown_engine"), "“festival” is no speech engine;"),
        (wish("speech", "os.system"), (404, "unknown_engine"), "known: elevenlabs, espeak-ng,"),
        (wish("speech", "apertium"), (404, "unknown_engine"), "“apertium” is no speech engine;"),
        (wish("speech", "elevenlabs"), (409, "engine_unavailable"), "not set up"),
        (wish("speech", "piper", language="tlh"), (404, "unknown_language"), "tlh"),
        (wish("speech"), (422, "invalid"), "names no engine"),
        (wish("voice activity", "silero"), (422, "invalid"), "slot"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_by_name(
    signed_in: Client, live: Session, outside: Outside, given: Any, expected: object, said: str
) -> None:
    answer = put(signed_in, EVENT, wish("translation", "llm"), given)
    assert refusal(answer) == expected
    assert said in answer.json()["message"]
    assert not EngineWish.objects.exists()


def test_two_wishes_for_the_same_are_refused(signed_in: Client, session: Session) -> None:
    answer = put(signed_in, EVENT, *[wish("speech", "piper", language="es")] * 2)
    assert refusal(answer) == (422, "invalid")
    assert "two wishes for speech in “es”" in answer.json()["message"]


def test_engines_that_would_silence_a_language_are_refused(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    answer = put(signed_in, EVENT, wish("speech", "piper"))
    assert refusal(answer) == (409, "pair_unsupported")
    assert "none of them speaks French" in answer.json()["message"]
    assert not EngineWish.objects.exists()
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert plan.engines == ()
    assert put(signed_in, EVENT, wish("speech", "piper", language="es")).status_code == 200


def test_a_language_is_only_added_where_the_wished_engines_serve_it(
    signed_in: Client, live: Session
) -> None:
    put(signed_in, EVENT, wish("speech", "piper", language="it"))
    answer = send(signed_in, "post", f"/sessions/{live.id}/channels", {"language": "it"})
    assert refusal(answer) == (409, "pair_unsupported")
    assert "none of them speaks Italian" in answer.json()["message"]
    body = {"title": "x", "source_language": "en", "languages": ["it"]}
    answer = send(signed_in, "post", "/organize/rooms/conference/hall-a/sessions", body)
    assert refusal(answer) == (409, "pair_unsupported")


def test_the_languages_of_an_event_are_those_of_its_engines(
    signed_in: Client, client: Client, session: Session
) -> None:
    put(signed_in, EVENT, wish("speech", "piper", language="it"))

    def targets(query: str) -> set[str]:
        items = send(client, "get", f"/languages{query}").json()["items"]
        return set(next(each for each in items if each["tag"] == "en")["targets"])

    assert targets("") - targets("?event=conference") == {"it"}
    assert refusal(send(client, "get", "/languages?event=nobody")) == (404, "unknown_event")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [("de", "es", "recognises German"), ("en", "de", "translates it")],
)
def test_the_refusal_of_a_pair_says_what_is_missing(
    signed_in: Client, session: Session, source: str, target: str, said: str
) -> None:
    body = {"title": "x", "source_language": source, "languages": [target]}
    answer = send(signed_in, "post", "/organize/rooms/conference/hall-a/sessions", body)
    assert refusal(answer) == (409, "pair_unsupported")
    assert said in answer.json()["message"]
    slot = "recognition" if source == "de" else "translation"
    assert answer.json()["values"] == {"slot": slot, "source": source, "target": target}


def test_a_session_does_not_begin_with_a_language_nobody_serves(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    """The service runs with other engines now than when the session was planned."""
    outside.engines.poor["espeak-ng"] = {"es"}
    answer = send(signed_in, "post", f"/sessions/{session.id}/start")
    assert refusal(answer) == (409, "pair_unsupported")
    Channel.objects.filter(session=session, language="fr").update(policy=Policy.HUMAN_ONLY.value)
    assert send(signed_in, "post", f"/sessions/{session.id}/start").status_code == 200


def test_an_interpreter_serves_where_no_engine_does(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    outside.engines.poor["espeak-ng"] = {"es"}
    invited = invite_interpreter(session=session, language="fr", name="Ann")
    claim_place(token=invited.token)
    assert send(signed_in, "post", f"/sessions/{session.id}/start").status_code == 200


def test_a_deleted_event_takes_its_wishes_along(signed_in: Client, session: Session) -> None:
    put(signed_in, EVENT, wish("translation", "llm"))
    send(signed_in, "delete", "/organize/events/conference")
    assert not EngineWish.objects.exists()


def test_operators_mend_wishes_in_the_admin(organization: Organization, session: Session) -> None:
    from rooms.admin import WishForm

    right = {"slot": "speech", "language": "es", "chain": "piper, espeak-ng"}
    assert WishForm(right).is_valid()
    wrong = WishForm({**right, "chain": "festival"})
    assert not wrong.is_valid()
    assert "“festival” is no speech engine" in str(wrong.errors)


def test_wishes_of_one_event_are_not_the_others(
    signed_in: Client, organization: Organization, session: Session
) -> None:
    other = create_event(organization=organization, title="Other")
    room = create_room(event=other, name="Hall")
    create_session(room=room, title="x", source_language="en", languages=["es"])
    put(signed_in, EVENT, wish("translation", "llm"))
    answer = send(signed_in, "get", "/organize/events/other/engines").json()
    assert chains(answer, "es")["translation"] == ("apertium", "install")
    assert Event.objects.count() == 2
