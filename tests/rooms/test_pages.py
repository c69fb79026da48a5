"""Pages for people: the frontend's, and the server's own."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from rooms.domain.booths import invite_interpreter
from rooms.models import Session


@pytest.fixture
def built(tmp_path: Path, settings: Any) -> None:
    for name in ("home", "listen", "stage", "organize"):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title>")
    settings.FRONTEND_DIR = tmp_path


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "home"),
        ("/e/conference/hall-a", "listen"),
        ("/stage/conference/hall-a", "stage"),
        ("/organize", "organize"),
        ("/organize/events/conference", "organize"),
    ],
)
def test_pages_are_served_at_their_addresses(
    signed_in: Client, session: Session, built: None, path: str, page: str
) -> None:
    answer = signed_in.get(path)
    assert (answer.status_code, answer.content.decode()) == (200, f"<title>{page}</title>")


def test_pages_say_what_they_may_load_and_who_may_listen(
    client: Client, session: Session, built: None
) -> None:
    headers = client.get("/e/conference/hall-a").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://testserver ws://127.0.0.1:1 http://127.0.0.1:1" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Link"] == "<http://127.0.0.1:1>; rel=preconnect"
    assert headers["Permissions-Policy"].startswith("microphone=(self)")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_room_that_is_not_there_is_the_page_with_404(
    client: Client, session: Session, built: None
) -> None:
    answer = client.get("/e/conference/nowhere")
    assert (answer.status_code, answer.content) == (404, b"<title>listen</title>")


def test_organizing_asks_to_sign_in_first(client: Client, session: Session, built: None) -> None:
    answer = client.get("/organize/x")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/accounts/login/?next=/organize/x",
    )


def test_without_a_frontend_the_page_says_what_to_do(
    client: Client, transactional_db: None, settings: Any, tmp_path: Path
) -> None:
    settings.FRONTEND_DIR = tmp_path
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.content.decode()


def test_somebody_signs_up_out_and_in_again(client: Client, transactional_db: None) -> None:
    account = {"email": "ada@example.org", "password1": "a long sentence"}
    assert client.post("/accounts/signup/", account).headers["Location"] == "/organize"
    assert client.get("/api/me").json()["email"] == "ada@example.org"
    client.post("/accounts/logout/")
    assert not client.get("/api/me").json()["signed_in"]
    login = {"login": "ada@example.org", "password": "a long sentence"}
    assert client.post("/accounts/login/", login).headers["Location"] == "/organize"
    assert client.get("/api/me").json()["signed_in"]


def test_a_wrong_password_stays_on_the_page(client: Client, owner: User) -> None:
    answer = client.post("/accounts/login/", {"login": owner.email, "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "errorlist" in page
    assert '<label for="id_login">Email</label>' in page


def test_signing_up_can_be_closed(client: Client, transactional_db: None, settings: Any) -> None:
    settings.ALLOW_SIGN_UP = False
    client.post("/accounts/signup/", {"email": "a@b.org", "password1": "a long sentence"})
    assert "No new accounts" in client.get("/accounts/signup/").content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path", ["login", "signup", "logout", "password/reset", "password/change", "email"]
)
def test_account_pages_have_one_look(signed_in: Client, client: Client, path: str) -> None:
    asker = signed_in if path in ("logout", "password/change", "email") else client
    page = asker.get(f"/accounts/{path}/").content.decode()
    assert 'href="/static/rooms/plain.css"' in page
    assert '<html lang="en" dir="ltr">' in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/nothing", "/e/x", "/e/x/y/z", "/accounts/nothing/"])
def test_an_address_that_is_none_is_a_plain_page(
    client: Client, transactional_db: None, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


def test_a_nul_in_an_address_is_a_plain_page(client: Client, transactional_db: None) -> None:
    assert client.get("/e/%00/x").status_code == 400


def test_the_admin_shows_everything_to_operators(live: Session, session: Session) -> None:
    operator = User.objects.create_superuser("operator", password="sesame")
    client = Client()
    client.force_login(operator)
    assignment = invite_interpreter(session=live, language="es", name="Ann").assignment
    models = (
        *("organization", "event", "session", "invitation"),
        *("logentry", "booth", "glossaryterm"),
    )
    paths = [f"/admin/rooms/{model}/" for model in models]
    paths += [
        f"/admin/rooms/session/{live.id}/change/",
        f"/admin/rooms/event/{live.room.event_id}/change/",
        f"/admin/rooms/booth/{assignment.booth_id}/change/",
    ]
    assert {client.get(path).status_code for path in ["/admin/", *paths]} == {200}


def test_the_api_has_documentation(client: Client, transactional_db: None) -> None:
    assert client.get("/api/docs").status_code == 200
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.")
