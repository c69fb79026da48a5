"""The web process ends: what its consoles held open is closed."""

from typing import Any

from channels.layers import get_channel_layer

from rooms.live.feed import close_feeds


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await close_feeds()
    await get_channel_layer().flush()
    await send({"type": "lifespan.shutdown.complete"})
