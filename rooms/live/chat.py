"""The chat of a session's booths and its organizer. Kept for a while in Redis, nowhere else."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import redis.asyncio

from translation.log.redis_streams import KEEP_S, key, reaching_redis

KEPT = 50
ORGANIZER = "organizer"
PARTNER = "partner"
BOOTHS = "booths"


@dataclass(frozen=True)
class Person:
    """`booth`: its language; "" for the organizer."""

    id: str
    name: str
    booth: str


def chat_item(*, sender: Person, to: str, text: str) -> dict[str, Any]:
    """`to`: partner, booths, organizer, or a booth's language."""
    return {
        "id": str(uuid.uuid4()),
        "from": {"id": sender.id, "name": sender.name, "booth": sender.booth},
        "to": to,
        "text": text,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def may_read(item: dict[str, Any], reader: Person) -> bool:
    """Partners talk among themselves; what other booths hear, the organizer hears too."""
    sender, to = item["from"], item["to"]
    if sender["id"] == reader.id:
        return True
    match to:
        case "partner":
            return bool(reader.booth) and reader.booth == sender["booth"]
        case "booths":
            return True
        case "organizer":
            return not reader.booth
    return not reader.booth or reader.booth == to


class RedisChat:
    """`rooms.parts.ChatStore`: a bounded list a session."""

    def __init__(self, client: "redis.asyncio.Redis") -> None:
        self._redis = client

    async def add(self, session_id: str, item: dict[str, Any]) -> None:
        name = key(session_id, "chat")
        with reaching_redis():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.rpush(name, json.dumps(item))
                pipe.ltrim(name, -KEPT, -1)
                pipe.expire(name, KEEP_S)
                await pipe.execute()

    async def last(self, session_id: str) -> list[dict[str, Any]]:
        with reaching_redis():
            rows: Any = await self._redis.lrange(key(session_id, "chat"), 0, -1)
        return [json.loads(row) for row in rows]
