"""What every answer carries, and answers for what no view can answer."""

import json
from collections.abc import AsyncIterator, Callable
from typing import BinaryIO
from urllib.parse import urlsplit

import psycopg
import redis.exceptions
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from rooms.accounts import MailUnreachable
from rooms.media import MediaUnreachable
from translation.errors import LogUnreachable

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: GetResponse) -> GetResponse:
    """Says what a page may load, and that only its own origin may use the microphone."""
    policy = _content_policy(settings.LIVEKIT_BROWSER_URL, settings.BASE_URL)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "microphone=(self), camera=(), geolocation=()"
        )
        return response

    return middleware


def _content_policy(livekit_url: str, base_url: str) -> str:
    """LiveKit's browser client speaks WebSocket and HTTP to the same place. Our own WebSockets
    are named: not every browser takes them for 'self'. Styles are inline because the component
    library sets them on elements."""
    place = urlsplit(livekit_url)
    secure = "s" if place.scheme in ("wss", "https") else ""
    livekit = f"ws{secure}://{place.netloc} http{secure}://{place.netloc}"
    own = urlsplit(base_url)
    consoles = f"{'wss' if own.scheme == 'https' else 'ws'}://{own.netloc}"
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self' {consoles} {livekit}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


PIECE = 65_536
"""Bytes of a file read at once."""


def files_without_waiting(get_response: GetResponse) -> GetResponse:
    """An event loop would read a whole file before it sends any of it, and warn of it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(request, ASGIRequest) and isinstance(response, FileResponse):
            response.streaming_content = _pieces(response.file_to_stream)
        return response

    return middleware


async def _pieces(file: BinaryIO | None) -> AsyncIterator[bytes]:
    """Without a file (“not modified”) nothing. The response closes it."""
    while file and (piece := await sync_to_async(file.read, thread_sensitive=False)(PIECE)):
        yield piece


def refuse_nul(get_response: GetResponse) -> GetResponse:
    """No text of ours holds a NUL, and PostgreSQL refuses to compare with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        values = [request.path, *request.COOKIES.values(), *request.GET]
        values += [value for key in request.GET for value in request.GET.getlist(key)]
        if any("\x00" in value for value in values):
            return answer(request, 400, "invalid", "The address holds a NUL character.")
        return get_response(request)

    return middleware


class Answers:
    """Gives the API's errors their one shape also where Django answered, and turns a server
    that cannot be reached into a 503 that names it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        status, kind = response.status_code, response.headers.get("Content-Type", "")
        if (
            not request.path.startswith("/api/")
            or status not in _SENTENCES
            or "json" in kind
            or not isinstance(response, HttpResponse)
        ):
            return response
        code, message = _SENTENCES[status]
        response.content = json.dumps({"code": code, "message": message}).encode()
        response.headers["Content-Type"] = "application/json"
        response.headers["Content-Length"] = str(len(response.content))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if message := unreachable(error):
            sentence = message if message.endswith((".", "?")) else f"{message}."
            return answer(request, 503, "unavailable", sentence)
        return None


_SENTENCES = {
    400: ("invalid", "The request cannot be read."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take this method."),
    500: ("broken", "Something broke here. It is logged; try again."),
}


CONNECTION_LOST = ("08", "57P", "53300")
"""PostgreSQL's codes: connection exceptions, shutting down or starting, too many connections."""


def unreachable(error: Exception) -> str:
    """What cannot be reached and what to do about it; "" for any other error."""
    if isinstance(error, MediaUnreachable | LogUnreachable | MailUnreachable):
        return str(error)
    if isinstance(error, redis.exceptions.ConnectionError | redis.exceptions.TimeoutError):
        return "Redis does not answer: start it, or set REDIS_URL"
    if isinstance(error, OperationalError) and _is_lost(error.__cause__):
        return "The database does not answer: start it, or set DATABASE_URL"
    return ""


def _is_lost(error: BaseException | None) -> bool:
    """Whether the connection to PostgreSQL failed, not a statement. SQLite is never lost."""
    if not isinstance(error, psycopg.Error):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(CONNECTION_LOST)


def answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """An error as JSON for the API, as a page for people."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": code, "message": message}, status=status)
    return render(request, "message.html", {"message": message}, status=status)
