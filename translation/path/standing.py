"""What the session log tells about one channel: who holds it, who is on air, what is asked.

Every change the arbiter makes is an entry of the log and comes back through `after`, so one that
starts after a crash and has read the log stands where the other did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Answer,
    Assigned,
    ChannelPlan,
    Command,
    Entry,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    OnAir,
    Plan,
    Policy,
    Reason,
    SessionState,
)

REST_S = 300.0
"""Whoever was off the air for so long begins a new turn."""

_RUNNING = (HandoverStage.OPEN, HandoverStage.COUNTING)


@dataclass(frozen=True, slots=True)
class Turn:
    """Since when an interpreter works without a change; `left_s`: when the machine stood in."""

    who: str
    since_s: float
    left_s: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a channel stands by its session's log; `after` one more entry it stands anew.

    `passing`: the floor is on air because it speaks the channel's language. `holder`: who took
    the channel last, "" for nobody; `away`: something else went on air because she could not be.
    `forced`: what the organizer forced. `cause`: why the next change of input will come, where
    somebody asked for it. `handover`: the one that is open or counts, `countdown_s` as it was
    proposed. `asked`: commands without an answer, oldest first. `alarms`: those that are on, and
    since when. `others`: what is on air in the session's other channels.
    """

    language: str
    plan: Plan | None = None
    on_air: OnAir | None = None
    passing: bool = False
    holder: str = ""
    held_since_s: float = float("-inf")
    away: bool = False
    forced: str = ""
    cause: Reason | None = None
    handover: Handover | None = None
    countdown_s: float = 0.0
    turn: Turn | None = None
    asked: Mapping[str, Command] = field(default_factory=dict)
    alarms: Mapping[tuple[AlarmKind, str], float] = field(default_factory=dict)
    others: Mapping[str, OnAir] = field(default_factory=dict)

    @property
    def channel(self) -> ChannelPlan | None:
        return self.plan.channel(self.language) if self.plan else None

    @property
    def live(self) -> bool:
        return self.channel is not None and self.state == SessionState.LIVE

    @property
    def state(self) -> SessionState:
        return self.plan.state if self.plan else SessionState.PLANNED

    @property
    def floor_speaks_it(self) -> bool:
        return self.plan is not None and self.plan.spoken_language == self.language

    def assigned(self, interpreter: str) -> Assigned | None:
        interpreters = self.channel.interpreters if self.channel else ()
        return next((each for each in interpreters if each.id == interpreter), None)

    def has_on_air(self, interpreter: str) -> bool:
        on_air = self.on_air
        return bool(on_air and on_air.input == Input.INTERPRETER and on_air.who == interpreter)

    def elsewhere(self, interpreter: str) -> bool:
        """She speaks into another channel; one that the floor is passed through to now, or that
        let go of her long since, does not count."""
        spoken = self.plan.spoken_language if self.plan else ""
        return any(
            other.input == Input.INTERPRETER and other.who == interpreter and tag != spoken
            for tag, other in self.others.items()
        )

    def settled(self) -> "Standing":
        """What is on air is what should be: nothing is left to explain."""
        on_floor = self.on_air is not None and self.on_air.input == Input.FLOOR
        return replace(self, cause=None, passing=on_floor and self.floor_speaks_it)

    def after(self, entry: Entry) -> "Standing":
        match entry:
            case Plan():
                return self._planned(entry)
            case Command(language=self.language):
                return replace(self, asked={**self.asked, entry.id: entry})
            case Answer(language=self.language):
                return self._answered(entry)
            case Handover(language=self.language):
                return self._handed(entry)
            case OnAir(language=self.language):
                return self._changed(entry)
            case OnAir():
                return self._gone_elsewhere(entry)
            case Alarm(language=self.language):
                alarms = {each: at for each, at in self.alarms.items() if each != _name(entry)}
                if entry.on:
                    alarms[_name(entry)] = self.alarms.get(_name(entry), entry.at_s)
                return replace(self, alarms=alarms)
        return self

    def _planned(self, plan: Plan) -> "Standing":
        before, now = self.channel, plan.channel(self.language)
        stood = replace(self, plan=plan)
        if now is None:
            return stood._without_holder(None)
        if before is not None and (before.policy, before.unmanned) != (now.policy, now.unmanned):
            stood = replace(stood, cause=Reason.POLICY)
        if stood.holder and now.policy == Policy.MACHINE_ONLY:
            stood = stood._without_holder(stood.cause)
        if stood.holder and stood.assigned(stood.holder) is None:
            stood = stood._without_holder(Reason.REMOVED)
        forced = stood.forced
        if forced in _INTERPRETERS_NOT or stood.assigned(forced):
            return stood
        return replace(stood, forced="", cause=Reason.REMOVED)

    def _answered(self, answer: Answer) -> "Standing":
        command = self.asked.get(answer.command_id)
        asked = {each: kept for each, kept in self.asked.items() if each != answer.command_id}
        stood = replace(self, asked=asked)
        if command is None or answer.refusal is not None:
            return stood
        match command.gesture:
            case Gesture.TAKE:
                return stood._held_by(command.by, answer.at_s, Reason.TAKEN)
            case Gesture.RELEASE:
                return stood._without_holder(Reason.RELEASED)
            case Gesture.FORCE:
                return replace(stood, forced=command.to, cause=Reason.FORCED)
            case Gesture.OFFER | Gesture.ASK if self.handover is None:
                return replace(stood, countdown_s=command.countdown_s)
        return stood

    def _handed(self, handover: Handover) -> "Standing":
        stood = replace(self, handover=handover if handover.stage in _RUNNING else None)
        if handover.stage != HandoverStage.DONE:
            return stood
        if handover.taker == MACHINE:
            return stood._without_holder(Reason.HANDED_OVER)
        return stood._held_by(handover.taker, handover.at_s, Reason.HANDED_OVER)

    def _changed(self, on_air: OnAir) -> "Standing":
        stood = replace(self, on_air=on_air, turn=self._turn(on_air)).settled()
        if on_air.input == Input.INTERPRETER and on_air.who not in (self.holder, self.forced):
            return stood._held_by(on_air.who, on_air.since_s, None)  # her partner stood in
        if on_air.input == Input.INTERPRETER:
            return replace(stood, away=stood.away and on_air.who != self.holder)
        if stood.passing or on_air.reason in (Reason.FORCED, Reason.STOPPED) or not self.holder:
            return stood
        machine_first = self.channel and self.channel.policy == Policy.MACHINE_FIRST
        if machine_first and on_air.input == Input.MACHINE:
            return stood._without_holder(None)
        return replace(stood, away=True)

    def _turn(self, on_air: OnAir) -> Turn | None:
        turn, who = self.turn, on_air.who if on_air.input == Input.INTERPRETER else ""
        if turn is None or (who and who != turn.who):
            return Turn(who, on_air.since_s) if who else None
        if not who:
            return replace(turn, left_s=on_air.since_s if turn.left_s is None else turn.left_s)
        rested = turn.left_s is not None and on_air.since_s - turn.left_s > REST_S
        return Turn(who, on_air.since_s if rested else turn.since_s)

    def _gone_elsewhere(self, other: OnAir) -> "Standing":
        """One microphone feeds one channel: whoever is newer on air elsewhere leaves this one."""
        stood = replace(self, others={**self.others, other.language: other})
        if other.input != Input.INTERPRETER:
            return stood
        here = self.has_on_air(other.who)
        if here and self.on_air and other.since_s < self.on_air.since_s:
            return stood
        cause = Reason.REMOVED if here else self.cause
        if other.who == self.forced:
            stood = replace(stood, forced="", cause=cause)
        waits = self.passing and not here
        if other.who == self.holder and not waits and other.since_s > self.held_since_s:
            stood = stood._without_holder(cause)
        return stood

    def _held_by(self, interpreter: str, at_s: float, cause: Reason | None) -> "Standing":
        return replace(self, holder=interpreter, held_since_s=at_s, away=False, cause=cause)

    def _without_holder(self, cause: Reason | None) -> "Standing":
        return replace(self, holder="", held_since_s=float("-inf"), away=False, cause=cause)


_INTERPRETERS_NOT = ("", MACHINE, Input.FLOOR.value, Input.SLATE.value)


def _name(alarm: Alarm) -> tuple[AlarmKind, str]:
    return alarm.alarm, alarm.who
