"""Who asks. Calls that a cookie signs in also carry the CSRF token."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from rooms.domain.booths import place_of
from rooms.domain.errors import NotYours, SignInFirst
from rooms.models import Assignment

BOOTHS = "booths"
"""In the browser's session: session id -> the assignment that was claimed for it."""


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


class InBooth(APIKeyCookie):
    """Passes browsers that have claimed a place in some booth; which one, `place_in` says."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        if not request.session.get(BOOTHS):
            raise NotYours("not_in_booth", "Open the link of your invitation first.")
        return super()._get_key(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return key


def place_in(request: HttpRequest, session_id: str) -> Assignment:
    """The asker's place in a session, read anew: a removed interpreter has none."""
    return place_of(session_id=session_id, assignment_id=claimed(request.session, session_id))


def claimed(browser: Any, session_id: str) -> str:
    """The assignment that a browser's session holds for one of ours; "" where none."""
    return str((browser.get(BOOTHS) or {}).get(session_id, ""))


def claimed_any(browser: Any) -> set[str]:
    """Every assignment that a browser's session holds."""
    return {str(id) for id in (browser.get(BOOTHS) or {}).values()}


def claim(browser: Any, assignment: Assignment) -> None:
    """Keeps the place in the browser's session, under a new key: nobody else may know it."""
    browser.cycle_key()
    browser[BOOTHS] = {**(browser.get(BOOTHS) or {}), assignment.booth.session_id: assignment.id}
