"""A channel: one language of one session, heard on one permanent track.

Machine, interpreters and floor are its inputs; the arbiter decides which of them is on air, the
desk makes one sound of it, and listeners are told what they hear. Everything it needs to go on
after a crash is in the log and in its lease's note.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np

from translation.choice import Wishes
from translation.engines.duty import duty_of
from translation.errors import EngineError, InterpretError, NotOwner, TransportError
from translation.flow import SessionClock, cancel_and_wait, outside_work, retrying
from translation.jobs.interpreted import InterpreterCaptions
from translation.jobs.machine import TICK_S, Machine, MachineTools
from translation.jobs.spoken_language import SpokenLanguage
from translation.names import CAPTIONS_TOPIC, STATE_TOPIC
from translation.path.arbitrate import Arbiter, Decision, Program
from translation.path.cushion import Cushion
from translation.path.desk import SLATE, Announced, Desk, cut
from translation.path.facts import Facts
from translation.path.facts import Machine as MachineFacts
from translation.path.listen import Ear, Interim
from translation.path.notices import NOTICES
from translation.path.pronounce import Pronunciations
from translation.path.publish import (
    condensed_caption,
    final_caption,
    interim_caption,
    interim_interpreted,
    interpreted_caption,
    skipped_caption,
)
from translation.path.quality import Quality
from translation.ports import (
    Attentive,
    ChannelSink,
    Condenser,
    Drafts,
    FloorSource,
    LanguageIdentifier,
    Manner,
    Microphone,
    Microphones,
    Ownership,
    SessionLog,
    Synthesiser,
    Translations,
    VitalSigns,
)
from translation.values import (
    Alarm,
    AlarmKind,
    Drained,
    Entry,
    FloorActivity,
    Input,
    Interpreted,
    OnAir,
    Plan,
    Policy,
    Reason,
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
from translation.voices import Voices

STATE_EVERY_S = 1.0
DRAIN_MOST_S = 30.0
LOOK_S = 0.4
"""So far ahead a pause is looked for in the machine's speech, to leave it there."""

ARRIVE_S = 2.0
"""So long a channel that begins waits for the microphones it needs, before it decides anything."""

REWIND_S = 3.0
"""Whoever comes to the machine hears its line from the beginning, if no more than this is over."""

