"""Who asks. Calls that a cookie signs in also carry the CSRF token."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from rooms.domain.errors import SignInFirst


class SignedIn(APIKeyCookie):
    """Passes whoever is signed in; 401 comes before any word about CSRF."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        if not request.user.is_authenticated:
            raise SignInFirst
        return super()._get_key(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)
