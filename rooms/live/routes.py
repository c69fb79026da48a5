"""The WebSockets' addresses."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.urls import re_path

from rooms.live.booth import BoothConsole
from rooms.live.control import ControlRoom
from rooms.live.origin import OwnOrigin, nowhere

consoles = OwnOrigin(
    AuthMiddlewareStack(
        URLRouter(
            [
                re_path(r"^ws/booth/(?P<session_id>[a-z0-9]{1,12})$", BoothConsole.as_asgi()),
                re_path(r"^ws/control/(?P<session_id>[a-z0-9]{1,12})$", ControlRoom.as_asgi()),
                re_path(r"", nowhere),  # type: ignore[arg-type] # django-stubs knows views only
            ]
        )
    )
)
