"""What a channel works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from translation.choice import Wishes
from translation.flow import SessionClock
from translation.path.listen import Ear
from translation.ports import (
    Attentive,
    ChannelSink,
    Condenser,
    Drafts,
    FloorSource,
    LanguageIdentifier,
    Microphones,
    SessionLog,
    Synthesiser,
    Translations,
    VitalSigns,
)


@dataclass(frozen=True, slots=True)
class ChannelTools:
    """`stage` joins the stage to pass its sound through, `microphones` to hear interpreters; each
    only where it is needed. What takes a plan's wishes may block, and is called from any thread.
    `synthesiser`: the channel's voice. `serves`: can the machine speak this channel when the floor
    speaks a language? `ear`: as `Engines.ear`, None where interpreters are not captioned;
    `recognises`: is there an engine that understands the channel's language? `identifier`: None
    where no engine tells which language is spoken. `may_play`, asked at every tick: is this job
    still the owner?"""

    log: SessionLog
    drafts: Drafts
    translations: Translations
    vitals: VitalSigns
    attentive: Attentive
    synthesiser: Callable[[Wishes], Synthesiser]
    sink: ChannelSink
    clock: SessionClock
    stage: Callable[[], Awaitable[FloorSource]]
    microphones: Callable[[], Awaitable[Microphones]]
    serves: Callable[[str, Wishes], bool]
    ear: Callable[[str, Wishes], Ear] | None
    recognises: Callable[[Wishes], bool] = lambda _: True
    condenser: Condenser | None = None
    identifier: Callable[[], LanguageIdentifier] | None = None
    may_play: Callable[[], bool] = lambda: True
