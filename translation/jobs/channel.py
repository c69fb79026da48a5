"""A channel: one language of one session, spoken on one permanent track.

It reads translations in order, speaks them, catches up when late, and tells its listeners what is
said. Everything it needs to go on after a crash is in the log and in its lease's note.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from translation.errors import InterpretError, NotOwner, TransportError
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.machine import TICK_S, Machine, MachineTools
from translation.names import CAPTIONS_TOPIC, STATE_TOPIC
from translation.path.publish import final_caption, interim_caption, skipped_caption
from translation.path.speak import Passthrough
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
    Spoken,
    Stage,
    Translation,
    Trouble,
)

STATE_EVERY_S = 2.0
DRAIN_MOST_S = 30.0


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
        self._machine = Machine(
            plan.session_id, language, tools.sink.rate_hz,
            MachineTools(
                translations=tools.translations, attentive=tools.attentive,
                synthesiser=tools.synthesiser, clock=tools.clock,
                write=self._write, trouble=self._trouble,
            ),
            note=note, handed_over=handed_over,
        )  # fmt: skip
        self._floor = Passthrough(tools.sink.rate_hz)
        self.stepping_down = asyncio.Event()
        self._input = Input.SLATE
        self._floor_speaking = False
        self._drained: Drained | None = None
        self._ended_s: float | None = None
        self._in_trouble: set[Stage] = set()
        self._last_caption = ""

    def note(self) -> str:
        """For the successor: what is on air and how much of it was heard."""
        return self._machine.note()

    async def run(self) -> None:
        """Returns once the session has ended and everything is spoken. Raises `NotOwner` when
        somebody else goes on with the language."""
        machine = self._machine
        position = await self._read_log()
        await self._carry()
        tasks = [
            asyncio.create_task(work, name=f"{name} {self._language}")
            for name, work in (
                ("follow", self._follow(position)),
                (
                    "speak",
                    self._pass_through() if self._original else machine.speak_all(self._finished),
                ),
                ("play", self._play()),
                ("record", machine.record()),
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
            machine.close()

    # --- the log ---

    async def _read_log(self) -> str:
        position = ""
        while logged := await self._tools.log.read(after=position):
            for each in logged:
                self._take(each.entry)
            position = logged[-1].position
        self._machine.log_is_read()
        return position

    async def _follow(self, position: str) -> None:
        async with aclosing(self._tools.log.follow(after=position)) as entries:
            async for logged in entries:
                self._take(logged.entry)
                await self._tell(logged.entry)
                self._machine.wake()

    def _take(self, entry: Entry) -> None:
        self._machine.feed(entry)
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
                segment = self._machine.segment(entry.segment_id)
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
                    await self._trouble(Stage.PUBLISH, None)
                except TransportError as error:
                    await self._trouble(Stage.PUBLISH, error)

    async def _write(self, entry: Entry) -> None:
        """A channel that steps down leaves the log to its successor."""
        try:
            await self._tools.log.append(entry, owner=self._owner)
        except NotOwner:
            if not self.stepping_down.is_set():
                raise

    def _finished(self) -> bool:
        """Ended and all spoken; or this language was taken out; or the floor job never said that
        it is done, and long enough was waited for it."""
        if self._language not in (channel.language for channel in self._plan.channels):
            return True
        if self._ended_s is None:
            return False
        if self._drained is None:
            return self._tools.clock.now() - self._ended_s > DRAIN_MOST_S
        return self._original or self._machine.done_up_to(self._drained.last_segment_id)

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
        return self._machine.pull(count)

    # --- listeners and organizers ---

    async def _forward_drafts(self) -> None:
        async with aclosing(self._tools.drafts.hear()) as drafts:
            async for draft in drafts:
                if draft.language == self._language and draft.segment_id > self._machine.last_id:
                    await self._tools.sink.send(CAPTIONS_TOPIC, interim_caption(draft))

    async def _tell_state(self) -> None:
        while True:
            await self._carry()
            await self._send_state()
            await self._tools.vitals.report(f"channel:{self._language}", {
                "owned": True,
                "input": self._input.value,
                "who": self._who(),
                "backlog_s": round(self._machine.playout.waiting_s, 2),
                "lag_s": self._lag_s(),
                "speed": self._machine.speed,
                "skipped": self._machine.skipped,
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
        speaks = self._plan.state == SessionState.LIVE or self._machine.playout.waiting_s > 0
        wanted = (Input.FLOOR if self._original else Input.MACHINE) if speaks else Input.SLATE
        if wanted != self._input:
            self._input = wanted
            on_air = OnAir(self._language, wanted, self._who(), self._tools.clock.now())
            await self._write(on_air)

    def _who(self) -> str:
        return self._machine.who if self._input == Input.MACHINE else ""

    def _lag_s(self) -> float | None:
        return None if self._original else self._machine.lag_s

    async def _trouble(self, stage: Stage, error: InterpretError | None) -> None:
        """A stage fails, or works (again)."""
        if error is None and stage not in self._in_trouble:
            return
        if error is None:
            self._in_trouble.discard(stage)
        else:
            self._in_trouble.add(stage)
        message = str(error) if error else ""
        await self._write(Trouble(stage, self._language, message, self._tools.clock.now()))
