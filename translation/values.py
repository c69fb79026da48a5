"""What travels between the stages of the path.

Session time: every field that ends in `_s` and is a moment counts seconds since the session's
epoch (`Plan.epoch_s`, seconds since 1970), which is set when the session first goes live and
never changes, through pauses and restarts.
Languages are BCP-47 tags (`es`, `pt-BR`).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from translation.choice import Wishes
from translation.voices import Gender, VoiceChoice

Samples = NDArray[np.int16]
"""Mono sound, one row of signed 16-bit samples."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of mono sound. `engine`: what made it, where a chain of engines may have."""

    samples: Samples
    rate_hz: int
    engine: str = ""

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word and where it lies on the floor. `settled`: its engine will not change
    it any more."""

    text: str
    start_s: float
    end_s: float
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A committed unit of floor speech (a clause or a sentence). Never changes.

    `id` counts 1, 2, 3 ... within the session, through restarts. `engine`: what recognised it; ""
    in logs from before that was kept.
    """

    id: int
    language: str
    text: str
    floor_start_s: float
    floor_end_s: float
    committed_s: float
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment in a target language. `engine` names what made it, pivots included.

    `doubts`: what a check between source and target still found wrong with it (`number`,
    `negation`, `name`, `term` ...). `terms`, `terms_kept`: how many terms of the glossary it had to
    hold, and how many it does.
    """

    segment_id: int
    language: str
    text: str
    engine: str
    translated_s: float
    doubts: tuple[str, ...] = ()
    terms: int = 0
    terms_kept: int = 0


class SkipReason(StrEnum):
    """Why a segment was not spoken to the end in a language."""

    BEHIND = "behind"  # the backlog was over its bound
    UNTRANSLATED = "untranslated"  # no translation came in time, or the engine failed
    UNSPOKEN = "unspoken"  # the speech engine failed
    UNHEARD = "unheard"  # nobody was listening to this language


@dataclass(frozen=True, slots=True)
class Speaking:
    """The first sample of a segment's speech goes on the channel's track now.

    `said`: what is said instead of the translation, where that was condensed because the channel
    was late.
    """

    segment_id: int
    language: str
    engine: str
    speed: float
    started_s: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A segment is done with in a language: spoken to its end, or skipped for a reason."""

    segment_id: int
    language: str
    ended_s: float
    skipped: SkipReason | None = None


class Input(StrEnum):
    """What a channel is fed from."""

    MACHINE = "machine"
    INTERPRETER = "interpreter"
    FLOOR = "floor"
    SLATE = "slate"


class Reason(StrEnum):
    """Why a channel's input changed."""

    STARTED = "started"  # the session went live, or the channel was opened
    STOPPED = "stopped"  # the session was paused or ended
    TAKEN = "taken"  # the interpreter took the channel
    RELEASED = "released"  # the interpreter gave it to the machine
    HANDED_OVER = "handed_over"  # one interpreter gave it to another
    RETURNED = "returned"  # the interpreter who holds the channel speaks again
    STOOD_IN = "stood_in"  # her partner spoke where nobody else could, and holds the channel now
    DISCONNECTED = "disconnected"  # the microphone on air is gone
    SILENT = "silent"  # the interpreter on air said nothing while the floor spoke
    MUTED = "muted"  # the interpreter on air muted herself while the floor spoke
    FORCED = "forced"  # the organizer said so
    POLICY = "policy"  # the channel's policy was changed
    FLOOR_LANGUAGE = "floor_language"  # the floor began or ceased to speak the channel's language
    MACHINE_LOST = "machine_lost"  # the machine cannot speak this language at the moment
    MACHINE_BACK = "machine_back"
    REMOVED = "removed"  # the interpreter is not assigned any more, or went to another channel


@dataclass(frozen=True, slots=True)
class OnAir:
    """From `since_s` on, a channel is fed from `input`.

    `who`: the engine, its version and voice, or the interpreter's id. `name`: the interpreter's,
    only where she agreed that listeners may read it. Another engine that goes on for the machine
    is an entry of its own, with the reason of the one before.
    """

    language: str
    input: Input
    who: str
    since_s: float
    reason: Reason = Reason.STARTED
    name: str = ""


