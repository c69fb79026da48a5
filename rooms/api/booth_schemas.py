"""What the API takes and gives about booths, channels' policies, glossaries and transcripts."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints

from rooms.api.listen_schemas import VoiceOut
from rooms.api.schemas import (
    Body,
    EventNameOut,
    InputName,
    LanguageOut,
    Moment,
    Name,
    SessionOut,
    Tag,
    Title,
    no_nul,
)

PolicyName = Literal["human_first", "machine_first", "human_only", "machine_only"]
Unmanned = Literal["slate", "floor"]
Place = Literal["invited", "expired", "working"]
StandIn = Annotated[float, Field(ge=1, le=120)]
Turn = Annotated[float, Field(ge=10, le=6 * 3600)]
Countdown = Annotated[float, Field(ge=0, le=60)]
Short = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(no_nul)
]
TermText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(no_nul),
]
Pronunciation = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(no_nul)
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(no_nul)
]


# --- booths and channels, for organizers ---


class InterpreterOut(Schema):
    """`place`: invited and not there yet, invited in vain, or at work. `show_name`: she agreed that
    listeners read her name; while she is invited, that it is proposed to her."""

    id: str
    name: str
    show_name: bool
    retour: bool
    place: Place
    claimed_at: datetime | None
    expires_at: datetime


class BoothOut(Schema):
    name: str
    interpreters: list[InterpreterOut]


class ChannelControlOut(Schema):
    """`booth`: null where nobody was ever invited. `unmanned`: what is heard under `human_only`
    while nobody interprets. `turn_s`: after so long without a change the booth is reminded."""

    language: LanguageOut
    original: bool
    policy: PolicyName
    unmanned: Unmanned
    spoken_notice: bool
    stand_in_s: float
    turn_s: float
    booth: BoothOut | None


class BoothsOut(Schema):
    """`floor_language`: what the floor speaks now; `detects_language`: that is found out."""

    session: SessionOut
    floor_language: LanguageOut
    detects_language: bool
    countdown_s: float
    channels: list[ChannelControlOut]


class BoothInvitationIn(Body):
    """`show_name`: ask her to let listeners read her name."""

    name: Name
    show_name: bool = False
    retour: bool = False
    valid_hours: Annotated[int, Field(ge=1, le=8760)] | None = None


class BoothInvitedOut(Schema):
    id: str
    url: str
    expires_at: datetime


class ChannelChangeIn(Body):
    """What is left out or null stays as it is."""

    policy: PolicyName | None = None
    unmanned: Unmanned | None = None
    spoken_notice: bool | None = None
    stand_in_s: StandIn | None = None
    turn_s: Turn | None = None


class SessionChangeIn(Body):
    """What is left out or null stays as it is, but for `starts_at`, which null takes away.
    `source_language`: only of a session that was never on."""

    title: Title | None = None
    starts_at: Moment | None = None
    source_language: Tag | None = None
    countdown_s: Countdown | None = None

    @property
    def changes(self) -> dict[str, Any]:
        given = self.dict(exclude_unset=True)
        return {
            name: given[name] for name in given if name == "starts_at" or given[name] is not None
        }


class ForceIn(Body):
    """`to`: an interpreter's id, `machine`, `floor` or `slate`; "" lets the policy decide."""

    to: Short = ""


class ForcedOut(Schema):
    """The answer comes to the control room's WebSocket, by this id."""

    command_id: str


class FloorLanguageIn(Body):
    """ "" is the session's source language. `detect`: the language is found out from now on, and
    `language` does not matter."""

    language: Annotated[str, StringConstraints(max_length=16), AfterValidator(no_nul)] = ""
    detect: bool = False


class OnAirOut(Schema):
    """`who`: an interpreter's id, or an engine with its version. `name`: an interpreter's.
    `until_s`: null while it lasts."""

    language: str
    input: InputName
    who: str
    name: str
    reason: str
    since_s: float
    until_s: float | None


class TimelineOut(Schema):
    items: list[OnAirOut]


# --- the booth console ---


class MyPlaceOut(Schema):
    id: str
    name: str
    show_name: bool
    retour: bool


class MyPlaceIn(Body):
    """`show_name`: listeners may read the asker's name."""

    show_name: bool


class ColleagueOut(Schema):
    id: str
    name: str
    retour: bool


class ConsoleBoothOut(Schema):
    name: str
    interpreters: list[ColleagueOut]


class ConsoleChannelOut(Schema):
    language: LanguageOut
    original: bool
    policy: PolicyName
    unmanned: Unmanned
    stand_in_s: float
    turn_s: float
    booth: ConsoleBoothOut | None


class ConsoleOut(Schema):
    """`language`: the booth's. `now_s`: session time, 0 before the session began."""

    event: EventNameOut
    room_name: str
    session: SessionOut
    floor_language: LanguageOut
    countdown_s: float
    language: LanguageOut
    booth_name: str
    me: MyPlaceOut
    channels: list[ConsoleChannelOut]
    now_s: float


class BoothTokenOut(Schema):
    url: str
    token: str
    room: str
    identity: str


# --- glossary ---


class TermIO(Body):
    language: Tag
    term: TermText
    note: Note = ""
    do_not_translate: bool = False
    pronunciation: Pronunciation = ""


class ConceptIn(Body):
    """`concept`: "" makes a new one; a known one's terms in these languages are replaced."""

    concept: Short = ""
    terms: Annotated[list[TermIO], Field(min_length=1, max_length=64)]


class ConceptOut(Schema):
    concept: str
    terms: list[TermIO]


class GlossaryOut(Schema):
    items: list[ConceptOut]


class BoothGlossaryOut(GlossaryOut):
    """`more`: there are concepts after the last one."""

    more: bool


class UploadedOut(Schema):
    terms: int


# --- transcript ---


class LineOut(Schema):
    """`by`: whose words these are: the speaker's own, a machine's translation of them, or an
    interpreter's, recognised. `engine`: what translated; `recogniser`: what recognised the words
    that are shown or translated; `speech_engine`: what spoke, where that was heard. `voice`: what
    was heard meanwhile. `said`: what the machine said of it, where it had to be short. `doubts`:
    what a comparison with the source still finds wrong (`number`, `negation`, `term`, `name` ...);
    `terms`, `terms_kept`: how many of the glossary's terms it had to hold, and how many it does."""

    id: str
    start_s: float
    end_s: float
    text: str
    by: Literal["floor", "machine", "interpreter"]
    engine: str
    recogniser: str
    speech_engine: str
    voice: InputName | None
    skipped: str | None
    said: str
    doubts: list[str]
    terms: int
    terms_kept: int


class TranscriptOut(Schema):
    session: SessionOut
    language: LanguageOut
    voices: list[VoiceOut]
    lines: list[LineOut]
