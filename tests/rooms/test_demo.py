"""The demo event of a fresh install."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client

from rooms.domain.sessions import end_session
from rooms.media import MediaUnreachable
from rooms.models import Event, Session
from tests.rooms.conftest import send
from tests.rooms.parts import Outside


@pytest.fixture
def demo(transactional_db: None, tmp_path: Path) -> Any:
    def make(*arguments: str) -> dict[str, str]:
        file = tmp_path / "demo.json"
        call_command("createdemo", *arguments, "--file", str(file), stdout=StringIO())
        assert file.stat().st_mode & 0o777 == 0o600
        kept: dict[str, str] = json.loads(file.read_text())
        return kept

    return make


def test_the_demo_is_made_once(demo: Any) -> None:
    assert demo() == demo()
    assert Event.objects.count() == 1
    session = Session.objects.get()
    assert [channel.language for channel in session.channels.all()] == [
        "en",
        "es",
        "fr",
        "ca",
        "pt",
        "it",
    ]


def test_the_demo_goes_live_once(demo: Any) -> None:
    demo("--live")
    demo("--live")
    assert Session.objects.get().state == "live"


def test_the_demo_after_its_end_is_a_new_session_with_a_new_invitation(demo: Any) -> None:
    first = demo("--live")
    end_session(session=Session.objects.get())
    second = demo("--live")
    assert first["session"] != second["session"]
    assert first["invitation"] != second["invitation"]
    assert first["password"] == second["password"]


def test_the_demos_organizer_can_sign_in_and_its_speaker_speak(demo: Any, client: Client) -> None:
    kept = demo("--live")
    assert authenticate(username=kept["email"], password=kept["password"]) is not None
    assert kept["listen_url"] == "http://testserver/e/demo/hall-a"
    answer = send(client, "post", "/stage", {"invitation": kept["invitation"]})
    assert answer.status_code == 200


def test_the_demo_needs_livekit_only_to_go_live(demo: Any, outside: Outside) -> None:
    outside.media.refusing = MediaUnreachable("LiveKit does not answer at ws://x: start it")
    demo()
    with pytest.raises(CommandError, match="LiveKit does not answer"):
        demo("--live")
