"""What pages and consoles say to each other: JSON messages, each with a `type`.

    page -> console   command, chat, ping; a booth's also signal, report; the organizer's also clear
    console -> page   hello, channel, plan, on_air, answer, handover, alarm, caption, chat, floor,
                      cleared, pong, error

`/ws/booth/<session>` is an interpreter's, `/ws/control/<session>` the organizer's. A console that
cannot go on says why in an `error`, then closes: 4401 nobody is signed in, 4403 not allowed (any
more), 4404 no such session, 4408 the page is too slow, 1009 a message was too large, 1013 come
back in a moment. Coming back, a page gets `hello` again; what it raised by `signal` or `report`
was taken back when it left.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from rooms.domain.captions import Caption
from rooms.domain.errors import RoomsError, SignInFirst, Unknown
from rooms.domain.refusals import sentence
from translation.values import (
    Alarm,
    Answer,
    Draft,
    FloorActivity,
    Gesture,
    Handover,
    Interpreted,
    OnAir,
    Segment,
    Translation,
)

LARGEST = 8_192
"""Characters of a message from a page."""

SIGN_IN, NOT_ALLOWED, UNKNOWN, TOO_SLOW, TOO_LARGE, UNAVAILABLE = 4401, 4403, 4404, 4408, 1009, 1013

Message = dict[str, Any]


def _text(longest: int, shortest: int = 0) -> Any:
    return StringConstraints(
        strict=True,
        strip_whitespace=True,
        min_length=shortest,
        max_length=longest,
        pattern=r"^[^\x00]*$",
    )


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CommandIn(_In):
    """`countdown_s`: the session's own where it is left out or null."""

    type: Literal["command"]
    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9A-Za-z-]{8,64}$")]
    language: Annotated[str, _text(16, 1)]
    gesture: Gesture
    to: Annotated[str, _text(60)] = ""
    countdown_s: Annotated[float, Field(ge=0, le=60, strict=True)] | None = None


class ChatIn(_In):
    type: Literal["chat"]
    to: Annotated[str, _text(16, 1)]
    text: Annotated[str, _text(500, 1)]


class SignalIn(_In):
    type: Literal["signal"]
    kind: Literal["slow_down", "sound_unfit"]
    on: Annotated[bool, Field(strict=True)]


class ReportIn(_In):
    type: Literal["report"]
    muted_talking: Annotated[bool, Field(strict=True)]


class ClearIn(_In):
    """Ends what a booth's pages said and did not take back."""

    type: Literal["clear"]
    language: Annotated[str, _text(16, 1)]
    kind: Literal["slow_down", "sound_unfit", "muted_talking"]


class PingIn(_In):
    type: Literal["ping"]
    t: Annotated[float, Field(strict=True, allow_inf_nan=False)]


Said = CommandIn | ChatIn | SignalIn | ReportIn | ClearIn | PingIn

_SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


class Malformed(Exception):
    """A message that is none; its text says what is wrong with it, not what it held."""


def read(text: str) -> Said:
    try:
        return _SAID.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Malformed(f"{place}: {first['msg']}." if place else f"{first['msg']}.") from None


def write(message: Message) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def error(code: str, message: str) -> Message:
    return {"type": "error", "code": code, "message": message}


def close_code(error: RoomsError) -> int:
    """With what a console closes that was refused."""
    match error:
        case SignInFirst():
            return SIGN_IN
        case Unknown():
            return UNKNOWN
    return NOT_ALLOWED


def answer(command_id: str, refusal: str | None, message: str) -> Message:
    return {"type": "answer", "command_id": command_id, "refusal": refusal, "message": message}


def answered(entry: Answer) -> Message:
    if entry.refusal is None:
        return answer(entry.command_id, None, "")
    return answer(entry.command_id, entry.refusal.value, sentence(entry.refusal))


def channel(language: str, facts: dict[str, Any] | None) -> Message:
    """`facts`: null where no job reports any more."""
    return {"type": "channel", "language": language, "facts": facts}


def on_air(entry: OnAir, name: str) -> Message:
    return {
        "type": "on_air",
        "language": entry.language,
        "input": entry.input.value,
        "who": entry.who,
        "name": name,
        "reason": entry.reason.value,
        "since_s": entry.since_s,
    }


def handover(entry: Handover) -> Message:
    return {
        "type": "handover",
        "language": entry.language,
        "stage": entry.stage.value,
        "giver": entry.giver,
        "taker": entry.taker,
        "to_answer": entry.to_answer,
        "switch_s": entry.switch_s,
        "at_s": entry.at_s,
    }


def alarm(entry: Alarm) -> Message:
    return {
        "type": "alarm",
        "language": entry.language,
        "kind": entry.alarm.value,
        "who": entry.who,
        "on": entry.on,
        "at_s": entry.at_s,
    }


def cleared(kind: str) -> Message:
    return {"type": "cleared", "kind": kind}


def floor(entry: FloorActivity) -> Message:
    return {"type": "floor", "speaking": entry.speaking}


def final(entry: Segment | Translation | Interpreted, of: Segment | None) -> Message:
    """`of`: the segment that a translation is of, where it is known. `by`: whose words."""
    match entry:
        case Segment():
            start_s, end_s = entry.floor_start_s, entry.floor_end_s
            return _caption("final", entry.id, entry.language, entry.text, "floor", start_s, end_s)
        case Interpreted():
            id = f"i{entry.id}"
            start_s, end_s = entry.start_s, entry.end_s
            return _caption("final", id, entry.language, entry.text, "interpreter", start_s, end_s)
    times = (of.floor_start_s, of.floor_end_s) if of else (None, None)
    return _caption("final", entry.segment_id, entry.language, entry.text, "machine", *times)


def remembered(caption: Caption) -> Message:
    return _caption(
        "final",
        caption.id,
        caption.language,
        caption.text,
        caption.by,
        caption.start_s,
        caption.end_s,
    )


def interim(draft: Draft, *, spoken: str) -> Message:
    """`spoken`: what the floor speaks now."""
    by = "floor" if draft.language == spoken else "machine"
    return _caption("interim", draft.segment_id, draft.language, draft.text, by, None, None)


def _caption(
    kind: str,
    id: int | str,
    language: str,
    text: str,
    by: str,
    start_s: float | None,
    end_s: float | None,
) -> Message:
    return {
        "type": "caption",
        "kind": kind,
        "id": id,
        "language": language,
        "text": text,
        "by": by,
        "start_s": start_s,
        "end_s": end_s,
    }
