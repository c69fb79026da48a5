"""What a channel sends: who is on air is decided at every tick, and one sound comes of it."""

from collections.abc import Callable, Mapping

from translation.jobs.course import Course
from translation.jobs.inputs import MACHINE
from translation.jobs.machine import Machine
from translation.jobs.notice import NOTHING, SpokenNotice
from translation.path.arbitrate import Arbiter, Decision, Program
from translation.path.desk import SLATE, Announced, Desk, cut
from translation.path.facts import Facts
from translation.path.facts import Machine as MachineFacts
from translation.path.standing import Standing
from translation.ports import Microphone
from translation.values import Entry, Input, Reason, Samples

LOOK_S = 0.4
"""So far ahead a pause is looked for in the machine's speech, to leave it there."""

REWIND_S = 3.0
"""Whoever comes to the machine hears its line from the beginning, if no more than this is over."""

NOTICE_MOST_S = 30.0
"""A notice that is not there when the machine begins to speak is waited for so long; until then it
is said before the next line."""


class Air:
    """`serves`: can the machine speak the channel while the floor speaks what it does now?
    `microphones`: as they are now."""

    def __init__(
        self,
        language: str,
        rate_hz: int,
        course: Course,
        machine: Machine,
        *,
        serves: Callable[[], bool],
        microphones: Callable[[], Mapping[str, Microphone]],
        notice: SpokenNotice,
    ) -> None:
        self._rate_hz = rate_hz
        self._course = course
        self._machine = machine
        self._serves = serves
        self._microphones = microphones
        self._notice = notice
        self._notice_due = False
        self._missed_s: float | None = None
        self._cut_at: int | None = None
        self._arbiter = Arbiter(language)
        self._announced = Announced(machine.pull)
        self.desk = Desk(rate_hz)
        self.desk.plug(MACHINE, self._announced.pull, levelled=True)

    def feed(self, entry: Entry) -> None:
        self._arbiter.feed(entry)

    @property
    def standing(self) -> Standing:
        return self._arbiter.standing

    @property
    def program(self) -> Program:
        return self._arbiter.program

    @property
    def interpreter(self) -> str:
        """Whoever is on air; "" where it is none."""
        program = self.program
        return program.who if program.input == Input.INTERPRETER else ""

    def pull(self, count: int) -> Samples:
        return self.desk.pull(count)

    def decide(self, now_s: float) -> list[Decision]:
        """Who is on air from now on, and what else was decided: for the log."""
        before = self.program.input
        decisions = self._arbiter.decide(now_s, self.facts())
        comes = self.program.input == Input.MACHINE != before
        if comes:
            self._machine.playout.rewind(REWIND_S)
            self._notice_due, self._missed_s = True, None
        self.desk.switch(_strip(self.program))
        self._announce(now_s, comes=comes)
        if not self._arbiter.waiting:
            self._cut_at = None
        elif self._cut_at is None:
            ahead = self._machine.playout.peek(int(LOOK_S * self._rate_hz))
            self._cut_at = self._machine.pulled + cut(ahead, self._rate_hz)
        return decisions

    def _announce(self, now_s: float, *, comes: bool) -> None:
        """A machine that comes on air says so at once; one that starts, before its first line."""
        on_air, playout = self.standing.on_air, self._machine.playout
        if on_air is None or on_air.input != Input.MACHINE:
            self._announced.announce(NOTHING)
            self._notice_due = False
        elif self._notice_due:
            at_once = comes and on_air.reason != Reason.STARTED
            between_lines = self._machine.speaking and playout.position is None
            if len(self._notice.clip) and (at_once or between_lines):
                self._announced.announce(self._notice.clip)
                self._notice_due = False
            elif self._machine.speaking:
                self._missed_s = now_s if self._missed_s is None else self._missed_s
            missed_s = now_s - self._missed_s if self._missed_s is not None else 0.0
            self._notice_due &= self._notice.wanted and missed_s < NOTICE_MOST_S
        playout.held = self._notice_due and len(self._notice.clip) > 0

    def facts(self) -> Facts:
        course = self._course
        return Facts(
            course.floor_speaking, course.floor_lost, self._machine_facts(), self._microphones()
        )

    def _machine_facts(self) -> MachineFacts:
        machine = self._machine
        draining = not self._course.live and self._course.drained is None
        at_cut = self._cut_at is not None and machine.pulled >= self._cut_at
        return MachineFacts(
            able=self._serves() and machine.works and not self._course.untranslated,
            busy=machine.busy or draining,
            speaking=machine.speaking,
            served=machine.served,
            boundary=at_cut or self._announced.announcing or not machine.speaking,
            who=machine.who,
        )


def _strip(program: Program) -> str:
    """The desk's name for what is on air."""
    match program.input:
        case Input.MACHINE | Input.FLOOR:
            return program.input.value
        case Input.INTERPRETER:
            return program.who
    return SLATE