class Gesture(StrEnum):
    """What an interpreter or an organizer can ask of a channel."""

    TAKE = "take"
    RELEASE = "release"
    OFFER = "offer"  # the one on air offers the channel to `to`
    ASK = "ask"  # the other one asks for it
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    FORCE = "force"  # organizer: `to` is on air, whatever the policy, until forced back to ""


MACHINE = "machine"
"""As `Command.to`: the machine, which accepts at once."""


@dataclass(frozen=True, slots=True)
class Command:
    """A gesture on the channel in `language`. `by`: an interpreter's id, or `organizer`.

    `to`: an interpreter's id or `machine`; for `force` also `floor`, `slate`, or "" to let the
    policy decide again. `countdown_s`: how long after it is accepted the switch comes; 0 = now.
    """

    id: str
    language: str
    gesture: Gesture
    by: str
    to: str
    countdown_s: float
    at_s: float


class Refusal(StrEnum):
    """Why a command was not done."""

    NOT_ASSIGNED = "not_assigned"  # this person does not work for this channel
    NO_MICROPHONE = "no_microphone"  # her microphone is not in the stage room, or muted
    PARTNER_ON_AIR = "partner_on_air"  # another interpreter is: ask for the handover
    NOT_ON_AIR = "not_on_air"  # only who holds the channel can give it
    NOBODY_THERE = "nobody_there"  # the one it is for is not connected
    NO_HANDOVER = "no_handover"  # nothing to accept, decline or cancel
    HANDOVER_RUNNING = "handover_running"
    POLICY = "policy"  # the channel's policy does not allow it
    FORCED = "forced"  # the organizer has decided; only the organizer lets go
    NOT_LIVE = "not_live"
    MACHINE_LOST = "machine_lost"
    TOO_LATE = "too_late"  # it was asked so long ago that nobody expects it any more


@dataclass(frozen=True, slots=True)
class Answer:
    """A command was done (`refusal` is None), or why not."""

    command_id: str
    language: str
    refusal: Refusal | None
    at_s: float


class HandoverStage(StrEnum):
    OPEN = "open"  # offered or asked; `to_answer` has to accept or decline
    COUNTING = "counting"  # accepted; the switch comes at `switch_s`
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # nobody answered, or one of the two is gone


@dataclass(frozen=True, slots=True)
class Handover:
    """How the handover of a channel from one to the other stands. `giver`, `taker`: interpreter's
    ids or `machine`; `to_answer`: which of them has to accept; `switch_s`: session time of the
    switch while it counts, else None."""

    language: str
    stage: HandoverStage
    giver: str
    taker: str
    to_answer: str
    switch_s: float | None
    at_s: float


class AlarmKind(StrEnum):
    MUTED_TALKING = "muted_talking"  # she talks, and her microphone is muted
    WRONG_LANGUAGE = "wrong_language"  # she speaks another language than the channel's
    NOBODY_ON_AIR = "nobody_on_air"  # the floor speaks, and nothing is heard in the channel
    DOUBLE_MICROPHONE = "double_microphone"  # two microphones of a booth are live
    SOLO_TOO_LONG = "solo_too_long"  # one interpreter has worked without a change for too long
    SOUND_UNFIT = "sound_unfit"  # a booth says: this sound cannot be interpreted
    SLOW_DOWN = "slow_down"  # a booth asks the speaker to slow down


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of a channel's booth begins (`on`) or is over. `who`: the interpreter's id, where
    it is about one."""

    language: str
    alarm: AlarmKind
    who: str
    on: bool
    at_s: float


@dataclass(frozen=True, slots=True)
class Interpreted:
    """What the interpreter on air was recognised to say: the captions while she is on air.

    `id` counts 1, 2, 3 ... within the channel, apart from the segments' ids. `engine` as in
    `Segment`."""

    id: int
    language: str
    interpreter: str
    text: str
    start_s: float
    end_s: float
    at_s: float
    engine: str = ""


@dataclass(frozen=True, slots=True)
class FloorActivity:
    """The floor began or ceased to speak."""

    speaking: bool
    at_s: float


class Stage(StrEnum):
    """Where on the path something happened."""

    PLACE = "place"
    LISTEN = "listen"
    RECOGNISE = "recognise"
    TRANSLATE = "translate"
    SPEAK = "speak"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something broke on one stage (for one language, or for all when `language` is empty).

    `message` is for the organizer: plain words, never what was said. An empty message says that
    the stage works again; for `TRANSLATE` the next translation in that language says so.
    """

    stage: Stage
    language: str
    message: str
    at_s: float


