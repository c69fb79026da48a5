"""What listeners are given: a way in, captions and whose voice was heard."""

from typing import Literal

from ninja import Schema

from rooms.api.schemas import Body, InputName, LanguageOut, SessionOut, Skipped, Tag


class CaptionOut(Schema):
    """`id`: a segment's number, or i1, i2 ... for what an interpreter was recognised to say.
    `by`: whose words these are. `said`: what the machine said of it, where it had to be short."""

    id: int | str
    language: str
    text: str
    start_s: float
    end_s: float
    skipped: Skipped | None
    by: Literal["floor", "machine", "interpreter"] | None = None
    said: str = ""


class VoiceOut(Schema):
    """Who is heard from `since_s` until the next one. `name` only where she agreed."""

    input: InputName
    who: str
    name: str
    reason: str
    since_s: float


class CaptionsOut(Schema):
    """`voices`: of the whole session."""

    items: list[CaptionOut]
    more: bool
    voices: list[VoiceOut]


class ListenIn(Body):
    """`captions`: the last of what was said is wanted too. Without, the answer comes sooner."""

    language: Tag
    captions: bool = True


class ListenOut(Schema):
    url: str
    token: str
    room: str
    language: LanguageOut
    session: SessionOut
    clock_s: float
    captions: list[CaptionOut]
    voices: list[VoiceOut]
