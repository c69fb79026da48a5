"""Signing in and up, as allauth lets us say it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ALLOW_SIGN_UP)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nobody sees a user name: the e-mail address is it, where it fits."""
        user.username = self.generate_unique_username([user.email])
