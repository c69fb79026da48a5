"""A channel: one language of one session, heard on one permanent track.

Machine, interpreters and floor are its inputs; the arbiter decides which of them is on air, the
desk makes one sound of it, and listeners are told what they hear. Everything it needs to go on
after a crash is in the log and in its lease's note.
"""

import asyncio
from contextlib import aclosing

from translation.errors import InterpretError, NotOwner, TransportError
from translation.flow import cancel_and_wait, retrying
from translation.jobs.air import Air
from translation.jobs.captions import Captions
from translation.jobs.channel_tools import ChannelTools
from translation.jobs.course import Course
from translation.jobs.inputs import Inputs
from translation.jobs.interpreted import InterpreterCaptions
from translation.jobs.machine import TICK_S, Machine, MachineTools
from translation.jobs.notice import SpokenNotice
from translation.jobs.reading import Reading
from translation.jobs.spoken_language import SpokenLanguage
from translation.jobs.status import state_of, vitals_of
from translation.jobs.troubles import Troubles
from translation.jobs.wished import WishedEngines
from translation.names import STATE_TOPIC
from translation.path.arbitrate import Decision
from translation.path.quality import Quality
from translation.ports import Microphone, Ownership, Synthesiser
from translation.values import (
    Alarm,
    Entry,
    FloorActivity,
    Input,
    Interpreted,
    OnAir,
    Plan,
    Samples,
    Stage,
    Trouble,
)

