"""Whatever comes in: an answer between 400 and 499 with a code and a sentence, never a 500."""

import json
from typing import Any

import pytest
from django.test import Client

from rooms.models import Session
from tests.rooms.conftest import refusal

LONG = "x" * 100_000


def post(client: Client, path: str, body: bytes, kind: str = "application/json") -> Any:
    return client.post(f"/api{path}", data=body, content_type=kind)


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"title": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a deep nest": b"[" * 100_000,
    "a huge number": b'{"title": ' + b"9" * 5000 + b"}",
    "NaN": b'{"title": NaN}',
    "a NUL": b'{"title": "a\\u0000b", "organization": "acme-talks"}',
    "half a surrogate": b'{"title": "\\ud800", "organization": "acme-talks"}',
    "wrong types": b'{"title": {"a": 1}, "organization": ["x"]}',
    "unknown fields": b'{"title": "a", "organization": "acme-talks", "admin": true}',
    "too long": json.dumps({"title": LONG, "organization": "acme-talks"}).encode(),
    "blank": b'{"title": "   ", "organization": "acme-talks"}',
    "no time zone": (
        b'{"title": "a", "organization": "acme-talks", "starts_at": "2031-01-01T00:00"}'
    ),
    "before our time": (
        b'{"title": "a", "organization": "acme-talks", "starts_at": "0001-01-01T00:00:00+14:00"}'
    ),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_bad_body_is_named(signed_in: Client, session: Session, body: bytes) -> None:
    assert refusal(post(signed_in, "/organize/events", body)) == (422, "invalid")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("path", ["/stage", "/sessions/{id}/listen"])
def test_a_bad_body_is_refused_from_anybody(
    client: Client, live: Session, path: str, body: bytes
) -> None:
    assert refusal(post(client, path.replace("{id}", live.id), body)) == (422, "invalid")


def test_the_message_names_the_field_not_the_value(signed_in: Client, session: Session) -> None:
    answer = post(signed_in, "/organize/events", b'{"organization": "acme-talks"}')
    assert answer.json()["message"] == "title: Field required."


def test_a_huge_body_is_refused(client: Client, live: Session) -> None:
    answer = post(client, f"/sessions/{live.id}/listen", b'"' + b"x" * 1_100_000 + b'"')
    assert refusal(answer) == (413, "too_large")


def test_a_form_is_no_json(client: Client, live: Session) -> None:
    answer = post(
        client, f"/sessions/{live.id}/listen", b"language=es", "application/x-www-form-urlencoded"
    )
    assert refusal(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "query",
    [
        "language=es&before_id=0",
        "language=es&before_id=99999999999999999999",
        "language=es&limit=0",
        "language=es&limit=100000",
        "language=es&limit=x",
        "",
    ],
)
def test_a_bad_query_is_refused(client: Client, live: Session, query: str) -> None:
    answer = client.get(f"/api/sessions/{live.id}/captions?{query}")
    assert refusal(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/%00",
        "/api/sessions/%00/captions?language=es",
        "/api/sessions/x/captions?language=%00",
        "/api/events?x=%00",
    ],
)
def test_a_nul_in_the_address_is_refused(client: Client, session: Session, path: str) -> None:
    assert refusal(client.get(path)) == (400, "invalid")


def test_a_nul_in_a_cookie_is_refused(client: Client, session: Session) -> None:
    client.cookies["sessionid"] = "\x00" * 32
    assert refusal(client.get("/api/me")) == (400, "invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/nope",
        "/api/events/" + "x" * 5000,
        "/api/events/%F0%9F%A6%86",
        "/api/events/%FF",
        "/api/sessions/nope/captions?language=es",
        "/api/nothing/here",
        "/api/sessions/a/b/c/d",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, session: Session, path: str) -> None:
    assert refusal(client.get(path))[0] == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", "/api/events"),
        ("post", "/api/me"),
        ("get", "/api/stage"),
        ("put", "/api/sessions/x/listen"),
        ("get", "/api/sessions/x/start"),
    ],
)
def test_a_wrong_method_is_refused(
    client: Client, session: Session, method: str, path: str
) -> None:
    answer = getattr(client, method)(path)
    assert refusal(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"]


def test_a_language_of_no_session_is_no_caption(client: Client, live: Session) -> None:
    answer = client.get(f"/api/sessions/{live.id}/captions?language=tlh")
    assert refusal(answer) == (404, "language_not_offered")
