"""What the owner of a channel leaves for its successor with every renewal of its lease."""

import json
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """The segment on air, how much of it had been played, and when (seconds since 1970)."""

    segment_id: int
    played_s: float
    at: float

    @classmethod
    def write(cls, position: tuple[int, float] | None) -> str:
        return json.dumps([*position, time.time()]) if position else ""

    @classmethod
    def read(cls, note: str) -> "Note | None":
        return cls(*json.loads(note)) if note.startswith("[") else None
