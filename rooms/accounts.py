"""Signing in and up, as allauth lets us say it."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rooms.domain.errors import RoomsError
from rooms.domain.members import member_invitation

INVITED = "invited_by"
"""In the browser's session: the token of a member's invitation that was opened."""


class MailUnreachable(Exception):
    """The mail server does not take our mail. Names the remedy."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """To strangers where the settings say so; to whoever was invited always."""
        return bool(settings.ALLOW_SIGN_UP) or _is_invited(request)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nobody sees a user name: the e-mail address is it, where it fits."""
        user.username = self.generate_unique_username([user.email])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises `MailUnreachable`."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            raise MailUnreachable(
                "The mail server does not take this service's mail: check EMAIL_URL and EMAIL_FROM"
            ) from error

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By the address people know, whatever name the request came by."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.BASE_URL}{path}"


def _is_invited(request: HttpRequest) -> bool:
    try:
        member_invitation(token=str(request.session.get(INVITED, "")))
    except RoomsError:
        return False
    return True


def reset_password(request: HttpRequest) -> HttpResponse:
    """Where no mail can be sent, nobody gets a link, and the page says so."""
    if settings.SENDS_MAIL:
        answer: HttpResponse = password_reset(request)
        return answer
    return render(request, "account/password_reset_off.html", status=404)


def mail(request: HttpRequest) -> dict[str, bool]:
    """For templates."""
    return {"sends_mail": settings.SENDS_MAIL}
