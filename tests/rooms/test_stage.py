"""Speakers come by invitation."""

from datetime import timedelta
from typing import Any

import jwt
from django.test import Client
from django.utils import timezone

from rooms.domain.sessions import end_session
from rooms.domain.speakers import invite_speaker
from rooms.models import Invitation, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import API_SECRET, Outside


def test_an_invitation_leads_to_the_stage(
    client: Client, signed_in: Client, session: Session, outside: Outside
) -> None:
    invited = send(signed_in, "post", f"/sessions/{session.id}/invitations", {"label": "Ada"})
    address, token = invited.json()["url"].split("#i=")
    assert address == "http://testserver/stage/conference/hall-a"
    answer = send(client, "post", "/stage", {"invitation": token}).json()
    assert (answer["room"], answer["room_name"]) == (f"{session.id}.stage", "Hall A")
    assert answer["event"] == {"slug": "conference", "title": "Conference"}
    assert answer["identity"].startswith(f"speaker.{invited.json()['id']}.")
    assert answer["room"] in outside.media.rooms


def test_the_stage_tells_how_the_session_is_without_a_token(
    client: Client, session: Session, outside: Outside
) -> None:
    token = invite_speaker(session=session).token
    answer = send(client, "post", "/stage/status", {"invitation": token}).json()
    assert set(answer) == {"event", "room_name", "session", "floor_language", "voice"}
    assert answer["session"]["state"] == "planned"
    assert answer["floor_language"]["tag"] == "en"
    assert outside.media.rooms == {}
    refused = send(client, "post", "/stage/status", {"invitation": "x"})
    assert refusal(refused) == (401, "invitation_unknown")


def test_a_speaker_says_what_the_floor_speaks_now(
    client: Client, live: Session, outside: Outside
) -> None:
    """A question from the hall: its language's channel passes the floor through."""
    token = invite_speaker(session=live).token

    def says(language: str, invitation: str = token) -> Any:
        asked = {"invitation": invitation, "language": language}
        return send(client, "post", "/stage/floor-language", asked)

    for language in ("es", "en"):
        assert says(language).json()["floor_language"]["tag"] == language
        told = send(client, "post", "/stage/status", {"invitation": token}).json()
        assert told["floor_language"]["tag"] == language
        plan = outside.logs[live.id].plan()
        assert plan is not None
        assert plan.spoken_language == language
    assert outside.consoles.told == [live.id] * 3, "the start, and two changes"
    assert refusal(says("de")) == (404, "language_not_offered"), "known, and not of this session"
    assert refusal(says("")) == (422, "invalid")
    assert refusal(says("es", "x")) == (401, "invitation_unknown")
    end_session(session=live)
    assert refusal(says("es")) == (410, "session_ended")


def test_a_speaker_may_publish_a_microphone_and_nothing_else(
    client: Client, session: Session
) -> None:
    token = invite_speaker(session=session).token
    answer = send(client, "post", "/stage", {"invitation": token}).json()
    claims = jwt.decode(answer["token"], API_SECRET, algorithms=["HS256"])
    assert claims["video"] == {
        "roomJoin": True,
        "room": f"{session.id}.stage",
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canPublishData": False,
        "canSubscribe": True,
        "canUpdateOwnMetadata": False,
    }


def test_two_devices_of_one_invitation_are_two_speakers(client: Client, session: Session) -> None:
    token = invite_speaker(session=session).token
    identities = {
        send(client, "post", "/stage", {"invitation": token}).json()["identity"] for _ in range(2)
    }
    assert len(identities) == 2


def test_an_unknown_invitation_is_refused(client: Client, transactional_db: None) -> None:
    for token in ("", "x" * 32, "ä"):
        answer = send(client, "post", "/stage", {"invitation": token})
        assert refusal(answer) == (401, "invitation_unknown")


def test_an_expired_invitation_is_refused(client: Client, session: Session) -> None:
    token = invite_speaker(session=session).token
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = send(client, "post", "/stage", {"invitation": token})
    assert refusal(answer) == (401, "invitation_expired")


def test_whoever_is_on_stage_may_come_back_after_the_invitation_expired(
    client: Client, live: Session
) -> None:
    token = invite_speaker(session=live).token
    assert send(client, "post", "/stage", {"invitation": token}).status_code == 200
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for path in ("/stage/status", "/stage"):
        assert send(client, "post", path, {"invitation": token}).status_code == 200
    end_session(session=live)
    assert refusal(send(client, "post", "/stage", {"invitation": token})) == (410, "session_ended")


def test_an_expired_invitation_that_nobody_used_lets_nobody_into_a_running_session(
    client: Client, live: Session
) -> None:
    token = invite_speaker(session=live).token
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    refused = send(client, "post", "/stage", {"invitation": token})
    assert refusal(refused) == (401, "invitation_expired")


def test_an_ended_session_has_no_stage(client: Client, live: Session) -> None:
    token = invite_speaker(session=live).token
    end_session(session=live)
    assert refusal(send(client, "post", "/stage", {"invitation": token})) == (410, "session_ended")


def test_invitations_are_listed_without_their_tokens(signed_in: Client, session: Session) -> None:
    path = f"/sessions/{session.id}/invitations"
    invited = send(signed_in, "post", path, {"label": "Ada", "hours": 2}).json()
    items = send(signed_in, "get", path).json()["items"]
    assert [(item["id"], item["label"]) for item in items] == [(invited["id"], "Ada")]
    assert set(items[0]) == {"id", "label", "voice", "created_at", "expires_at"}


def test_a_withdrawn_invitation_sends_its_speaker_away(
    client: Client, signed_in: Client, session: Session, outside: Outside
) -> None:
    ada, bob = invite_speaker(session=session), invite_speaker(session=session)
    stage = f"{session.id}.stage"
    both = [f"speaker.{invited.invitation.id}.1" for invited in (ada, bob)]
    outside.media.rooms[stage] = both.copy()
    path = f"/sessions/{session.id}/invitations/{ada.invitation.id}"
    assert send(signed_in, "delete", path).status_code == 204
    assert outside.media.rooms[stage] == both[1:]
    answer = send(client, "post", "/stage", {"invitation": ada.token})
    assert refusal(answer) == (401, "invitation_unknown")


def test_an_invitation_of_another_session_is_not_found(signed_in: Client, session: Session) -> None:
    answer = send(signed_in, "delete", f"/sessions/{session.id}/invitations/abcdefghijkl")
    assert refusal(answer) == (404, "unknown_invitation")


def test_guessing_invitations_is_slowed_down(client: Client, transactional_db: None) -> None:
    answers = [send(client, "post", "/stage", {"invitation": "guess"}) for _ in range(121)]
    assert refusal(answers[-1]) == (429, "too_many")
