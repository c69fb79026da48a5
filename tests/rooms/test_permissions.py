"""Who may do what: every organizer's call, for everybody who may not make it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rooms.api import api
from rooms.domain.booths import invite_interpreter
from rooms.domain.members import invite_member
from rooms.domain.sessions import create_session
from rooms.domain.speakers import invite_speaker
from rooms.models import Assignment, Member, Organization, Role, Session
from tests.rooms.conftest import person, refusal, send

pytestmark = pytest.mark.slow

Call = tuple[str, str, object]

ORGANIZER_CALLS: list[Call] = [
    ("post", "/organize/events", {"organization": "acme-talks", "title": "New"}),
    ("patch", "/organize/events/conference", {"title": "New"}),
    ("delete", "/organize/events/conference", None),
    ("post", "/organize/events/conference/rooms", {"name": "New"}),
    ("patch", "/organize/rooms/conference/hall-a", {"name": "New"}),
    ("delete", "/organize/rooms/conference/hall-a", None),
    (
        "post",
        "/organize/rooms/conference/hall-a/sessions",
        {"title": "New", "source_language": "en", "languages": []},
    ),
    ("post", "/sessions/{session}/start", None),
    ("post", "/sessions/{session}/pause", None),
    ("post", "/sessions/{session}/end", None),
    ("post", "/sessions/{session}/channels", {"language": "it"}),
    ("delete", "/sessions/{session}/channels/es", None),
    ("get", "/sessions/{session}/status", None),
    ("post", "/sessions/{session}/invitations", {}),
    ("get", "/sessions/{session}/invitations", None),
    ("delete", "/sessions/{session}/invitations/{invitation}", None),
    ("patch", "/sessions/{session}", {"countdown_s": 5}),
    ("delete", "/sessions/{session}", None),
    ("get", "/sessions/{session}/booths", None),
    ("post", "/sessions/{session}/booths/es/invitations", {"name": "Ann"}),
    ("delete", "/assignments/{assignment}", None),
    ("patch", "/sessions/{session}/channels/es", {"policy": "human_only"}),
    ("post", "/sessions/{session}/channels/es/force", {"to": "slate"}),
    ("post", "/sessions/{session}/floor-language", {"language": "es"}),
    ("get", "/sessions/{session}/timeline", None),
    ("get", "/events/conference/glossary", None),
    ("post", "/events/conference/glossary", {"terms": [{"language": "en", "term": "Acme"}]}),
    ("post", "/events/conference/glossary/upload", None),
    ("delete", "/events/conference/glossary", None),
    ("delete", "/events/conference/glossary/acme", None),
    ("get", "/organize/organizations/acme-talks/members", None),
    ("delete", "/organize/organizations/acme-talks/members/{member}", None),
    ("get", "/organize/organizations/acme-talks/engines", None),
    ("put", "/organize/organizations/acme-talks/engines", {"wishes": []}),
    ("get", "/organize/events/conference/engines", None),
    ("put", "/organize/events/conference/engines", {"wishes": []}),
    ("get", "/organize/events/conference/voices", None),
    ("put", "/organize/events/conference/voices", {"voices": []}),
]
OWNER_CALLS: list[Call] = [
    ("post", "/organize/organizations/acme-talks/members", {"email": "a@b.org", "role": "owner"}),
    ("patch", "/organize/organizations/acme-talks/members/{member}", {"role": "auditor"}),
    ("post", "/organize/organizations/acme-talks/invitations", {"role": "owner"}),
    ("delete", "/organize/organizations/acme-talks/invitations/{member invitation}", None),
]
PERSONAL_CALLS: list[Call] = [
    ("get", "/organize/events", None),
    ("post", "/organizations", {"name": "New"}),
]
BOOTH_CALLS: list[Call] = [
    ("get", "/booth/{session}", None),
    ("patch", "/booth/{session}", {"show_name": True}),
    ("post", "/booth/{session}/token", None),
    ("get", "/booth/{session}/glossary?source=en&target=es", None),
]
PUBLIC = {
    "/api/me",
    "/api/languages",
    "/api/events",
    "/api/events/{event}",
    "/api/stage",
    "/api/stage/status",
    "/api/stage/floor-language",
    "/api/stage/voice",
} | {
    f"/api/sessions/{{id}}/{name}"
    for name in ("listen", "captions", "transcript.json", "transcript.vtt")
}
SIGNED = {"/api/livekit/webhook"}


@pytest.fixture
def call(session: Session) -> Callable[[Client, Call], Any]:
    invitation = invite_speaker(session=session).invitation
    assignment = invite_interpreter(session=session, language="es", name="Ann").assignment
    table = SimpleUploadedFile("terms.csv", b"en,es\nhouse,casa\n")
    organization = session.room.event.organization
    member = organization.members.get()
    joining = invite_member(organization=organization, role=Role.AUDITOR).invitation

    def called(client: Client, call: Call) -> Any:
        method, path, body = call
        path = path.replace("{session}", session.id).replace("{invitation}", invitation.id)
        path = path.replace("{assignment}", assignment.id).replace("{member}", str(member.id))
        path = path.replace("{member invitation}", joining.id)
        if path.endswith("/upload"):
            return client.post(f"/api{path}", {"file": table})
        return send(client, method, path, body)

    return called


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + OWNER_CALLS + PERSONAL_CALLS, ids=str)
def test_anonymous_people_sign_in_first(call: Any, asked: Call) -> None:
    assert refusal(call(Client(enforce_csrf_checks=True), asked)) == (401, "sign_in")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + OWNER_CALLS, ids=str)
def test_other_tenants_find_nothing(call: Any, stranger: Client, asked: Call) -> None:
    status, code = refusal(call(stranger, asked))
    assert status == 404
    assert code.startswith("unknown_")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + OWNER_CALLS, ids=str)
def test_other_roles_may_not(call: Any, interpreter: Client, asked: Call) -> None:
    assert refusal(call(interpreter, asked)) == (403, "not_yours")


@pytest.mark.parametrize("asked", OWNER_CALLS, ids=str)
def test_organizers_who_are_no_owners_may_not(
    call: Any, organization: Organization, asked: Call
) -> None:
    user = person("organizer")
    Member.objects.create(organization=organization, user=user, role=Role.ORGANIZER)
    client = Client()
    client.force_login(user)
    assert refusal(call(client, asked)) == (403, "owners_only")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + OWNER_CALLS + PERSONAL_CALLS, ids=str)
def test_a_call_from_another_site_is_refused(call: Any, owner: Any, asked: Call) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    answer = call(browser, asked)
    expected = (403, "csrf") if asked[0] != "get" else None
    assert (refusal(answer) if answer.status_code != 200 else None) == expected


@pytest.fixture
def booth(session: Session) -> Client:
    """The browser of an interpreter of the session."""
    return claimed(session)


def claimed(session: Session, language: str = "es") -> Client:
    browser = Client()
    invited = invite_interpreter(session=session, language=language, name="Ann")
    browser.post(f"/booth/join/{invited.token}")
    return browser


@pytest.mark.parametrize("asked", BOOTH_CALLS, ids=str)
def test_only_who_has_a_place_is_in_the_booth(
    call: Any, session: Session, booth: Client, owner: Any, stranger: Client, asked: Call
) -> None:
    assert call(booth, asked).status_code == 200
    elsewhere = claimed(
        create_session(room=session.room, title="x", source_language="en", languages=["es"])
    )
    organizer = Client()
    organizer.force_login(owner)
    for browser in (Client(), organizer, stranger, elsewhere):
        assert refusal(call(browser, asked)) == (403, "not_in_booth")


@pytest.mark.parametrize("asked", BOOTH_CALLS, ids=str)
def test_a_removed_interpreter_is_in_no_booth(
    call: Any, session: Session, booth: Client, asked: Call
) -> None:
    Assignment.objects.update(removed_at=timezone.now())
    assert refusal(call(booth, asked)) == (403, "removed")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + OWNER_CALLS + PERSONAL_CALLS, ids=str)
def test_an_interpreter_organizes_nothing(call: Any, booth: Client, asked: Call) -> None:
    assert refusal(call(booth, asked)) == (401, "sign_in")


def test_a_booths_token_takes_the_csrf_token(session: Session) -> None:
    browser = Client(enforce_csrf_checks=True)
    invited = invite_interpreter(session=session, language="es", name="Ann")
    address = f"/booth/join/{invited.token}"
    assert browser.post(address).status_code == 403
    page = browser.get(address).content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert browser.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
    path = f"/api/booth/{session.id}/token"
    assert refusal(browser.post(path)) == (403, "csrf")
    browser.get(f"/api/booth/{session.id}")
    headers = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    assert browser.post(path, headers=headers).status_code == 200


def test_the_csrf_token_comes_with_me(owner: Any, session: Session) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    browser.get("/api/me")
    token = browser.cookies["csrftoken"].value
    answer = browser.post(f"/api/sessions/{session.id}/start", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_every_call_of_the_api_is_in_this_matrix() -> None:
    """A new call must say here who may make it."""

    def shape(path: str) -> str:
        return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))

    known = {
        (method, shape(f"/api{path}".replace("conference", "{e}").replace("hall-a", "{r}")))
        for method, asked_path, _ in ORGANIZER_CALLS + OWNER_CALLS + PERSONAL_CALLS + BOOTH_CALLS
        for path, _, _ in [asked_path.partition("?")]
    }
    for part in ("/es", "/acme-talks", "/acme"):
        known = {(method, path.replace(part, "/{}")) for method, path in known}
    document = api.get_openapi_schema()
    open_calls = {shape(path) for path in PUBLIC | SIGNED}
    asked = {
        (method, shape(path))
        for path, methods in document["paths"].items()
        for method in methods
        if shape(path) not in open_calls
    }
    assert asked == known


def test_me_names_a_person_and_their_roles(signed_in: Client, organization: Any) -> None:
    assert signed_in.get("/api/me").json() == {
        "signed_in": True,
        "name": "owner",
        "email": "owner@example.org",
        "organizations": [{"slug": "acme-talks", "name": "Acme Talks", "role": "owner"}],
    }


def test_me_is_nobody_when_signed_out(client: Client, transactional_db: None) -> None:
    me = client.get("/api/me").json()
    assert me == {"signed_in": False, "name": "", "email": "", "organizations": []}


def test_my_events_are_those_i_organize(
    signed_in: Client, stranger: Client, interpreter: Client, session: Session
) -> None:
    counts = [
        len(client.get("/api/organize/events").json()["items"])
        for client in (signed_in, stranger, interpreter)
    ]
    assert counts == [1, 0, 0]
