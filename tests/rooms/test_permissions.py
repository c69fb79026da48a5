"""Who may do what: every organizer's call, for everybody who may not make it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rooms.api import api
from rooms.domain.speakers import invite_speaker
from rooms.models import Session
from tests.rooms.conftest import refusal, send

Call = tuple[str, str, object]

ORGANIZER_CALLS: list[Call] = [
    ("post", "/organize/events", {"organization": "acme-talks", "title": "New"}),
    ("patch", "/organize/events/conference", {"title": "New"}),
    ("delete", "/organize/events/conference", None),
    ("post", "/organize/events/conference/rooms", {"name": "New"}),
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
]
PERSONAL_CALLS: list[Call] = [
    ("get", "/organize/events", None),
    ("post", "/organizations", {"name": "New"}),
]
PUBLIC = {"/api/me", "/api/languages", "/api/events", "/api/events/{event}", "/api/stage"} | {
    f"/api/sessions/{{id}}/{name}" for name in ("listen", "captions")
}
SIGNED = {"/api/livekit/webhook"}


@pytest.fixture
def call(session: Session) -> Callable[[Client, Call], Any]:
    invitation = invite_speaker(session=session).invitation

    def called(client: Client, call: Call) -> Any:
        method, path, body = call
        path = path.replace("{session}", session.id).replace("{invitation}", invitation.id)
        return send(client, method, path, body)

    return called


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + PERSONAL_CALLS, ids=str)
def test_anonymous_people_sign_in_first(call: Any, asked: Call) -> None:
    assert refusal(call(Client(enforce_csrf_checks=True), asked)) == (401, "sign_in")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS, ids=str)
def test_other_tenants_find_nothing(call: Any, stranger: Client, asked: Call) -> None:
    status, code = refusal(call(stranger, asked))
    assert status == 404
    assert code.startswith("unknown_")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS, ids=str)
def test_other_roles_may_not(call: Any, interpreter: Client, asked: Call) -> None:
    assert refusal(call(interpreter, asked)) == (403, "not_yours")


@pytest.mark.parametrize("asked", ORGANIZER_CALLS + PERSONAL_CALLS, ids=str)
def test_a_call_from_another_site_is_refused(call: Any, owner: Any, asked: Call) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    answer = call(browser, asked)
    expected = (403, "csrf") if asked[0] != "get" else None
    assert (refusal(answer) if answer.status_code != 200 else None) == expected


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
        (method, shape("/api" + path.replace("conference", "{e}").replace("hall-a", "{r}")))
        for method, path, _ in ORGANIZER_CALLS + PERSONAL_CALLS
    }
    known = {(method, path.replace("/channels/es", "/channels/{}")) for method, path in known}
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
