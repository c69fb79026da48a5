"""The built frontend's pages, each served at its addresses."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from rooms.models import Room


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _page(request, "home.html")


@require_safe
def listen(request: HttpRequest, event: str, room: str) -> HttpResponse:
    return _page(request, "listen.html", status=_status(event, room))


@require_safe
def stage(request: HttpRequest, event: str, room: str) -> HttpResponse:
    return _page(request, "stage.html", status=_status(event, room))


@require_safe
@login_required
@ensure_csrf_cookie
def organize(request: HttpRequest) -> HttpResponse:
    return _page(request, "organize.html")


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
