"""The machine's voice of a channel: translations in order, synthesised, paced, ready to be heard.

It works on whether it is on air or not, so that it can stand in at once; whoever pulls decides
whether anybody hears it.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from translation.errors import EngineError, InterpretError
from translation.flow import SessionClock
from translation.jobs.awaited import AwaitedTranslations
from translation.jobs.condensing import condensed
from translation.jobs.note import Note
from translation.jobs.speaker import Line, Speaker
from translation.languages import said_in_s
from translation.path.pace import Pace, Pacing
from translation.path.speak import Playout, Script
from translation.ports import PLAIN, Attentive, Condenser, Manner, Synthesiser, Translations
from translation.values import (
    Entry,
    Samples,
    Segment,
    SkipReason,
    Spoken,
    Stage,
    Translation,
)

TICK_S = 0.02
SPEAK_AHEAD_S = 0.35
"""The next line is synthesised when so much of the one on air is left: late enough to choose its
pace by what waits, early enough to follow without a gap."""

PATIENCE_S = 2.5
"""How long a line waits for a listener before it counts as unheard."""

NEW_CHANNEL_BACK_S = 6.0
"""A channel that is opened late begins with what was said so long ago."""

SETTLE_S = 1.0
"""After a crash listeners need so long to find the new publisher (0.4 s lost a line once); nothing
is said before."""

FALLS_MOST = 2
"""A segment at which so many owners fell down is left out."""

LAG_KEPT = 20


@dataclass(frozen=True, slots=True)
class MachineTools:
    """`synthesiser`: the voice to begin with. `write` puts an entry into the log; `trouble` tells
    that a stage fails (or, with None, that it works again). `manner`: whose voice speaks now.
    `pronounce`: a text as the voice should read it. `condenser`: where there is one."""

    translations: Translations
    attentive: Attentive
    synthesiser: Synthesiser
    clock: SessionClock
    write: Callable[[Entry], Awaitable[None]]
    trouble: Callable[[Stage, InterpretError | None], Awaitable[None]]
    manner: Callable[[], Manner] = lambda: PLAIN
    pronounce: Callable[[str], str] = str
    condenser: Condenser | None = None


class Machine:
    """One language's machine voice.

    `note` is what the predecessor left: the segment on air when it was last heard of, and how
    many seconds of it had been played. One that `handed_over` played on since.
    """

    def __init__(
        self,
        session_id: str,
        language: str,
        rate_hz: int,
        tools: MachineTools,
        *,
        note: str = "",
        handed_over: bool = False,
    ) -> None:
        self._session_id = session_id
        self._language = language
        self._tools = tools
        self._speaker = Speaker(
            language, rate_hz, tools.synthesiser, tools.clock,
            manner=tools.manner, pronounce=tools.pronounce, write=tools.write,
        )  # fmt: skip
        self._script = Script(language)
        self._translations = AwaitedTranslations(
            session_id, self._script, tools.translations, tools.clock
        )
        self._pace = Pace()
        self._before = Note.read(note)
        self._falls = self._before.fell_at, self._before.falls
        self._handed_over = handed_over
        self._lags: deque[float] = deque(maxlen=LAG_KEPT)
        self.skipped = 0
        self.served = 0
        """Lines that it has begun to say, or had nobody to say to."""
        self._failures = 0

    # --- what it knows ---

    def feed(self, entry: Entry) -> None:
        """An entry of the log."""
        self._script.feed(entry)

    def log_is_read(self) -> None:
        """All that was there is fed: a channel that never spoke begins near the present."""
        if self._script.fresh:
            self._script.start_after(self._tools.clock.now() - NEW_CHANNEL_BACK_S)

    def wake(self) -> None:
        """Something changed that it may wait for."""
        self._translations.wake()

    def note(self) -> str:
        """For the successor: what is on air and how much of it was heard."""
        segment_id, played_s = self.playout.position or (0, 0.0)
        return Note(segment_id, played_s, time.time(), *self._falls).write()

    def fell(self) -> None:
        """Something broke that nobody knows how to go on from: maybe this very line does it."""
        at, falls = self._script.next_id, self._falls[1]
        if self._script.segment(at) is not None:
            self._falls = (at, falls + 1) if at == self._falls[0] else (at, 1)

    def segment(self, segment_id: int) -> Segment | None:
        return self._script.segment(segment_id)

    @property
    def last_id(self) -> int:
        return self._script.last_id

    def done_up_to(self, segment_id: int) -> bool:
        return self._script.next_id > segment_id

    @property
    def works(self) -> bool:
        """One line that failed is one line; two in a row are a voice that is lost."""
        return self._failures < 2

    @property
    def speaking(self) -> bool:
        """There is sound of it to be played now."""
        return self.playout.waiting_s > 0

    @property
    def busy(self) -> bool:
        """It speaks, or something waits to be spoken."""
        return not self.playout.idle or self._script.next_id <= self._script.last_id

    def speak_with(self, voice: Synthesiser) -> None:
        """From the next line on; the one under way is said to its end."""
        if voice is not self._speaker.voice:
            self._speaker.speak_with(voice)
            self._failures = 0

    @property
    def voice(self) -> Synthesiser:
        """Of the next line."""
        return self._speaker.voice

    @property
    def voices(self) -> list[Synthesiser]:
        """In use: the one of the next line, and those of what is being said."""
        return self._speaker.voices

    @property
    def who(self) -> str:
        """Engine, version and voice."""
        return self._speaker.who

    @property
    def lag_s(self) -> float | None:
        """Median over the last lines: end of what was said -> begin of its speech."""
        return round(sorted(self._lags)[len(self._lags) // 2], 1) if self._lags else None

    @property
    def speed(self) -> float:
        return round(self._pace.speed, 2)

    # --- speaking ---

    async def speak_all(self, finished: Callable[[], bool]) -> None:
        """One line after another, until `finished` and nothing is left."""
        await self._speaker.ready()
        if not self._script.fresh and not self._handed_over:
            await asyncio.sleep(SETTLE_S)
        while not finished():
            segment = self._script.segment(self._script.next_id)
            if segment is None:
                if self._script.next_id <= self._script.last_id:
                    # A gap in the log: there is nothing to say.
                    self._script.start_at(self._script.next_id + 1)
                    continue
                await self._translations.change(1.0)
                continue
            if segment.language == self._language:
                self._script.start_at(segment.id + 1)  # the floor speaks it
                continue
            skipped = await self._do(segment)
            self._script.start_at(segment.id + 1)
            if skipped is not None:
                self.skipped += skipped != SkipReason.UNHEARD
                self.served += skipped == SkipReason.UNHEARD
                now = self._tools.clock.now()
                await self._tools.write(Spoken(segment.id, self._language, now, skipped))
        # What is left is known in samples; the track's pace is the only thing to wait for.
        while not self.playout.idle:  # noqa: ASYNC110
            await asyncio.sleep(TICK_S)
        await self._speaker.recorded()

    async def _do(self, segment: Segment) -> SkipReason | None:
        """Speaks a segment, or says why not."""
        fell_at, falls = self._falls
        if segment.id == fell_at and falls >= FALLS_MOST:
            return SkipReason.UNSPOKEN
        text = await self._translations.of(segment)
        return SkipReason.UNTRANSLATED if text is None else await self._speak(segment, text)

    async def _speak(self, segment: Segment, translation: Translation) -> SkipReason | None:
        """Speaks a line, or says why not. Returns when the line is handed to the playout."""
        # How long the line on air still takes is known: no event could tell it sooner.
        while self.playout.waiting_s > SPEAK_AHEAD_S:  # noqa: ASYNC110
            await asyncio.sleep(min(0.1, self.playout.waiting_s - SPEAK_AHEAD_S + 0.005))
        if not translation.text.strip():
            return SkipReason.UNTRANSLATED
        if not await self._somebody_listens(segment):
            return SkipReason.UNHEARD
        lag_s = self._tools.clock.now() + self.playout.waiting_s - segment.floor_end_s
        pacing = self._pace.decide(
            lag_s=lag_s,
            waiting_s=self._script.waiting_s(segment.id),
            line_s=said_in_s(translation.text, self._language),
            said_s=segment.floor_end_s - segment.floor_start_s,
            speeds=self.voice.abilities.speeds,
        )
        if pacing is None:
            return SkipReason.BEHIND
        if (begun := self._script.begun(segment.id)) is not None:
            speed, said = begun.speed, begun.said
        else:
            speed, said = pacing.speed, await self._condensed(translation.text, pacing)
        line = Line(segment, translation.text, said, speed)
        try:
            await self._speaker.say(line, self._heard_before)
        except EngineError as error:
            self._failures += 1
            await self._tools.trouble(Stage.SPEAK, error)
            return SkipReason.UNSPOKEN
        self._failures = 0
        await self._tools.trouble(Stage.SPEAK, None)
        return None

    def _heard_before(self, segment_id: int) -> float:
        """Seconds of a line that listeners heard from the owner before. One that handed over
        played on since it left its note, and may have begun a line of which only the log knows."""
        before, self._before = self._before, Note()
        if before.segment_id == segment_id:
            return before.played_s + (time.time() - before.at if self._handed_over else 0.0)
        begun = self._script.begun(segment_id)
        if self._handed_over and begun is not None:
            return max(0.0, self._tools.clock.now() - begun.started_s)
        return 0.0

    async def _somebody_listens(self, segment: Segment) -> bool:
        while not await self._tools.attentive.heard(self._language):
            if self._tools.clock.now() - segment.floor_end_s > PATIENCE_S:
                return False
            await asyncio.sleep(0.25)
        return True

    async def _condensed(self, text: str, pacing: Pacing) -> str:
        """The line in fewer words where it has to be short; "" where it is said in full."""
        condenser = self._tools.condenser
        if condenser is None or pacing.share is None:
            return ""
        return await condensed(
            condenser, text, language=self._language,
            characters=round(pacing.share * len(text)), session_id=self._session_id,
        )  # fmt: skip

    async def notice(self, text: str) -> Samples:
        """The voice's own sound of a text that is not in the log; empty where it fails."""
        return await self._speaker.clip(text)

    # --- the track ---

    @property
    def playout(self) -> Playout:
        return self._speaker.playout

    @property
    def pulled(self) -> int:
        """Samples, all told."""
        return self._speaker.pulled

    def pull(self, count: int) -> Samples:
        return self._speaker.pull(count)

    async def record(self) -> None:
        """Writes what was played into the log, beside the track so that it never waits."""
        await self._speaker.record(self._began)

    def _began(self, segment: Segment, at_s: float) -> None:
        self.served += 1
        self._lags.append(at_s - segment.floor_end_s)

    def close(self) -> None:
        self._speaker.close()
