"""What the floor speaks is set by people, or found out by its job."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from rooms.domain.channels import remove_channel
from rooms.domain.floor_language import detect_floor_language, set_floor_language
from rooms.domain.sessions import end_session
from rooms.models import Session
from rooms.tasks import note_floor_language
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import BlockingMemoryLog, Outside
from translation.values import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def able(outside: Outside) -> None:
    outside.engines.no_detection = ""


def plan(outside: Outside, session: Session) -> Plan:
    found: Plan | None = outside.logs[session.id].plan()
    assert found is not None
    return found


def test_detection_is_refused_where_no_engine_can(signed_in: Client, live: Session) -> None:
    answer = send(signed_in, "post", f"/sessions/{live.id}/floor-language", {"detect": True})

    assert refusal(answer) == (409, "no_detection")
    assert "IDENTIFICATION_ENGINE" in answer.content.decode()
    assert not Session.objects.get().detects_language


@pytest.mark.usefixtures("able")
def test_detection_is_in_the_plan(signed_in: Client, live: Session, outside: Outside) -> None:
    told = send(signed_in, "post", f"/sessions/{live.id}/floor-language", {"detect": True}).json()

    assert (told["detects_language"], told["floor_language"]["tag"]) == (True, "en")
    assert plan(outside, live).detects


@pytest.mark.usefixtures("able")
def test_a_session_of_one_language_has_nothing_to_detect(signed_in: Client, live: Session) -> None:
    for language in ("es", "fr"):
        remove_channel(session=live, language=language)

    answer = send(signed_in, "post", f"/sessions/{live.id}/floor-language", {"detect": True})

    assert refusal(answer) == (409, "one_language")


@pytest.mark.usefixtures("able")
def test_what_the_floor_job_found_out_is_what_the_floor_speaks(
    live: Session, outside: Outside
) -> None:
    detect_floor_language(session=live)

    note_floor_language(live.id, "fr")
    assert (plan(outside, live).spoken_language, plan(outside, live).detects) == ("fr", True)
    note_floor_language(live.id, "en")
    assert (plan(outside, live).spoken_language, plan(outside, live).detects) == ("en", True)
    note_floor_language(live.id, "ja")  # no channel's
    note_floor_language("nobody", "fr")
    assert plan(outside, live).spoken_language == "en"


@pytest.mark.usefixtures("able")
def test_what_people_say_ends_detection(signed_in: Client, live: Session, outside: Outside) -> None:
    detect_floor_language(session=live)
    note_floor_language(live.id, "fr")

    send(signed_in, "post", f"/sessions/{live.id}/floor-language", {"language": "es"})
    note_floor_language(live.id, "fr")

    assert (plan(outside, live).spoken_language, plan(outside, live).detects) == ("es", False)


class Interrupted(BlockingMemoryLog):
    """The first time that its plan is read something else happens before."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__()
        self._happens: Callable[[], object] | None = happens

    def plan(self) -> Plan | None:
        happens, self._happens = self._happens, None
        if happens:
            happens()
        return super().plan()


@pytest.mark.usefixtures("able")
@pytest.mark.parametrize(
    ("said", "spoken"),
    [(partial(set_floor_language, language="es"), "es"), (end_session, "")],
    ids=["the chair says it", "the session ends"],
)
def test_what_people_say_while_something_is_noted_is_not_overruled(
    live: Session, outside: Outside, said: Callable[..., Session], spoken: str
) -> None:
    detect_floor_language(session=live)
    outside.logs[live.id] = Interrupted(lambda: said(session=live))

    note_floor_language(live.id, "fr")

    live.refresh_from_db()
    assert live.floor_language == spoken
    assert live.detects_language == (spoken == "")


@pytest.mark.usefixtures("able")
def test_after_the_end_nothing_is_noted(live: Session, outside: Outside) -> None:
    detect_floor_language(session=live)
    end_session(session=live)

    note_floor_language(live.id, "fr")

    assert plan(outside, live).spoken_language == "en"
