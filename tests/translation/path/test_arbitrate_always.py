"""Whatever happens in a booth: what always holds of the arbiter."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.translation.path.booth import (
    ABLE,
    ANN,
    BOB,
    ES,
    GONE,
    MUTED,
    OPEN,
    ORGANIZER,
    PLAN,
    TALKING,
    Booth,
)
from translation.path.arbitrate import (
    BOUNDARY_MOST_S,
    COUGH_S,
    DWELL_S,
    STANDS_IN_S,
    UNMANNED_ALARM_S,
    Program,
)
from translation.path.facts import DEAF_S
from translation.ports import Microphone
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Answer,
    Command,
    Gesture,
    Input,
    OnAir,
    Policy,
    Reason,
    SessionState,
)

pytestmark = pytest.mark.slow

WHO = st.sampled_from([ANN, BOB])
Happening = tuple[Any, ...]
MICROPHONES = st.sampled_from([GONE, OPEN, TALKING, TALKING, MUTED])
LENGTHS = st.sampled_from([0.1, 0.3, 0.5, 1.0, 2.0, 7.0, 35.0])


def happening(name: str, *fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Happening]:
    return st.tuples(st.just(name), *fields)


HAPPENINGS = st.one_of(
    happening("wait", LENGTHS),
    happening("mic", WHO, MICROPHONES),
    happening("mic", WHO, MICROPHONES),
    happening("wait", LENGTHS),
    happening("machine", st.sampled_from([True, True, False]), st.booleans(), st.booleans()),
    happening("hears", st.sampled_from([True, False])),
    happening("floor", st.sampled_from([True, True, False])),
    happening("floor_lost", st.sampled_from([True, False, False])),
    happening("command", WHO, st.just(Gesture.TAKE), st.just(""), st.just(0.0)),
    happening(
        "command",
        st.sampled_from([ANN, ANN, BOB, BOB, "eve", ORGANIZER]),
        st.sampled_from(Gesture),
        st.sampled_from(["", ANN, BOB, BOB, MACHINE, "floor", "slate"]),
        st.sampled_from([0.0, 0.5, 3.0]),
    ),
    happening("policy", st.sampled_from(Policy), st.sampled_from([Input.SLATE, Input.FLOOR])),
    happening("language", st.sampled_from(["", "es", "fr"])),
    happening("state", st.sampled_from([SessionState.LIVE, SessionState.PAUSED])),
    happening("assigned", st.sets(WHO)),
    happening("elsewhere", WHO, st.sampled_from([Input.INTERPRETER, Input.MACHINE])),
)


NEVER_LONGER_S = STANDS_IN_S + DWELL_S + BOUNDARY_MOST_S + 0.3
"""So long a channel may be dead where somebody could serve it."""


class Watched(Booth):
    """Looks at every tick. `speaks_s`: how long each interpreter has spoken without a pause, and
    `unheard_s` how long the floor has without a sound in the channel."""

    dead_s = mute_s = unheard_s = idle_s = 0.0

    def __post_init__(self) -> None:
        self.speaks_s = {ANN: 0.0, BOB: 0.0}
        self.last_program = Program(Input.SLATE)
        super().__post_init__()

    def tick(self) -> None:
        before, known, was = self.program, len(self.log), self.arbiter.standing
        super().tick()
        for entry in self.log[known:]:
            if isinstance(entry, OnAir) and entry.language == "es":
                assert self._fits(entry, before, was.forced), (entry, before)
                before = self.program
        self._look()

    def _look(self) -> None:
        standing, program = self.arbiter.standing, self.program
        channel, machine = standing.channel, self.facts.machine
        assert channel is not None
        microphone = self.facts.microphone(program.who)
        served = not standing.live or standing.forced or standing.floor_speaks_it
        stand_in = machine.able and channel.policy != Policy.HUMAN_ONLY
        # A channel with a machine is never left to nobody, not for a moment.
        if stand_in and not served and not self.arbiter.waiting:
            assert program.input in (Input.MACHINE, Input.INTERPRETER)
            assert program.input == Input.MACHINE or microphone.connected
        on_air_muted = program.input == Input.INTERPRETER and microphone.muted
        unheard = on_air_muted and stand_in and not served and self.facts.floor_speaking
        self.mute_s = self.mute_s + self.tick_s if unheard else 0.0
        assert self.mute_s < COUGH_S + DWELL_S + BOUNDARY_MOST_S + 3 * self.tick_s
        # Nor does a machine that is lost stay on air.
        lost = program.input == Input.MACHINE and not machine.able and standing.live
        assert not lost
        assert channel.policy != Policy.MACHINE_ONLY or served or program.input != Input.INTERPRETER
        self._look_for_life()

    def _look_for_life(self) -> None:
        """Never a dead channel when any input is able, and never one that nobody is told of."""
        standing, program, facts = self.arbiter.standing, self.program, self.facts
        channel, machine, tick_s = standing.channel, facts.machine, self.tick_s
        assert channel is not None
        for who in self.speaks_s:
            speaks = facts.microphone(who).able and facts.microphone(who).speaking
            self.speaks_s[who] = self.speaks_s[who] + tick_s if speaks else 0.0
        waits = facts.floor_speaking or facts.floor_lost
        self.idle_s = 0.0 if machine.speaking else self.idle_s + tick_s * waits
        decided = not standing.live or standing.forced or standing.floor_speaks_it
        on_air = facts.microphone(program.who)
        dead = {
            Input.MACHINE: facts.floor_lost and not machine.speaking,
            Input.INTERPRETER: not on_air.connected,
        }.get(program.input, True)
        holder = standing.assigned(standing.holder)
        able = [
            each.id
            for each in channel.interpreters
            if holder and each.booth == holder.booth and not standing.elsewhere(each.id)
            if self.speaks_s[each.id] >= NEVER_LONGER_S
        ]
        works = machine.able and machine.speaking and channel.policy != Policy.HUMAN_ONLY
        could = not decided and dead and (bool(able) or works)
        self.dead_s = self.dead_s + tick_s if could else 0.0
        assert self.dead_s < NEVER_LONGER_S, (program, able, works)
        silent = dead or (program.input == Input.MACHINE and self.idle_s > DEAF_S)
        untold = silent and waits and not decided and program == self.last_program
        self.last_program = program
        self.unheard_s = self.unheard_s + tick_s if untold else 0.0
        if self.unheard_s > UNMANNED_ALARM_S + channel.stand_in_s + 0.3:
            assert (AlarmKind.NOBODY_ON_AIR, "") in standing.alarms, program

    def _fits(self, entry: OnAir, before: Program, forced_before: str) -> bool:
        standing, facts = self.arbiter.standing, self.facts
        microphone = facts.microphone(before.who)
        left = before.input == Input.INTERPRETER
        human = entry.input == Input.INTERPRETER
        match entry.reason:
            case Reason.STARTED:
                return standing.live
            case Reason.STOPPED:
                return entry.input == Input.SLATE and not standing.live
            case Reason.TAKEN:
                return human and entry.who == standing.holder
            case Reason.RELEASED:
                return left and not human
            case Reason.RETURNED:
                return human and not left and facts.microphone(entry.who).able
            case Reason.STOOD_IN:
                return human and entry.who == standing.holder != before.who
            case Reason.DISCONNECTED:
                return left and not microphone.connected
            case Reason.MUTED:
                return left and microphone.muted
            case Reason.SILENT:
                return left and not microphone.speaking and not human
            case Reason.FORCED:
                return bool(forced_before) or bool(standing.forced) or self._was_forced()
            case Reason.FLOOR_LANGUAGE:
                return Input.FLOOR in (entry.input, before.input)
            case Reason.MACHINE_LOST:
                return before.input == Input.MACHINE and not facts.machine.able
            case Reason.MACHINE_BACK:
                return entry.input == Input.MACHINE and facts.machine.able
            case Reason.REMOVED:
                return left and entry.who != before.who
        return True

    def _was_forced(self) -> bool:
        return any(isinstance(e, Command) and e.gesture == Gesture.FORCE for e in self.log)


def played(happenings: list[Happening]) -> Watched:
    """Starts with Ann on air and the floor speaking."""
    booth = Watched(tick_s=0.1)
    booth.facts = replace(ABLE, floor_speaking=True, microphones={ANN: TALKING, BOB: MUTED})
    booth.command(ANN, Gesture.TAKE)
    for name, *fields in happenings:
        match name, fields:
            case "wait", [length_s]:
                booth.wait(length_s)
            case "mic", [who, microphone]:
                booth.mic(who, microphone)
            case "machine", [able, busy, boundary]:
                booth.machine(able=able, busy=busy, boundary=boundary)
            case "hears", [hears]:
                booth.machine(speaking=hears)
            case "floor", [speaking]:
                booth.floor(speaking)
            case "floor_lost", [lost]:
                booth.floor_lost(lost)
            case "command", [by, gesture, to, countdown_s]:
                booth.command(by, gesture, to, countdown_s)
            case "policy", [policy, unmanned]:
                booth.replan(policy=policy, unmanned=unmanned)
            case "language", [language]:
                booth.replan(session={"floor_language": language})
            case "state", [state]:
                booth.replan(session={"state": state})
            case "assigned", [ids]:
                booth.replan(interpreters=tuple(i for i in ES.interpreters if i.id in ids))
            case "elsewhere", [who, into]:
                booth.on_air_elsewhere(who, into)
    return booth


def changes_of(booth: Booth) -> list[OnAir]:
    return [e for e in booth.log if isinstance(e, OnAir) and e.language == "es"]


def as_program(on_air: OnAir) -> Program:
    return Program(on_air.input, on_air.who if on_air.input == Input.INTERPRETER else "")


HISTORIES = st.lists(HAPPENINGS, max_size=40)


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_one_is_on_air_and_the_log_says_who_and_why(happenings: list[Happening]) -> None:
    booth = played(happenings)
    changes = changes_of(booth)

    assert as_program(changes[-1]) == booth.program
    for before, after in pairwise(changes):
        assert after.since_s >= before.since_s
        assert as_program(before) != as_program(after) or after.reason == Reason.STARTED


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_every_command_is_answered_once(happenings: list[Happening]) -> None:
    booth = played(happenings)

    asked = [e.id for e in booth.log if isinstance(e, Command)]
    assert [e.command_id for e in booth.log if isinstance(e, Answer)] == asked


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_what_changes_by_itself_stays_for_a_while(happenings: list[Happening]) -> None:
    by_itself = (Reason.RETURNED, Reason.SILENT, Reason.MUTED)

    for before, after in pairwise(changes_of(played(happenings))):
        if before.reason in by_itself and after.reason in by_itself:
            served = Input.MACHINE in (before.input, after.input)
            back_to_an_empty_channel = after.reason == Reason.RETURNED and not served
            dwelt = after.since_s - before.since_s >= DWELL_S - 1e-6
            assert dwelt or back_to_an_empty_channel


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_alarms_begin_and_end_in_turn(happenings: list[Happening]) -> None:
    ringing: set[tuple[str, str]] = set()
    for entry in played(happenings).log:
        if isinstance(entry, Alarm):
            assert entry.on != ((entry.alarm, entry.who) in ringing)
            ringing ^= {(entry.alarm, entry.who)}


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_a_successor_stands_where_the_one_before_stood(happenings: list[Happening]) -> None:
    booth = played(happenings)
    successor = booth.restored()

    assert successor.arbiter.standing.settled() == booth.arbiter.standing.settled()
    for each in (booth, successor):
        each.wait(45)  # longer than any of its clocks runs
    assert successor.program == booth.program
    assert successor.arbiter.standing.holder == booth.arbiter.standing.holder
    assert successor.stages() == booth.stages()


@settings(max_examples=100, deadline=None)
@given(HISTORIES, WHO)
def test_an_able_interpreter_who_may_take_gets_the_channel(
    happenings: list[Happening], who: str
) -> None:
    booth = played(happenings)
    booth.command(ORGANIZER, Gesture.FORCE, "")
    booth.replan(
        session={"state": SessionState.LIVE, "floor_language": ""},
        policy=Policy.HUMAN_FIRST, interpreters=ES.interpreters,
    )  # fmt: skip
    booth.mic(BOB if who == ANN else ANN, GONE)
    booth.mic(who, TALKING)

    assert booth.command(who, Gesture.TAKE) is None
    booth.wait(BOUNDARY_MOST_S + 0.1)

    assert booth.program == (Input.INTERPRETER, who)


@settings(max_examples=100, deadline=None)
@given(
    HISTORIES, st.sampled_from([(ANN, BOB), (BOB, ANN)]), st.sampled_from([GONE, MUTED]),
    st.sampled_from([Policy.HUMAN_FIRST, Policy.HUMAN_ONLY, Policy.MACHINE_FIRST]),
)  # fmt: skip
def test_a_partner_who_speaks_is_heard_when_nobody_else_can_be(
    happenings: list[Happening], booth_of: tuple[str, str], gone: Microphone, policy: Policy
) -> None:
    holder, partner = booth_of
    booth = played(happenings)
    booth.command(ORGANIZER, Gesture.FORCE, "")
    booth.replan(
        session={"state": SessionState.LIVE, "floor_language": ""},
        policy=policy, interpreters=ES.interpreters,
    )  # fmt: skip
    assume(not booth.arbiter.standing.elsewhere(partner))
    booth.mic(partner, GONE)
    booth.mic(holder, TALKING)
    assert booth.command(holder, Gesture.TAKE) is None
    booth.wait(BOUNDARY_MOST_S + 0.1)

    booth.machine(able=False)
    booth.floor(True)
    booth.mic(holder, gone)
    booth.mic(partner, TALKING)
    booth.wait(NEVER_LONGER_S)

    assert booth.program == (Input.INTERPRETER, partner)
    assert booth.arbiter.standing.holder == partner


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.3, 0.8, 1.6]), max_size=40))
def test_a_microphone_that_flickers_changes_the_channel_no_faster_than_it_dwells(
    lengths: list[float],
) -> None:
    booth = Booth(tick_s=0.1)
    booth.facts = replace(ABLE, floor_speaking=True)
    booth.mic(ANN, TALKING)
    booth.command(ANN, Gesture.TAKE)
    for number, length_s in enumerate(lengths):
        booth.mic(ANN, GONE if number % 2 else TALKING)
        booth.wait(length_s)

    returns = [e.since_s for e in changes_of(booth) if e.reason == Reason.RETURNED]
    assert all(later - earlier >= DWELL_S for earlier, later in pairwise(returns))


def test_plan_is_what_the_properties_start_from() -> None:
    assert played([]).changes() == [(MACHINE, Reason.STARTED), (ANN, Reason.TAKEN)]
    assert PLAN.channel("es") == ES
