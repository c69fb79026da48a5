"""The built frontend's pages, each served at its addresses; and the way into a booth."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from rooms.accounts import INVITED
from rooms.api.auth import claim, claimed, claimed_any, user_of
from rooms.domain.booths import booth_invitation, claim_place, place_of
from rooms.domain.errors import RoomsError
from rooms.domain.members import join_organization as join_organization_by
from rooms.domain.members import member_invitation
from rooms.models import Assignment, Role, Room
from translation.languages import language

ROLES = {
    Role.OWNER: gettext_lazy("owner"),
    Role.ORGANIZER: gettext_lazy("organizer"),
    Role.INTERPRETER: gettext_lazy("interpreter"),
    Role.CLINICIAN: gettext_lazy("clinician"),
    Role.AUDITOR: gettext_lazy("auditor"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _page(request, "home.html")


@require_safe
def listen(request: HttpRequest, event: str, room: str) -> HttpResponse:
    """The browser looks up LiveKit's address before the tap that needs it."""
    response = _page(request, "listen.html", status=_status(event, room))
    place = re.sub("^ws", "http", settings.LIVEKIT_BROWSER_URL)
    response.headers["Link"] = f"<{place}>; rel=preconnect"
    return response


@require_safe
def stage(request: HttpRequest, event: str, room: str) -> HttpResponse:
    return _page(request, "stage.html", status=_status(event, room))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_organization(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a member's invitation. Only the button uses it up; whoever has no account may
    make one on the way, also where strangers may not."""
    try:
        invitation = member_invitation(token=token)
        if request.method == "POST" and request.user.is_authenticated:
            join_organization_by(token=token, user=user_of(request))
            request.session.pop(INVITED, None)
            return redirect("/organize")
    except RoomsError as error:
        return _refused(request, error)
    if not request.user.is_authenticated:
        request.session[INVITED] = token
    return render(request, "join_organization.html", {
        "organization": invitation.organization.name,
        "role": ROLES[Role(invitation.role)],
    })  # fmt: skip


@require_safe
@login_required
@ensure_csrf_cookie
def organize(request: HttpRequest) -> HttpResponse:
    return _page(request, "organize.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_booth(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an interpreter's invitation. Only the button claims the place: a program that
    looks at links does not press it."""
    try:
        if request.method == "POST":
            assignment = claim_place(
                token=token,
                mine=claimed_any(request.session),
                show_name="show_name" in request.POST,
            )
            claim(request.session, assignment)
            return redirect(f"/booth/{assignment.booth.session_id}")
        assignment = booth_invitation(token=token, mine=claimed_any(request.session))
    except RoomsError as error:
        return _refused(request, error)
    if assignment.claimed_at:
        return redirect(f"/booth/{assignment.booth.session_id}")
    return render(request, "join_booth.html", _invitation(assignment))


@require_safe
@ensure_csrf_cookie
def booth(request: HttpRequest, session_id: str) -> HttpResponse:
    try:
        place_of(session_id=session_id, assignment_id=claimed(request.session, session_id))
    except RoomsError as error:
        return _refused(request, error)
    return _page(request, "booth.html")


def _invitation(assignment: Assignment) -> dict[str, object]:
    session = assignment.booth.session
    spoken = language(assignment.booth.language)
    return {
        "name": assignment.name,
        "language": spoken.english_name if get_language() == "en" else spoken.name,
        "session": session.title,
        "event": session.room.event.title,
        "name_wanted": assignment.show_name,
    }


def _refused(request: HttpRequest, error: RoomsError) -> HttpResponse:
    """In the reader's language: the sentences that pages say are in rooms/locale."""
    said = {"message": gettext(error.message)}
    return render(request, "message.html", said, status=error.status)


def _status(event: str, room: str) -> int:
    """404 where there is no such room; the page says so in words."""
    return 200 if Room.objects.filter(event__slug=event, slug=room).exists() else 404


def _page(request: HttpRequest, name: str, status: int = 200) -> HttpResponse:
    try:
        html = Path(settings.FRONTEND_DIR, name).read_text("utf-8")
    except FileNotFoundError:
        message = "The pages are not built yet. Run “make setup”, then start the service again."
        return render(request, "message.html", {"message": message}, status=503)
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-cache"
    return response
