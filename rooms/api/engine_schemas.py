"""What the API takes and gives of engines."""

from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints

from rooms.api.schemas import Body, GenderName, LanguageOut, no_nul

SlotName = Literal["recognition", "translation", "speech"]
EngineName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(no_nul),
]
WishedTag = Annotated[str, StringConstraints(max_length=16), AfterValidator(no_nul)]


class WishIn(Body):
    """`chain`: names of engines, the first choice first. `language`: "" for all languages."""

    slot: SlotName
    language: WishedTag = ""
    chain: Annotated[list[EngineName], Field(max_length=8)]


class WishesIn(Body):
    """In place of what was wished before."""

    wishes: Annotated[list[WishIn], Field(max_length=200)]


VoiceName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(no_nul),
]


class VoiceIn(Body):
    """`voice`: the engine's own name for it. `language`: "" for all languages."""

    engine: EngineName
    language: WishedTag = ""
    gender: GenderName = "any"
    voice: VoiceName


class VoicesIn(Body):
    """In place of what was chosen before."""

    voices: Annotated[list[VoiceIn], Field(max_length=200)]


class ChosenVoiceOut(Schema):
    engine: str
    language: str
    gender: GenderName
    voice: str


class VoicesOut(Schema):
    """`engines`: those that voices may be chosen for."""

    voices: list[ChosenVoiceOut]
    engines: list[str]


class WishOut(Schema):
    slot: SlotName
    language: str
    chain: list[str]


class ChosenOut(Schema):
    """Those of the chosen engines that can, and whose wish they are."""

    chain: list[str]
    origin: Literal["install", "organization", "event"]


class LanguageEnginesOut(Schema):
    """null: nobody needs it."""

    event: str
    language: LanguageOut
    recognition: ChosenOut | None
    translation: ChosenOut | None
    speech: ChosenOut | None


class KnownEnginesOut(Schema):
    recognition: list[str]
    translation: list[str]
    speech: list[str]


class EnginesOut(Schema):
    """`known`: what may be wished for. `languages`: what serves those of the sessions that are
    planned or running."""

    wishes: list[WishOut]
    known: KnownEnginesOut
    languages: list[LanguageEnginesOut]
