"""Log entries as JSON and back: `{"kind": "segment", "id": 17, ...}`."""

from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from translation.errors import LogError
from translation.values import (
    Alarm,
    Answer,
    Command,
    Drained,
    Entry,
    FloorActivity,
    Handover,
    Interpreted,
    OnAir,
    Plan,
    Segment,
    Speaking,
    Spoken,
    Translation,
    Trouble,
)

_KINDS: dict[str, type[Any]] = {
    "plan": Plan,
    "segment": Segment,
    "translation": Translation,
    "speaking": Speaking,
    "spoken": Spoken,
    "on_air": OnAir,
    "floor": FloorActivity,
    "trouble": Trouble,
    "drained": Drained,
    "command": Command,
    "answer": Answer,
    "handover": Handover,
    "alarm": Alarm,
    "interpreted": Interpreted,
}
_NAMES = {entry: kind for kind, entry in _KINDS.items()}
_ADAPTERS = {kind: TypeAdapter(entry) for kind, entry in _KINDS.items()}


def kind(entry: Entry) -> str:
    return _NAMES[type(entry)]


def payload(entry: Entry) -> dict[str, Any]:
    """The entry as plain JSON values, its kind left out."""
    dumped: dict[str, Any] = _ADAPTERS[kind(entry)].dump_python(entry, mode="json")
    return dumped


def encode(entry: Entry) -> str:
    return to_json({"kind": kind(entry), **payload(entry)}).decode()


def decode(text: str | bytes) -> Entry:
    """Raises `LogError` for what is no entry; its words are not repeated in the message."""
    try:
        fields = from_json(text)
        entry: Entry = _ADAPTERS[fields.pop("kind")].validate_python(fields)
    except (ValidationError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise LogError(
            f"a log entry of {len(text)} bytes cannot be read; was it written by a newer version?"
        ) from error
    return entry


def once_key(entry: Entry) -> str:
    """Two entries with the same key are the same entry; "" for those that may repeat."""
    match entry:
        case Segment():
            return f"segment:{entry.id}"
        case Translation() | Speaking() | Spoken():
            return f"{kind(entry)}:{entry.language}:{entry.segment_id}"
        case Interpreted():
            return f"interpreted:{entry.language}:{entry.id}"
        case Command():
            return f"command:{entry.id}"
        case Answer():
            return f"answer:{entry.command_id}"
    return ""


def moment_s(entry: Entry) -> float:
    """The session time an entry speaks of, for archives and timelines."""
    match entry:
        case Segment():
            return entry.floor_start_s
        case Translation():
            return entry.translated_s
        case Speaking():
            return entry.started_s
        case Spoken():
            return entry.ended_s
        case OnAir():
            return entry.since_s
        case Interpreted():
            return entry.start_s
        case FloorActivity() | Trouble() | Drained() | Command() | Answer() | Handover() | Alarm():
            return entry.at_s
    return 0.0
