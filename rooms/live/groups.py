"""Every group and message of the channel layer.

group            message             means
session.<id>     session.changed     read the session again: plan, booths, who may be here
session.<id>     chat.said           `item`: a chat message (see `chat.py`)
session.<id>     alarm.cleared       the organizer ended an alarm (`kind`) of the booth `language`
"""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from translation.log.redis_streams import reaching_redis

log = logging.getLogger(__name__)


def session_group(session_id: str) -> str:
    return f"session.{session_id}"


def session_changed() -> dict[str, Any]:
    return {"type": "session.changed"}


def chat_said(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "chat.said", "item": item}


def alarm_cleared(language: str, kind: str) -> dict[str, Any]:
    return {"type": "alarm.cleared", "language": language, "kind": kind}


class LayerConsoles:
    """`rooms.parts.Consoles` over the channel layer."""

    def changed(self, session_id: str) -> None:
        layer = get_channel_layer()
        with reaching_redis():
            async_to_sync(layer.group_send)(session_group(session_id), session_changed())
