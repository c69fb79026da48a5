"""How a session goes, as far as its log tells one channel: the plan, how the floor does, what is
left to be said. Who is on air is the arbiter's to know."""

import asyncio

from translation.flow import SessionClock
from translation.values import (
    ChannelPlan,
    Drained,
    Entry,
    FloorActivity,
    Plan,
    SessionState,
    Stage,
    Translation,
    Trouble,
)


class Course:
    """`ended_s`: when it was heard that the session has ended. `floor_lost`: the floor's job fails.
    `untranslated`: the last sentence could not be translated into the channel's language."""

    def __init__(self, plan: Plan, language: str, clock: SessionClock) -> None:
        self.plan = plan
        self.drained: Drained | None = None
        self.ended_s: float | None = None
        self.floor_lost = self.floor_speaking = False
        self.untranslated = False
        self._language = language
        self._clock = clock
        self._changed = asyncio.Event()

    @property
    def channel(self) -> ChannelPlan | None:
        return self.plan.channel(self._language)

    @property
    def live(self) -> bool:
        return self.plan.state == SessionState.LIVE

    @property
    def changed(self) -> asyncio.Event:
        """Set once something changes that decides which inputs are needed."""
        return self._changed

    def tell_changed(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def feed(self, entry: Entry) -> None:
        match entry:
            case Plan():
                self.plan = entry
                if self.live:
                    self.drained = None  # more will be said
                ended = entry.state == SessionState.ENDED
                self.ended_s = self._clock.now() if ended else None
                self.tell_changed()
            case Drained():
                self.drained = entry
            case FloorActivity():
                self.floor_speaking = entry.speaking
            case Trouble(stage=Stage.LISTEN, language=""):
                self.floor_lost = bool(entry.message)
            case Trouble(stage=Stage.TRANSLATE, language=self._language):
                self.untranslated = bool(entry.message)
            case Translation(language=self._language):
                self.untranslated = False