class SessionState(StrEnum):
    PLANNED = "planned"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Policy(StrEnum):
    """Who speaks a channel when nobody says otherwise."""

    HUMAN_FIRST = "human_first"  # the interpreter who holds it; the machine stands in
    MACHINE_FIRST = "machine_first"  # the machine; an interpreter may take it
    HUMAN_ONLY = "human_only"  # interpreters; `unmanned` while there is none
    MACHINE_ONLY = "machine_only"


@dataclass(frozen=True, slots=True)
class Assigned:
    """An interpreter who may speak into a channel. `retour`: it is not her booth's own channel,
    she interprets back into it. `name` only where she agreed that listeners read it."""

    id: str
    booth: str
    retour: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """One channel that should exist: its language and how many listener rooms carry it.

    `unmanned`: slate or floor, while nobody interprets under `human_only`. `spoken_notice`: say
    that it is a machine's voice whenever the machine comes on air. `stand_in_s`: how long an
    interpreter may be silent while the floor speaks. `turn_s`: after so long without a change the
    booth is reminded.
    """

    language: str
    shards: int = 1
    policy: Policy = Policy.HUMAN_FIRST
    unmanned: Input = Input.SLATE
    spoken_notice: bool = True
    stand_in_s: float = 6.0
    turn_s: float = 1800.0
    interpreters: tuple[Assigned, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session should be doing now; the organizer's wishes, not what is."""

    session_id: str
    source_language: str
    state: SessionState
    channels: tuple[ChannelPlan, ...]
    epoch_s: float
    floor_language: str = ""
    """What the floor speaks now, where it is not `source_language` (a question from the hall)."""
    detects: bool = False
    """The floor job finds out what the floor speaks, among the channels' languages."""
    glossary: str = ""
    """The event's terms by their fingerprint (`termbase.fingerprint`); "" where there are none."""
    agenda: tuple[str, ...] = ()
    """What is likely to be said besides: titles and speakers, as the organizer wrote them."""
    voice: Gender = Gender.ANY
    """Of the machine's voices, as whoever speaks on the floor wishes it."""
    voices: tuple[VoiceChoice, ...] = ()
    """Chosen for this event; they come before the install's."""
    engines: Wishes = ()
    """The event's wishes over its organization's; they come before the install's."""

    @property
    def spoken_language(self) -> str:
        """What the floor speaks now."""
        return self.floor_language or self.source_language

    def channel(self, language: str) -> ChannelPlan | None:
        return next((c for c in self.channels if c.language == language), None)

    def targets(self, spoken: str) -> tuple[str, ...]:
        """The languages to translate into from a spoken one: every channel's but that."""
        return tuple(c.language for c in self.channels if c.language != spoken)


@dataclass(frozen=True, slots=True)
class Drained:
    """The floor job has committed all that was said before the pause or end; ids up to
    `last_segment_id` exist."""

    last_segment_id: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Draft:
    """An interim caption: text that may still change. Never in the log."""

    segment_id: int
    language: str
    text: str


Entry = (
    Plan
    | Segment
    | Translation
    | Speaking
    | Spoken
    | OnAir
    | FloorActivity
    | Trouble
    | Drained
    | Command
    | Answer
    | Handover
    | Alarm
    | Interpreted
)
"""What the session log holds."""
