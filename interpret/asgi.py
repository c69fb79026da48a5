"""What uvicorn runs: `uvicorn interpret.asgi:application`."""

import asyncio
import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interpret.settings")

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - the models have to be loaded

from interpret import engine_table  # noqa: E402 - likewise
from rooms.live.lifespan import lifespan  # noqa: E402 - likewise
from rooms.live.routes import consoles  # noqa: E402 - likewise


async def telling_lifespan(scope: Any, receive: Any, send: Any) -> None:
    """While it starts, the log tells which engine serves which language."""
    telling = asyncio.create_task(asyncio.to_thread(engine_table.tell), name="tell-engines")
    try:
        await lifespan(scope, receive, send)
    finally:
        await telling


application = ProtocolTypeRouter(
    {"http": pages, "websocket": consoles, "lifespan": telling_lifespan}
)
