"""What the owner of a channel leaves for its successor with every renewal of its lease."""

import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """The segment on air (0: none), how much of it had been played, and when (seconds since 1970).
    `fell_at`: the segment at which owners fell down last, `falls` of them one after another."""

    segment_id: int = 0
    played_s: float = 0.0
    at: float = 0.0
    fell_at: int = 0
    falls: int = 0

    def write(self) -> str:
        return json.dumps(astuple(self))

    @classmethod
    def read(cls, note: str) -> "Note":
        return cls(*json.loads(note)) if note.startswith("[") else cls()