_MACHINE, _FLOOR = "machine", "floor"
_NOTHING: Samples = np.zeros(0, np.int16)


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
        self._wishes = plan.engines
        rate_hz = tools.sink.rate_hz
        self._machine = Machine(
            plan.session_id, language, rate_hz,
            MachineTools(
                translations=tools.translations, attentive=tools.attentive,
                synthesiser=tools.synthesiser(plan.engines), clock=tools.clock,
                write=self._write, trouble=self._trouble, manner=self._manner,
                pronounce=self._pronounced,
                condenser=tools.condenser,
            ),
            note=note, handed_over=handed_over,
        )  # fmt: skip
        self._floor = Cushion(rate_hz)
        self._announced = Announced(self._machine.pull)
        self._desk = Desk(rate_hz)
        self._desk.plug(_MACHINE, self._announced.pull, levelled=True)
        self._desk.plug(_FLOOR, self._floor.pull)
        self._interpreted = (
            InterpreterCaptions(language, rate_hz, tools.clock, self._ear) if tools.ear else None
        )
        self._recognised = tools.ear is not None and tools.recognises(plan.engines)
        self._spoken_language = (
            SpokenLanguage(language, rate_hz, tools.clock, tools.identifier)
            if tools.identifier
            else None
        )
        self._arbiter = Arbiter(language)
        self._quality = Quality(language)
        self._microphones: Microphones | None = None
        self._decided: asyncio.Queue[Decision] = asyncio.Queue()
        self._planned = asyncio.Event()
        self._notice = _NOTHING
        self._notice_by: Synthesiser | None = None
        self._notice_due = False
        self._cut_at: int | None = None
        self._untranslated = False
        self._floor_speaking = False
        self._drained: Drained | None = None
        self._ended_s: float | None = None
        self._in_trouble: set[Stage] = set()
        self._last_caption = ""
        self._pronounce = Pronunciations((), language)
        self._pronounced_by = ""
        self.stepping_down = asyncio.Event()

    def note(self) -> str:
        """For the successor: what is on air and how much of it was heard."""
        return self._machine.note()

    async def run(self) -> None:
        """Returns once the session has ended and everything is spoken. Raises `NotOwner` when
        somebody else goes on with the language."""
        position = await self._read_log()
        await self._obey_wishes()
        await self._learn_to_pronounce()
        await self._carry()
        works = {
            "follow": self._follow(position),
            "speak": self._machine.speak_all(self._finished),
            "play": self._play(),
            "record": self._machine.record(),
            "decided": self._write_decisions(),
            "floor": retrying(self._hear_floor, retry_on=(TransportError,)),
            "microphones": retrying(self._hear_microphones, retry_on=(TransportError,)),
            "captions": self._forward_drafts(),
            "state": self._tell_state(),
        }
        if self._interpreted is not None:
            works["interpreted"] = self._caption_interpreter(self._interpreted)
        if self._spoken_language is not None:
            works["spoken language"] = self._watch_spoken_language(self._spoken_language)
        tasks = [
            asyncio.create_task(work, name=f"{name} {self._language}")
            for name, work in works.items()
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
            await self._send_state()
        finally:
            await cancel_and_wait(*tasks)
            if self._microphones is not None:
                await self._microphones.aclose()
            self._machine.close()

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
        self._arbiter.feed(entry)
        self._quality.feed(entry)
        match entry:
            case Plan():
                self._plan = entry
                self._replan()
                if entry.state == SessionState.LIVE:
                    self._drained = None  # more will be said
                ended = entry.state == SessionState.ENDED
                self._ended_s = self._tools.clock.now() if ended else None
            case Drained():
                self._drained = entry
            case FloorActivity():
                self._floor_speaking = entry.speaking
            case Interpreted() if self._interpreted is not None:
                self._interpreted.known(entry)
            case Alarm() if self._spoken_language is not None:
                self._spoken_language.known(entry)
            case Trouble(stage=Stage.TRANSLATE, language=self._language):
                self._untranslated = bool(entry.message)
            case Translation(language=self._language):
                self._untranslated = False

    async def _tell(self, entry: Entry) -> None:
        """What listeners should know at once."""
        match entry:
            case Segment(language=self._language):
                await self._caption(entry, entry.text)
            case Translation(language=self._language) if not self._reads_interpreter:
                segment = self._machine.segment(entry.segment_id)
                if segment is not None:
                    await self._caption(segment, entry.text)
            case Spoken(language=self._language, skipped=SkipReason() as reason):
                message = skipped_caption(entry.segment_id, language=self._language, reason=reason)
                await self._tools.sink.send(CAPTIONS_TOPIC, message)
            case Speaking(language=self._language) if entry.said:
                await self._tools.sink.send(CAPTIONS_TOPIC, condensed_caption(entry))
            case Plan():
                await self._obey_wishes()
                await self._learn_to_pronounce()
                await self._carry()
                await self._tell_all()
            case FloorActivity():
                await self._send_state()

    async def _caption(self, segment: Segment, text: str) -> None:
        self._last_caption = text
        message = final_caption(segment, language=self._language, text=text)
        await self._tools.sink.send(CAPTIONS_TOPIC, message)

    async def _carry(self) -> None:
        if channel := self._plan.channel(self._language):
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

    async def _obey_wishes(self) -> None:
        """Other engines where the plan wishes them, built beside the track: the next line is said
        by the new voice."""
        wishes, tools = self._plan.engines, self._tools
        if wishes == self._wishes:
            return

        def built() -> tuple[Synthesiser, bool]:
            tools.serves(self._plan.spoken_language, wishes)  # known when it is asked at a tick
            return tools.synthesiser(wishes), tools.recognises(wishes)

        try:
            with outside_work():
                voice, recognised = await asyncio.to_thread(built)
        except EngineError as error:
            await self._trouble(Stage.SPEAK, error)
            return
        self._wishes = wishes
        self._recognised = tools.ear is not None and recognised
        self._machine.speak_with(voice)
        if self._interpreted is not None:
            self._interpreted.renew()

    def _ear(self, language: str) -> Ear:
        assert self._tools.ear is not None  # noqa: S101 - only then there are her captions
        return self._tools.ear(language, self._wishes)

    @property
    def voices(self) -> list[Synthesiser]:
        """In use now."""
        return self._machine.voices

    async def _learn_to_pronounce(self) -> None:
        """The event's terms, whenever the plan names others."""
        if self._plan.glossary == self._pronounced_by:
            return
        concepts = await self._tools.log.terms(self._plan.glossary)
        if concepts or not self._plan.glossary:
            self._pronounce = Pronunciations(concepts, self._language)
            self._pronounced_by = self._plan.glossary

    def _pronounced(self, text: str) -> str:
        return self._pronounce(text)

    def _manner(self) -> Manner:
        return Manner(self._plan.voice, Voices(self._plan.voices))

    def _finished(self) -> bool:
        """Ended and all spoken; or this language was taken out; or the floor job never said that
        it is done, and long enough was waited for it."""
        if self._plan.channel(self._language) is None:
            return True
        if self._ended_s is None:
            return False
        if self._drained is None:
            return self._tools.clock.now() - self._ended_s > DRAIN_MOST_S
        done = self._machine.done_up_to(self._drained.last_segment_id)
        return done and self._arbiter.program.input != Input.INTERPRETER

    # --- the inputs ---

    def _replan(self) -> None:
        """Something changed that decides which inputs are needed."""
        self._planned.set()
        self._planned = asyncio.Event()

    async def _hear_floor(self) -> None:
        """The floor's own sound, while it may go on air."""
        while True:
            planned = self._planned
            if not self._needs_floor():
                await planned.wait()
                continue
            floor = await self._tools.stage()
            try:
                async with aclosing(floor.pieces()) as pieces:
                    async for samples, _ in pieces:
                        if self._plan.state == SessionState.LIVE:
                            self._floor.push(samples)
                        if not self._needs_floor():
                            break
            finally:
                await floor.aclose()

    def _needs_floor(self) -> bool:
        channel, forced = self._plan.channel(self._language), self._arbiter.standing.forced
        if channel is None or self._plan.state != SessionState.LIVE:
            return False
        unmanned = channel.policy == Policy.HUMAN_ONLY and channel.unmanned == Input.FLOOR
        return self._plan.spoken_language == self._language or unmanned or forced == Input.FLOOR

    async def _hear_microphones(self) -> None:
        """The microphones of whoever is assigned, as long as somebody is."""
        while True:
            planned, channel = self._planned, self._plan.channel(self._language)
            assigned = {each.id for each in channel.interpreters} if channel else set()
            if assigned and self._microphones is None:
                self._microphones = await self._tools.microphones()
            if self._microphones is not None:
                self._microphones.assign(assigned)
            for gone in self._desk.plugged - assigned - {_MACHINE, _FLOOR}:
                self._desk.unplug(gone)
            for new in assigned - self._desk.plugged:
                self._desk.plug(new, partial(self._pull_microphone, new))
            await planned.wait()

    def _pull_microphone(self, interpreter: str, count: int) -> Samples:
        assert self._microphones is not None  # noqa: S101 - it is plugged
        return self._microphones.pull(interpreter, count)

    # --- the track ---

    async def _play(self) -> None:
        sink = self._tools.sink
        await self._microphones_arrive()
        while True:
            if self._tools.may_play():
                if not self.stepping_down.is_set():
                    self._decide()
                if count := sink.wanted():
                    await sink.play(self._pull(count))
            await asyncio.sleep(TICK_S)

    async def _microphones_arrive(self) -> None:
        """After a crash the interpreter on air is still there: her sound comes in a moment."""
        began_s, standing = self._tools.clock.now(), self._arbiter.standing
        needed = {command.by for command in standing.asked.values()} | {self._arbiter.program.who}
        needed = {who for who in needed if standing.assigned(who)}
        while self._tools.clock.now() - began_s < ARRIVE_S:
            states = self._microphone_states()
            if all(who in states and states[who].connected for who in needed):
                return
            await asyncio.sleep(TICK_S)

    def _pull(self, count: int) -> Samples:
        sound = self._desk.pull(count)
        program = self._arbiter.program
        interpreter = program.who if program.input == Input.INTERPRETER else ""
        if self._interpreted is not None and self._recognised:
            self._interpreted.hear(interpreter, sound)
        if self._spoken_language is not None:
            microphone = self._microphone_states().get(interpreter, Microphone())
            self._spoken_language.hear(interpreter, sound, speaking=microphone.speaking)
        return sound

    def _decide(self) -> None:
        """Who is on air from now on; what was decided is written beside the track."""
        decisions = self._arbiter.decide(self._tools.clock.now(), self._facts())
        for decision in decisions:
            self._decided.put_nowait(decision)
            if isinstance(decision, OnAir) and decision.input == Input.MACHINE:
                self._machine.playout.rewind(REWIND_S)
                self._notice_due = True
        self._desk.switch(_strip(self._arbiter.program))
        self._announce()
        if not self._arbiter.waiting:
            self._cut_at = None
        elif self._cut_at is None:
            rate_hz = self._tools.sink.rate_hz
            ahead = self._machine.playout.peek(int(LOOK_S * rate_hz))
            self._cut_at = self._machine.pulled + cut(ahead, rate_hz)

    def _announce(self) -> None:
        """A machine that comes on air says so; one that starts, before its first line."""
        channel, on_air = self._plan.channel(self._language), self._arbiter.standing.on_air
        if on_air is None or on_air.input != Input.MACHINE or channel is None:
            self._notice_due = False
            self._announced.announce(_NOTHING)
        elif self._notice_due and (on_air.reason != Reason.STARTED or self._machine.speaking):
            self._notice_due = False
            if channel.spoken_notice:
                self._announced.announce(self._notice)

    def _facts(self) -> Facts:
        return Facts(self._floor_speaking, self._machine_facts(), self._microphone_states())

    def _microphone_states(self) -> Mapping[str, Microphone]:
        return self._microphones.states() if self._microphones else {}

    def _machine_facts(self) -> MachineFacts:
        machine = self._machine
        serves = self._tools.serves(self._plan.spoken_language, self._wishes)
        draining = self._plan.state != SessionState.LIVE and self._drained is None
        at_cut = self._cut_at is not None and machine.pulled >= self._cut_at
        return MachineFacts(
            able=serves and machine.works and not self._untranslated,
            busy=machine.busy or draining,
            boundary=at_cut or self._announced.announcing or not machine.speaking,
            who=machine.who,
        )

    async def _write_decisions(self) -> None:
        while True:
            await self._prepare_notice()
            decision = await self._decided.get()
            await self._write(decision)
            if isinstance(decision, OnAir):
                self._replan()
            if self._decided.empty():
                await self._tell_all()

    async def _prepare_notice(self) -> None:
        channel, text = self._plan.channel(self._language), NOTICES.get(self._language, "")
        voice = self._machine.voices[0]
        if channel and channel.spoken_notice and text and self._notice_by is not voice:
            notice = await self._machine.notice(text)
            if len(notice):
                self._notice, self._notice_by = notice, voice

    # --- listeners, interpreters and organizers ---

    @property
    def _reads_interpreter(self) -> bool:
        """An interpreter is on air, and what she says can be recognised."""
        on_air = self._arbiter.program.input == Input.INTERPRETER
        return on_air and self._recognised

    async def _caption_interpreter(self, interpreted: InterpreterCaptions) -> None:
        async with aclosing(interpreted.heard()) as heard:
            async for what in heard:
                match what:
                    case Interim():
                        number = interpreted.last_id + 1
                        message = interim_interpreted(
                            number, language=self._language, text=what.text
                        )
                    case Interpreted():
                        self._last_caption = what.text
                        await self._write(what)
                        message = interpreted_caption(what)
                await self._tools.sink.send(CAPTIONS_TOPIC, message)

    async def _watch_spoken_language(self, spoken_language: SpokenLanguage) -> None:
        async with aclosing(spoken_language.alarms()) as alarms:
            async for alarm in alarms:
                await self._write(alarm)

    async def _forward_drafts(self) -> None:
        async with aclosing(self._tools.drafts.hear()) as drafts:
            async for draft in drafts:
                mine = draft.language == self._language and not self._reads_interpreter
                if mine and draft.segment_id > self._machine.last_id:
                    await self._tools.sink.send(CAPTIONS_TOPIC, interim_caption(draft))

    async def _tell_state(self) -> None:
        while True:
            await self._carry()
            await self._tell_all()
            await asyncio.sleep(STATE_EVERY_S)

    async def _tell_all(self) -> None:
        await self._send_state()
        await self._tools.vitals.report(f"channel:{self._language}", self._vitals())

    async def _send_state(self) -> None:
        on_air, standing = self._arbiter.standing.on_air, self._arbiter.standing
        program = self._arbiter.program
        interpreter = standing.assigned(program.who)
        await self._tools.sink.send(STATE_TOPIC, {
            "kind": "state",
            "session": self._plan.state.value,
            "floor": "speaking" if self._floor_speaking else "silent",
            "input": program.input.value,
            "who": self._machine.who if program.input == Input.MACHINE else "",
            "name": interpreter.name if interpreter else "",
            "reason": on_air.reason.value if on_air else "",
            "sound_unfit": any(kind == AlarmKind.SOUND_UNFIT for kind, _ in standing.alarms),
            "lag_s": self._lag_s(),
            "publisher": self._tools.sink.identity,
        })  # fmt: skip

    def _vitals(self) -> dict[str, object]:
        standing, program = self._arbiter.standing, self._arbiter.program
        on_air, channel = standing.on_air, standing.channel
        return {
            "owned": True,
            "input": program.input.value,
            "who": on_air.who if on_air else "",
            "reason": on_air.reason.value if on_air else "",
            "since_s": on_air.since_s if on_air else None,
            "turn": asdict(standing.turn) if standing.turn else None,
            "holder": standing.holder,
            "forced": standing.forced,
            "policy": channel.policy.value if channel else "",
            "handover": asdict(standing.handover) if standing.handover else None,
            "microphones": [
                {"id": who, **asdict(microphone)}
                for who, microphone in self._microphone_states().items()
            ],
            "alarms": [
                {"kind": kind.value, "who": who, "since_s": since_s}
                for (kind, who), since_s in standing.alarms.items()
            ],
            "level_db": round(self._desk.level_db, 1),
            "machine_able": self._machine_facts().able,
            "backlog_s": round(self._machine.playout.waiting_s, 2),
            "lag_s": self._lag_s(),
            "speed": self._machine.speed,
            "skipped": self._machine.skipped,
            "quality": self._quality.facts(),
            "last_caption": self._last_caption,
            **duty_of(self._machine.voices[0], self._language).facts(),
        }

    def _lag_s(self) -> float | None:
        return self._machine.lag_s if self._arbiter.program.input == Input.MACHINE else None

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


def _strip(program: Program) -> str:
    """The desk's name for what is on air."""
    match program.input:
        case Input.MACHINE:
            return _MACHINE
        case Input.FLOOR:
            return _FLOOR
        case Input.INTERPRETER:
            return program.who
    return SLATE
