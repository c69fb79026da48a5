"""A new password, by a link that comes by mail; or not at all."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.servers import free_port

RESET = "/accounts/password/reset/"


@pytest.fixture
def mail_server(settings: Any) -> None:
    settings.SENDS_MAIL = True


def asked(client: Client, user: User, **headers: str) -> str:
    """The link that came by mail."""
    answer = client.post(RESET, {"email": user.email}, headers=headers)
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Interpret: New password", [user.email])
    link = re.search(r"http\S+", str(sent.body))
    assert link, sent.body
    return link[0]


def test_without_a_mail_server_nobody_gets_a_link(
    client: Client, owner: User, capfd: pytest.CaptureFixture[str]
) -> None:
    assert RESET not in client.get("/accounts/login/").content.decode()
    for answer in (client.get(RESET), client.post(RESET, {"email": owner.email})):
        assert answer.status_code == 404
        assert "This service sends no e-mail." in answer.content.decode()
    assert mail.outbox == []
    assert "".join(capfd.readouterr()) == ""


def test_with_one_the_link_leads_to_a_new_password(
    client: Client, owner: User, mail_server: None
) -> None:
    assert f'<a href="{RESET}">' in client.get("/accounts/login/").content.decode()
    link = asked(client, owner)
    form = client.get(link, follow=True)
    chosen = {"password1": "rain on the roof", "password2": "rain on the roof"}
    done = client.post(form.redirect_chain[-1][0], chosen, follow=True)
    assert "Your new password is saved." in done.content.decode()
    login = {"login": owner.email, "password": "rain on the roof"}
    assert client.post("/accounts/login/", login).headers["Location"] == "/organize"


def test_a_link_is_good_once(client: Client, owner: User, mail_server: None) -> None:
    link = asked(client, owner)
    form = client.get(link, follow=True)
    chosen = {"password1": "rain on the roof", "password2": "rain on the roof"}
    client.post(form.redirect_chain[-1][0], chosen)
    assert "not valid any more" in Client().get(link).content.decode()


def test_the_link_has_the_address_people_know(owner: User, mail_server: None) -> None:
    """Whatever name the request came by."""
    link = asked(Client(SERVER_NAME="127.0.0.1"), owner)
    assert link.startswith("http://testserver/accounts/password/reset/key/")


def test_the_mail_is_in_the_readers_language(
    client: Client, owner: User, mail_server: None
) -> None:
    client.post(RESET, {"email": owner.email}, headers={"accept-language": "de"})
    (sent,) = mail.outbox
    assert sent.subject == "Interpret: Neues Passwort"
    assert "Wählen Sie es hier:" in sent.body


def test_an_address_without_an_account_gets_the_same_answer_and_no_mail(
    client: Client, owner: User, mail_server: None
) -> None:
    answer = client.post(RESET, {"email": "nobody@example.org"})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_a_mail_server_that_does_not_answer_is_told(
    client: Client, owner: User, mail_server: None, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    answer = client.post(RESET, {"email": owner.email})
    assert answer.status_code == 503
    assert "check EMAIL_URL" in answer.content.decode()
