"""A channel: one language of one session, spoken on one permanent track.

It reads translations in order, speaks them, catches up when late, and tells its listeners what is
said. Everything it needs to go on after a crash is in the log and in its lease's note.
"""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass

from translation.audio import Resampler
from translation.errors import EngineError, InterpretError, NotOwner, TransportError
from translation.flow import SessionClock, cancel_and_wait, offload, outside_work
from translation.names import CAPTIONS_TOPIC, STATE_TOPIC
from translation.path.publish import final_caption, interim_caption, skipped_caption
from translation.path.speak import Began, CatchUp, Ended, Passthrough, Playout, Script
from translation.ports import (
    Attentive,
    ChannelSink,
    Drafts,
    FloorSource,
    Ownership,
    SessionLog,
    Synthesiser,
    Translations,
    VitalSigns,
)
from translation.values import (
    Drained,
    Entry,
    FloorActivity,
    Input,
    OnAir,
    Plan,
    Samples,
    Segment,
    SessionState,
    SkipReason,
    Speaking,
    Spoken,
    Stage,
    Translation,
    Trouble,
)

log = logging.getLogger(__name__)

TICK_S = 0.02
STATE_EVERY_S = 2.0
SPEAK_AHEAD_S = 0.35
"""The next line is synthesised when so much of the one on air is left: late enough to choose its
pace by what waits, early enough to follow without a gap."""

TRANSLATION_LATE_S = 1.0
"""A translation that has not come for so long is ordered again."""

TRANSLATION_LOST_S = 5.0
"""After so long the segment goes unspoken in this language and the others go on."""

PATIENCE_S = 2.5
"""How long a line waits for a listener before it counts as unheard."""

NEW_CHANNEL_BACK_S = 6.0
"""A channel that is opened late begins with what was said so long ago."""

DRAIN_MOST_S = 30.0

SETTLE_S = 0.4
"""After a crash listeners need so long to find the new publisher; nothing is said before."""

LAG_KEPT = 20


@dataclass(frozen=True, slots=True)
class ChannelTools:
    log: SessionLog
    drafts: Drafts
    translations: Translations
    vitals: VitalSigns
    attentive: Attentive
    synthesiser: Synthesiser
    sink: ChannelSink
    clock: SessionClock
    stage: Callable[[], Awaitable[FloorSource]]
    """Joins the stage, to pass the floor's own sound through."""
    may_play: Callable[[], bool] = lambda: True
    """Asked before every frame: is this job still the owner?"""


