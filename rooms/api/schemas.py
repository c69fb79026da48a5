"""What the API takes and gives. The OpenAPI document is generated from these."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints

State = Literal["planned", "live", "paused", "ended"]
Direction = Literal["ltr", "rtl"]
RoleName = Literal["owner", "organizer", "interpreter", "clinician", "auditor"]
InputName = Literal["machine", "interpreter", "floor", "slate"]
Skipped = Literal["behind", "untranslated", "unspoken", "unheard"]


def no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not hold a NUL character")
    return text


def _of_our_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2200:
        raise ValueError("must lie between the years 2000 and 2200")
    return moment


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(no_nul),
]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(no_nul),
]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(no_nul)
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=5000), AfterValidator(no_nul)
]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=16), AfterValidator(no_nul)]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


class Body(Schema):
    """What comes in: no fields but ours, no types but the right ones."""

    model_config = ConfigDict(extra="forbid")


class ErrorOut(Schema):
    """`values`: what the message speaks of, by name; left out where there is nothing."""

    code: str = Field(examples=["session_ended"])
    message: str = Field(examples=["This session has ended."])
    values: dict[str, str] = Field({})


class LanguageOut(Schema):
    tag: str
    name: str
    english_name: str
    direction: Direction


class LanguageTargetsOut(LanguageOut):
    targets: list[str]


class LanguagesOut(Schema):
    items: list[LanguageTargetsOut]


class ChannelOut(Schema):
    language: LanguageOut
    original: bool


class SessionOut(Schema):
    id: str
    title: str
    source_language: LanguageOut
    state: State
    starts_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    channels: list[ChannelOut]


class OrganizationOut(Schema):
    slug: str
    name: str


class MembershipOut(OrganizationOut):
    role: RoleName


class RoomOut(Schema):
    slug: str
    name: str
    current_session_id: str | None
    sessions: list[SessionOut]


class EventOut(Schema):
    slug: str
    title: str
    description: str
    organization: OrganizationOut
    starts_at: datetime | None
    ends_at: datetime | None
    listed: bool
    rooms: list[RoomOut]


class EventsOut(Schema):
    items: list[EventOut]


class EventLineOut(Schema):
    slug: str
    title: str
    organization: OrganizationOut
    starts_at: datetime | None
    ends_at: datetime | None
    live: bool


class EventLinesOut(Schema):
    items: list[EventLineOut]


class StageIn(Body):
    invitation: Annotated[str, StringConstraints(max_length=200), AfterValidator(no_nul)]


class StageLanguageIn(StageIn):
    """`language`: that the floor speaks from now on, one of the session's."""

    language: Tag


GenderName = Literal["any", "female", "male"]


class StageVoiceIn(StageIn):
    """`voice`: as whom the machines should speak for this speaker."""

    voice: GenderName


class EventNameOut(Schema):
    slug: str
    title: str


class StageStatusOut(Schema):
    """`floor_language`: what the floor speaks now. `voice`: as whom the machines speak for this
    speaker."""

    event: EventNameOut
    room_name: str
    session: SessionOut
    floor_language: LanguageOut
    voice: GenderName


class StageOut(StageStatusOut):
    url: str
    token: str
    room: str
    identity: str


class MeOut(Schema):
    signed_in: bool
    name: str
    email: str
    organizations: list[MembershipOut]


class OrganizationIn(Body):
    name: Name


class EventIn(Body):
    organization: Annotated[str, StringConstraints(max_length=60), AfterValidator(no_nul)]
    title: Title
    description: Text = ""
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    listed: bool = True


class EventChangeIn(Body):
    title: Title = ""
    description: Text = ""
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    listed: bool = True


class RoomIn(Body):
    name: Name


class SessionIn(Body):
    title: Title
    source_language: Tag
    languages: Annotated[list[Tag], Field(max_length=64)]
    starts_at: Moment | None = None


class ChannelIn(Body):
    language: Tag


class InvitationIn(Body):
    """`voice`: as whom the machines should speak for this speaker, who may say otherwise."""

    label: Label = ""
    voice: GenderName = "any"
    hours: Annotated[int, Field(ge=1, le=8760)] | None = None


class InvitedOut(Schema):
    id: str
    url: str
    expires_at: datetime


class InvitationOut(Schema):
    id: str
    label: str
    voice: GenderName
    created_at: datetime
    expires_at: datetime


class InvitationsOut(Schema):
    items: list[InvitationOut]


class RestingOut(Schema):
    """An engine that failed. `until`: when it is asked again, in seconds since 1970. `why`: it did
    not answer in time, wants to be asked later, lacks something, or broke."""

    engine: str
    until: float
    why: Literal["late", "busy", "missing", "broken"] = "broken"


class DutyOut(Schema):
    """`engine`: the one of its chain that serves now."""

    engine: str = ""
    resting: tuple[RestingOut, ...] = ()


class FloorStatusOut(DutyOut):
    owned: bool = False
    speaking: bool = False
    speakers: int = 0
    level_db: float | None = None


class ChannelStatusOut(DutyOut):
    """`backlog_s`: speech waiting to be spoken. `lag_s`: from the end of what was said to the
    start of its rendering."""

    language: LanguageOut
    owned: bool = False
    input: InputName | None = None
    who: str = ""
    listeners: int = 0
    backlog_s: float = 0.0
    lag_s: float | None = None
    speed: float = 1.0
    skipped: int = 0
    last_caption: str = ""


class TroubleOut(Schema):
    stage: str
    language: str
    message: str
    at_s: float


class StatusOut(Schema):
    session: SessionOut
    floor: FloorStatusOut
    translation: DutyOut
    channels: list[ChannelStatusOut]
    troubles: list[TroubleOut]