STATE_EVERY_S = 1.0
DRAIN_MOST_S = 30.0
ARRIVE_S = 2.0
"""So long a channel that begins waits for the microphones it needs, before it decides anything."""


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
        self._language = language
        self._tools = tools
        self._owner = owner
        rate_hz = tools.sink.rate_hz
        self._course = Course(plan, language, tools.clock)
        self._reading = Reading(language, self._course, tools.log)
        self._troubles = Troubles(language, tools.clock, self._write)
        self._engines = WishedEngines(
            language, self._course, tools, self._troubles, self._reading.manner
        )
        self._machine = Machine(
            plan.session_id, language, rate_hz,
            MachineTools(
                translations=tools.translations, attentive=tools.attentive,
                synthesiser=tools.synthesiser(plan.engines), clock=tools.clock,
                write=self._write, trouble=self._troubles.tell, manner=self._reading.manner,
                pronounce=self._reading.pronounce, condenser=tools.condenser,
            ),
            note=note, handed_over=handed_over,
        )  # fmt: skip
        self._notice = SpokenNotice(language, self._course, self._machine, self._reading.manner)
        self._air = Air(
            language, rate_hz, self._course, self._machine,
            serves=self._engines.serve, microphones=lambda: self._inputs.microphones,
            notice=self._notice,
        )  # fmt: skip
        self._inputs = Inputs(
            language, self._course, tools, self._air.desk, lambda: self._air.standing.forced
        )
        self._interpreted = (
            InterpreterCaptions(
                language, rate_hz, tools.clock, self._engines.ear, self._troubles.tell
            )
            if tools.ear
            else None
        )
        self._spoken_language = (
            SpokenLanguage(language, rate_hz, tools.clock, tools.identifier)
            if tools.identifier
            else None
        )
        self._captions = Captions(
            language, tools.sink, self._machine, self._course,
            reads_interpreter=self._reads_interpreter,
            write=self._write,
        )  # fmt: skip
        self._quality = Quality(language)
        self._decided: asyncio.Queue[Decision] = asyncio.Queue()
        self.stepping_down = asyncio.Event()

    def note(self) -> str:
        """For the successor: what is on air and how much of it was heard."""
        return self._machine.note()

    @property
    def voices(self) -> list[Synthesiser]:
        """In use now."""
        return self._machine.voices

    async def run(self) -> None:
        """Returns once the session has ended and everything is spoken. Raises `NotOwner` when
        somebody else goes on with the language."""
        position = await self._read_log()
        await self._obey_wishes()
        await self._reading.renew()
        await self._carry()
        inputs = self._inputs
        works = {
            "follow": self._follow(position),
            "speak": self._machine.speak_all(self._finished),
            "play": self._play(),
            "record": self._machine.record(),
            "decided": self._write_decisions(),
            "notice": self._notice.keep(),
            "floor": retrying(inputs.hear_floor, retry_on=(TransportError,)),
            "microphones": retrying(inputs.hear_microphones, retry_on=(TransportError,)),
            "captions": self._captions.forward(self._tools.drafts),
            "state": self._tell_state(),
        }
        if self._interpreted is not None:
            works["interpreted"] = self._captions.of_interpreter(self._interpreted)
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
        except InterpretError:
            raise
        except Exception:
            self._machine.fell()
            raise
        finally:
            await cancel_and_wait(*tasks)
            await inputs.aclose()
            self._machine.close()

    # --- the log ---

    async def _read_log(self) -> str:
        position = ""
        while logged := await self._tools.log.read(after=position):
            for each in logged:
                self._take(each.entry)
                if isinstance(each.entry, Trouble):
                    self._troubles.known(each.entry)
            position = logged[-1].position
        self._machine.log_is_read()
        return position

    async def _follow(self, position: str) -> None:
        async with aclosing(self._tools.log.follow(after=position)) as entries:
            async for logged in entries:
                self._take(logged.entry)
                await self._captions.tell(logged.entry)
                match logged.entry:
                    case Plan():
                        await self._obey_wishes()
                        await self._reading.renew()
                        self._notice.renew()
                        await self._carry()
                        await self._tell_all()
                    case FloorActivity():
                        await self._send_state()
                self._machine.wake()

    def _take(self, entry: Entry) -> None:
        self._machine.feed(entry)
        self._air.feed(entry)
        self._course.feed(entry)
        self._quality.feed(entry)
        match entry:
            case Interpreted() if self._interpreted is not None:
                self._interpreted.known(entry)
            case Alarm() if self._spoken_language is not None:
                self._spoken_language.known(entry)

    async def _write(self, entry: Entry) -> None:
        """A channel that steps down leaves the log to its successor."""
        try:
            await self._tools.log.append(entry, owner=self._owner)
        except NotOwner:
            if not self.stepping_down.is_set():
                raise

    async def _write_decisions(self) -> None:
        while True:
            decision = await self._decided.get()
            await self._write(decision)
            if isinstance(decision, OnAir):
                self._course.tell_changed()
            if self._decided.empty():
                await self._tell_all()

    async def _watch_spoken_language(self, spoken_language: SpokenLanguage) -> None:
        async with aclosing(spoken_language.alarms()) as alarms:
            async for alarm in alarms:
                await self._write(alarm)

    # --- what the plan wishes ---

    async def _obey_wishes(self) -> None:
        """The next line is said by the voice that the plan wishes."""
        voice = await self._engines.renewed()
        if voice is None:
            return
        self._machine.speak_with(voice)
        if self._interpreted is not None:
            self._interpreted.renew()

    def _reads_interpreter(self) -> bool:
        """An interpreter is on air, and what she says is recognised."""
        interpreted = self._interpreted
        works = self._engines.recognised and interpreted is not None and interpreted.works
        return works and bool(self._air.interpreter)

    async def _carry(self) -> None:
        if channel := self._course.channel:
            try:
                await self._tools.sink.carry(channel.shards)
                await self._troubles.tell(Stage.PUBLISH, None)
            except TransportError as error:
                await self._troubles.tell(Stage.PUBLISH, error)

    def _finished(self) -> bool:
        """Ended and all spoken; or this language was taken out; or the floor job never said that
        it is done, and long enough was waited for it."""
        course = self._course
        if course.channel is None:
            return True
        if course.ended_s is None:
            return False
        if course.drained is None:
            return self._tools.clock.now() - course.ended_s > DRAIN_MOST_S
        done = self._machine.done_up_to(course.drained.last_segment_id)
        return done and self._air.program.input != Input.INTERPRETER

    # --- the track ---

    async def _play(self) -> None:
        sink = self._tools.sink
        await self._microphones_arrive()
        while True:
            if self._tools.may_play():
                if not self.stepping_down.is_set():
                    for decision in self._air.decide(self._tools.clock.now()):
                        self._decided.put_nowait(decision)
                if count := sink.wanted():
                    await sink.play(self._pull(count))
            await asyncio.sleep(TICK_S)

    async def _microphones_arrive(self) -> None:
        """After a crash the interpreter on air is still there: her sound comes in a moment."""
        began_s, standing = self._tools.clock.now(), self._air.standing
        needed = {command.by for command in standing.asked.values()} | {self._air.program.who}
        needed = {who for who in needed if standing.assigned(who)}
        while self._tools.clock.now() - began_s < ARRIVE_S:
            states = self._inputs.microphones
            if all(who in states and states[who].connected for who in needed):
                return
            await asyncio.sleep(TICK_S)

    def _pull(self, count: int) -> Samples:
        sound, interpreter = self._air.pull(count), self._air.interpreter
        if self._interpreted is not None and self._engines.recognised:
            self._interpreted.hear(interpreter, sound)
        if self._spoken_language is not None:
            microphone = self._inputs.microphones.get(interpreter, Microphone())
            self._spoken_language.hear(interpreter, sound, speaking=microphone.speaking)
        return sound

    # --- listeners, interpreters and organizers ---

    async def _tell_state(self) -> None:
        while True:
            await self._carry()
            await self._tell_all()
            await asyncio.sleep(STATE_EVERY_S)

    async def _tell_all(self) -> None:
        await self._send_state()
        facts = vitals_of(self._air, self._machine, self._language)
        facts |= {"quality": self._quality.facts(), "last_caption": self._captions.last}
        await self._tools.vitals.report(f"channel:{self._language}", facts)

    async def _send_state(self) -> None:
        state = state_of(self._air, self._course, self._machine, self._tools.sink.identity)
        await self._tools.sink.send(STATE_TOPIC, state)
