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

Samples = NDArray[np.int16]
"""Mono sound, one row of signed 16-bit samples."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of mono sound."""

    samples: Samples
    rate_hz: int

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word and where it lies on the floor."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A committed unit of floor speech (a clause or a sentence). Never changes.

    `id` counts 1, 2, 3 ... within the session, through restarts.
    """

    id: int
    language: str
    text: str
    floor_start_s: float
    floor_end_s: float
    committed_s: float


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment in a target language. `engine` names what made it, pivots included."""

    segment_id: int
    language: str
    text: str
    engine: str
    translated_s: float


class SkipReason(StrEnum):
    """Why a segment was not spoken to the end in a language."""

    BEHIND = "behind"  # the backlog was over its bound
    UNTRANSLATED = "untranslated"  # no translation came in time, or the engine failed
    UNSPOKEN = "unspoken"  # the speech engine failed
    UNHEARD = "unheard"  # nobody was listening to this language


@dataclass(frozen=True, slots=True)
class Speaking:
    """The first sample of a segment's speech goes on the channel's track now."""

    segment_id: int
    language: str
    engine: str
    speed: float
    started_s: float


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


@dataclass(frozen=True, slots=True)
class OnAir:
    """From `since_s` on, a channel is fed from `input`; `who` is the engine (or the person)."""

    language: str
    input: Input
    who: str
    since_s: float


@dataclass(frozen=True, slots=True)
class FloorActivity:
    """The floor began or ceased to speak."""

    speaking: bool
    at_s: float


class Stage(StrEnum):
    """Where on the path something happened."""

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


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """One channel that should exist: its language and how many listener rooms carry it."""

    language: str
    shards: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session should be doing now; the organizer's wishes, not what is."""

    session_id: str
    source_language: str
    state: SessionState
    channels: tuple[ChannelPlan, ...]
    epoch_s: float

    @property
    def target_languages(self) -> tuple[str, ...]:
        """The languages to translate into: every channel's but the floor's own."""
        return tuple(c.language for c in self.channels if c.language != self.source_language)


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


Entry = Plan | Segment | Translation | Speaking | Spoken | OnAir | FloorActivity | Trouble | Drained
"""What the session log holds."""
