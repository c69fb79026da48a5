"""Which pages may open a WebSocket: our own. A browser sends its cookies from any page."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

App = Callable[[Any, Any, Any], Awaitable[None]]


def own_origin(origin: str, host: str) -> bool:
    """Django's rule for changes: the page's origin is where it connects to, or is trusted."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    name, _ = split_domain_port(host)
    schemes = ("https",) if settings.SESSION_COOKIE_SECURE else ("http", "https")
    return (
        bool(name)
        and urlsplit(origin).scheme in schemes
        and validate_host(name, settings.ALLOWED_HOSTS)
        and urlsplit(origin).netloc.lower() == host.lower()
    )


class OwnOrigin:
    """Refuses the handshake (403) of any other page, and of what is no page."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        try:
            own = own_origin(headers.get(b"origin", ""), headers.get(b"host", ""))
        except ValueError:
            own = False
        if own:
            await self.app(scope, receive, send)
        else:
            await nowhere(scope, receive, send)


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """Closing before accepting is a 403."""
    await receive()
    await send({"type": "websocket.close", "code": 4403})