class Channel:
    """One language for as long as this job owns it.

    `note` is what the predecessor left: the segment on air when it was last heard of, and how
    many seconds of it had been played.
    """

    def __init__(
        self,
        plan: Plan,
        language: str,
        tools: ChannelTools,
        *,
        owner: Ownership | None,
        note: str = "",
        handed_over: bool = False,
    ) -> None:
        self._plan = plan
        self._language = language
        self._tools = tools
        self._owner = owner
        self._original = language == plan.source_language
        self._script = Script(language)
        self._catch_up = CatchUp()
        self._playout = Playout(tools.sink.rate_hz)
        self._floor = Passthrough(tools.sink.rate_hz)
        self._resume = _Position.read(note)
        self._handed_over = handed_over
        self.stepping_down = asyncio.Event()
        self._events: asyncio.Queue[Began | Ended] = asyncio.Queue()
        self._handed: dict[int, tuple[Segment, float]] = {}
        self._input = Input.SLATE
        self._changed = asyncio.Event()
        self._floor_speaking = False
        self._drained: Drained | None = None
        self._ended_s: float | None = None
        self._lags: deque[float] = deque(maxlen=LAG_KEPT)
        self._skipped = 0
        self._in_trouble: set[Stage] = set()
        self._last_caption = ""
        self._pool = ThreadPoolExecutor(1, "resample")

    def note(self) -> str:
        """For the successor: what is on air and how much of it was heard."""
        return _Position.write(self._playout.position)

    async def run(self) -> None:
        """Returns once the session has ended and everything is spoken. Raises `NotOwner` when
        somebody else goes on with the language."""
        position = await self._read_log()
        await self._carry()
        tasks = [
            asyncio.create_task(work, name=f"{name} {self._language}")
            for name, work in (
                ("follow", self._follow(position)),
                ("speak", self._pass_through() if self._original else self._speak_all()),
                ("play", self._play()),
                ("record", self._record()),
                ("captions", self._forward_drafts()),
                ("state", self._tell_state()),
            )
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
            await self._send_state()
        finally:
            await cancel_and_wait(*tasks)
            self._pool.shutdown(wait=False)

    # --- the log ---

    async def _read_log(self) -> str:
        position = ""
        while logged := await self._tools.log.read(after=position):
            for each in logged:
                self._take(each.entry)
            position = logged[-1].position
        if self._script.fresh:
            self._script.start_after(self._tools.clock.now() - NEW_CHANNEL_BACK_S)
        return position

    async def _follow(self, position: str) -> None:
        async with aclosing(self._tools.log.follow(after=position)) as entries:
            async for logged in entries:
                self._take(logged.entry)
                await self._tell(logged.entry)
                self._changed.set()
                self._changed = asyncio.Event()

    def _take(self, entry: Entry) -> None:
        self._script.feed(entry)
        match entry:
            case Plan():
                self._plan = entry
                if entry.state == SessionState.LIVE:
                    self._drained = None  # more will be said
                ended = entry.state == SessionState.ENDED
                self._ended_s = self._tools.clock.now() if ended else None
            case Drained():
                self._drained = entry
            case FloorActivity():
                self._floor_speaking = entry.speaking

    async def _tell(self, entry: Entry) -> None:
        """What listeners should know at once."""
        match entry:
            case Segment() if self._original:
                await self._caption(entry, entry.text)
            case Translation(language=self._language):
                segment = self._script.segment(entry.segment_id)
                if segment is not None:
                    await self._caption(segment, entry.text)
            case Spoken(language=self._language, skipped=SkipReason() as reason):
                message = skipped_caption(entry.segment_id, language=self._language, reason=reason)
                await self._tools.sink.send(CAPTIONS_TOPIC, message)
            case Plan():
                await self._carry()
                await self._send_state()
            case FloorActivity():
                await self._send_state()

    async def _caption(self, segment: Segment, text: str) -> None:
        self._last_caption = text
        message = final_caption(segment, language=self._language, text=text)
        await self._tools.sink.send(CAPTIONS_TOPIC, message)

    async def _carry(self) -> None:
        for channel in self._plan.channels:
            if channel.language == self._language:
                try:
                    await self._tools.sink.carry(channel.shards)
                    await self._works_again(Stage.PUBLISH)
                except TransportError as error:
                    await self._broken(Stage.PUBLISH, error)

    async def _write(self, entry: Entry) -> None:
        """A channel that steps down leaves the log to its successor."""
        try:
            await self._tools.log.append(entry, owner=self._owner)
        except NotOwner:
            if not self.stepping_down.is_set():
                raise

    # --- speaking ---

    async def _speak_all(self) -> None:
        """One line after another, until the session has ended and nothing is left."""
        if not self._script.fresh and not self._handed_over:
            await asyncio.sleep(SETTLE_S)
        while not self._finished():
            segment = self._script.segment(self._script.next_id)
            if segment is None:
                if self._script.next_id <= self._script.last_id:
                    # A gap in the log: there is nothing to say.
                    self._script.start_at(self._script.next_id + 1)
                    continue
                await self._wait_for_change(1.0)
                continue
            text = await self._translation_of(segment)
            skipped = SkipReason.UNTRANSLATED if text is None else await self._speak(segment, text)
            self._script.start_at(segment.id + 1)
            if skipped is not None:
                self._skipped += skipped != SkipReason.UNHEARD
                await self._write(
                    Spoken(segment.id, self._language, self._tools.clock.now(), skipped)
                )
        # What is left is known in samples; the track's pace is the only thing to wait for.
        while not self._playout.idle:  # noqa: ASYNC110
            await asyncio.sleep(TICK_S)
        await self._events.join()

    def _finished(self) -> bool:
        """Ended and all spoken; or this language was taken out; or the floor job never said that
        it is done, and long enough was waited for it."""
        if self._language not in (channel.language for channel in self._plan.channels):
            return True
        if self._ended_s is None:
            return False
        if self._drained is None:
            return self._tools.clock.now() - self._ended_s > DRAIN_MOST_S
        return self._original or self._script.next_id > self._drained.last_segment_id

    async def _translation_of(self, segment: Segment) -> Translation | None:
        """Waits for it; orders it again when it is late; None when it does not come at all."""
        clock = self._tools.clock
        began_s = ordered_s = clock.now()
        while (text := self._script.text(segment.id)) is None:
            now = clock.now()
            if now - began_s > TRANSLATION_LOST_S:
                return None
            if now - max(ordered_s, segment.committed_s) > TRANSLATION_LATE_S:
                ordered_s = now
                await self._order(segment.id)
            await self._wait_for_change(0.25)
        return text

    async def _order(self, segment_id: int) -> None:
        try:
            await self._tools.translations.order(self._plan.session_id, segment_id)
        except InterpretError as error:
            log.warning("a translation could not be ordered again: %s", error)

    async def _speak(self, segment: Segment, translation: Translation) -> SkipReason | None:
        """Speaks a line, or says why not. Returns when the line is handed to the playout."""
        # How long the line on air still takes is known: no event could tell it sooner.
        while self._playout.waiting_s > SPEAK_AHEAD_S:  # noqa: ASYNC110
            await asyncio.sleep(min(0.1, self._playout.waiting_s - SPEAK_AHEAD_S + 0.005))
        if not translation.text.strip():
            return SkipReason.UNTRANSLATED
        if not await self._somebody_listens(segment):
            return SkipReason.UNHEARD
        lag_s = self._tools.clock.now() + self._playout.waiting_s - segment.floor_end_s
        waiting = self._script.characters_after(segment.id)
        speed = self._catch_up.decide(
            lag_s=lag_s,
            waiting_characters=waiting,
            characters=len(translation.text),
            said_s=segment.floor_end_s - segment.floor_start_s,
        )
        if speed is None:
            return SkipReason.BEHIND
        heard_s = 0.0
        if (begun := self._script.begun(segment.id)) is not None:
            speed = begun.speed
            heard_s = self._heard_before(segment.id)
        try:
            await self._synthesise(segment, translation.text, speed, heard_s)
        except EngineError as error:
            await self._broken(Stage.SPEAK, error)
            return SkipReason.UNSPOKEN
        await self._works_again(Stage.SPEAK)
        return None

    def _heard_before(self, segment_id: int) -> float:
        """Seconds of a line that listeners heard from the owner before. One that handed over
        played on since it left its note."""
        resume, self._resume = self._resume, None
        if resume is None or resume.segment_id != segment_id:
            return 0.0
        return resume.played_s + (time.time() - resume.at if self._handed_over else 0.0)

    async def _somebody_listens(self, segment: Segment) -> bool:
        while not await self._tools.attentive.heard(self._language):
            if self._tools.clock.now() - segment.floor_end_s > PATIENCE_S:
                return False
            await asyncio.sleep(0.25)
        return True

    async def _synthesise(self, segment: Segment, text: str, speed: float, heard_s: float) -> None:
        """Chunks go to the playout as they come. An engine that fails after its first chunk
        leaves the line short; one that fails before leaves no line."""
        engine = self._tools.synthesiser
        rate_hz, skip = self._tools.sink.rate_hz, int(heard_s * self._tools.sink.rate_hz)
        opened, resampler = False, None
        with outside_work():
            try:
                async for sound in engine.speak(text, language=self._language, speed=speed):
                    resampler = resampler or Resampler(sound.rate_hz, rate_hz)
                    samples = await offload(self._pool, resampler.push, sound.samples)
                    if not opened:
                        opened = True
                        self._handed[segment.id] = segment, speed
                        self._playout.open(segment.id, skip_s=heard_s)
                    skip = self._put(samples, skip)
                if resampler is not None:
                    self._put(resampler.push(samples[:0], last=True), skip)
            finally:
                if opened:
                    self._playout.close()

    def _put(self, samples: Samples, skip: int) -> int:
        """Returns how many samples are still to be left out."""
        self._playout.put(samples[skip:])
        return max(0, skip - len(samples))

    async def _pass_through(self) -> None:
        """The original: the floor's own sound, until the session has ended."""
        floor = await self._tools.stage()
        try:
            async with aclosing(floor.pieces()) as pieces:
                async for samples, _ in pieces:
                    if self._plan.state == SessionState.LIVE:
                        self._floor.push(samples)
                    if self._finished():
                        return
        finally:
            await floor.aclose()

    # --- the track ---

    async def _play(self) -> None:
        sink = self._tools.sink
        while True:
            if self._tools.may_play() and (count := sink.wanted()):
                await sink.play(self._pull(count))
            await asyncio.sleep(TICK_S)

    def _pull(self, count: int) -> Samples:
        if self._original:
            return self._floor.pull(count)
        samples, events = self._playout.pull(count)
        for event in events:
            self._events.put_nowait(event)
        return samples

    async def _record(self) -> None:
        """Writes what was played into the log, beside the track so that it never waits."""
        while True:
            event = await self._events.get()
            now = self._tools.clock.now()
            match event:
                case Began():
                    segment, speed = self._handed.pop(event.segment_id)
                    self._lags.append(now - segment.floor_end_s)
                    engine = self._tools.synthesiser.abilities.name
                    await self._write(Speaking(segment.id, self._language, engine, speed, now))
                case Ended():
                    await self._write(Spoken(event.segment_id, self._language, now))
            self._events.task_done()

    # --- listeners and organizers ---

    async def _forward_drafts(self) -> None:
        async with aclosing(self._tools.drafts.hear()) as drafts:
            async for draft in drafts:
                if draft.language == self._language and draft.segment_id > self._script.last_id:
                    await self._tools.sink.send(CAPTIONS_TOPIC, interim_caption(draft))

    async def _tell_state(self) -> None:
        while True:
            await self._carry()
            await self._send_state()
            await self._tools.vitals.report(f"channel:{self._language}", {
                "owned": True,
                "input": self._input.value,
                "who": self._who(),
                "backlog_s": round(self._playout.waiting_s, 2),
                "lag_s": self._lag_s(),
                "speed": round(self._catch_up.speed, 2),
                "skipped": self._skipped,
                "last_caption": self._last_caption,
            })  # fmt: skip
            await asyncio.sleep(STATE_EVERY_S)

    async def _send_state(self) -> None:
        await self._settle_input()
        await self._tools.sink.send(STATE_TOPIC, {
            "kind": "state",
            "session": self._plan.state.value,
            "floor": "speaking" if self._floor_speaking else "silent",
            "input": self._input.value,
            "who": self._who(),
            "lag_s": self._lag_s(),
            "publisher": self._tools.sink.identity,
        })  # fmt: skip

    async def _settle_input(self) -> None:
        """Who is on air is decided here and nowhere else, and every change is in the log."""
        speaks = self._plan.state == SessionState.LIVE or self._playout.waiting_s > 0
        wanted = (Input.FLOOR if self._original else Input.MACHINE) if speaks else Input.SLATE
        if wanted != self._input:
            self._input = wanted
            on_air = OnAir(self._language, wanted, self._who(), self._tools.clock.now())
            await self._write(on_air)

    def _who(self) -> str:
        abilities = self._tools.synthesiser.abilities
        return f"{abilities.name} {abilities.version}" if self._input == Input.MACHINE else ""

    def _lag_s(self) -> float | None:
        if self._original or not self._lags:
            return None
        return round(sorted(self._lags)[len(self._lags) // 2], 1)

    async def _broken(self, stage: Stage, error: InterpretError) -> None:
        self._in_trouble.add(stage)
        await self._write(Trouble(stage, self._language, str(error), self._tools.clock.now()))

    async def _works_again(self, stage: Stage) -> None:
        if stage in self._in_trouble:
            self._in_trouble.discard(stage)
            await self._write(Trouble(stage, self._language, "", self._tools.clock.now()))

    async def _wait_for_change(self, most_s: float) -> None:
        # Not `wait_for`: in Python 3.11 it swallows a cancellation that comes with the change.
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._changed.wait()


@dataclass(frozen=True, slots=True)
class _Position:
    """What was on air, how much of it had been played, and when (seconds since 1970) that was."""

    segment_id: int
    played_s: float
    at: float

    @classmethod
    def write(cls, position: tuple[int, float] | None) -> str:
        return json.dumps([*position, time.time()]) if position else ""

    @classmethod
    def read(cls, note: str) -> "_Position | None":
        return cls(*json.loads(note)) if note.startswith("[") else None
