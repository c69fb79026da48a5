"""Who is on air in one channel: decided here and nowhere else.

Entries of the session log and the facts of the moment in, entries to write out; one of them says
who is on air from when on, and why. No clock: time is passed in. What is on air, first that fits:

    forced        what the organizer forced, as long as it is there
    pass-through  the floor, while it speaks the channel's language
    holder        who took the channel last, under a policy that lets interpreters work; the machine
                  stands in while she cannot be heard, until she speaks again
    machine       under a policy that lets it work
    partner       who speaks into an open microphone where neither of them can
    unmanned      slate or floor, as planned
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from translation.path.facts import Clocks, Facts
from translation.path.gestures import handover_after, handover_due, refusal
from translation.path.standing import Standing
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Answer,
    ChannelPlan,
    Entry,
    Handover,
    Input,
    OnAir,
    Policy,
    Reason,
)

BOUNDARY_MOST_S = 0.4
"""So long a change waits for the machine to come to the end of a word."""

COUGH_S = 0.7
"""A microphone muted for less, while the floor speaks, is a cough and no change."""

SPEAKS_AGAIN_S = 0.2
"""So much speech without a pause brings the holder back on air."""

STANDS_IN_S = 1.0
"""So much speech without a pause brings the holder's partner on air, where nobody else can be."""

DWELL_S = 1.5
"""What changed by itself stays so long, unless what is on air is gone."""

WIND_UP_S = 10.0
"""An interpreter may finish her sentence so long after the session was stopped."""

ENGINE_STAYS_S = 10.0
"""An engine that spoke so long for another is named: those of a chain may take turns."""

UNMANNED_ALARM_S = 2.0
DOUBLE_ALARM_S = 1.0

BY_ITSELF = (
    Reason.RETURNED, Reason.STOOD_IN, Reason.DISCONNECTED, Reason.SILENT, Reason.MUTED,
    Reason.MACHINE_LOST, Reason.MACHINE_BACK,
)  # fmt: skip
OWN_ALARMS = (AlarmKind.NOBODY_ON_AIR, AlarmKind.DOUBLE_MICROPHONE, AlarmKind.SOLO_TOO_LONG)

Decision = OnAir | Answer | Handover | Alarm


class Program(NamedTuple):
    """What has to be on air; `who`: the interpreter's id, else ""."""

    input: Input
    who: str = ""


SLATE = Program(Input.SLATE)


class Arbiter:
    """One channel. `feed` it the session's whole log, first what is there, then what comes;
    call `decide` at each tick and write what it returns, in order, before the next.

        arbiter.feed(Command("c1", "es", Gesture.TAKE, by="ann", ...))
        arbiter.decide(12.0, facts)  -> [Answer("c1", ...)], the machine is in a word
        arbiter.decide(12.2, facts)  -> [OnAir("es", Input.INTERPRETER, "ann", 12.2, Reason.TAKEN)]
    """

    def __init__(self, language: str) -> None:
        self.standing = Standing(language)
        self._clocks = Clocks()
        self._awake = False
        self._due_s: float | None = None
        self._written: list[Decision] = []

    @property
    def program(self) -> Program:
        on_air = self.standing.on_air
        if on_air is None:
            return SLATE
        return Program(on_air.input, on_air.who if on_air.input == Input.INTERPRETER else "")

    @property
    def waiting(self) -> bool:
        """A change waits for the machine's boundary: have it come to one."""
        return self._due_s is not None

    def feed(self, entry: Entry) -> None:
        """An entry of the session's log, other channels' too. Its own decisions come back to it
        there and are known already; those of a predecessor it reads before it first decides."""
        if self._awake and getattr(entry, "language", "") == self.standing.language:
            match entry:
                case OnAir() | Answer() | Handover():
                    return
                case Alarm() if entry.alarm in OWN_ALARMS:
                    return
        self.standing = self.standing.after(entry)

    def decide(self, now_s: float, facts: Facts) -> list[Decision]:
        """What changes now; nothing most of the time."""
        self._awake, self._written = True, []
        self._clocks.measure(now_s, self.standing, facts)
        for command in list(self.standing.asked.values()):
            refused = refusal(command, self.standing, facts, now_s)
            self._write(Answer(command.id, command.language, refused, now_s))
            if refused is not None:
                continue
            if handover := handover_after(command, self.standing, facts, now_s):
                self._write(handover)
        if handover := handover_due(self.standing, facts, now_s):
            self._write(handover)
        self._change(now_s, facts)
        self._alarm(now_s, facts)
        return self._written

    def _write(self, decision: Decision) -> None:
        self._written.append(decision)
        self.standing = self.standing.after(decision)

    # --- what is on air ---

    def _change(self, now_s: float, facts: Facts) -> None:
        wanted = self._wanted(now_s, facts)
        if wanted == self.program and not (self.standing.live and self._stopped):
            self._due_s = None
            if self.standing.live:
                self.standing = self.standing.settled()
            self._name_engine(now_s, facts)
            return
        machine = facts.machine
        in_a_word = machine.able and machine.busy and not machine.boundary
        if self.program.input == Input.MACHINE and in_a_word:
            self._due_s = now_s + BOUNDARY_MOST_S if self._due_s is None else self._due_s
            if now_s < self._due_s:
                return
        reason = self._reason(wanted, facts)
        assigned = self.standing.assigned(wanted.who)
        name = assigned.name if assigned and wanted.input == Input.INTERPRETER else ""
        who = machine.who if wanted.input == Input.MACHINE else wanted.who
        self._due_s = None
        self._write(OnAir(self.standing.language, wanted.input, who, now_s, reason, name))
        self._clocks.changed()

    def _name_engine(self, now_s: float, facts: Facts) -> None:
        """The machine goes on with another engine: who speaks since when is in the log."""
        on_air, other_s = self.standing.on_air, self._clocks.other_engine_s
        if on_air is not None and other_s >= ENGINE_STAYS_S:
            self._write(replace(on_air, who=facts.machine.who, since_s=now_s - other_s))

    @property
    def _stopped(self) -> bool:
        on_air = self.standing.on_air
        return on_air is None or on_air.reason == Reason.STOPPED

    def _wanted(self, now_s: float, facts: Facts) -> Program:
        standing, channel = self.standing, self.standing.channel
        if channel is None or not standing.live:
            return self._winding_up(facts)
        if forced := self._forced(facts):
            return forced
        if standing.floor_speaks_it:
            return Program(Input.FLOOR)
        if self._holder_serves(channel, now_s, facts):
            return Program(Input.INTERPRETER, standing.holder)
        machine = facts.machine.able and channel.policy != Policy.HUMAN_ONLY
        if machine and not self._clocks.deaf(facts):
            return Program(Input.MACHINE)
        if partner := self._partner(facts):
            return Program(Input.INTERPRETER, partner)
        return Program(Input.MACHINE if machine else channel.unmanned)

    def _winding_up(self, facts: Facts) -> Program:
        program, machine, channel = self.program, facts.machine, self.standing.channel
        never = self.standing.on_air is None
        may = channel is not None and channel.policy != Policy.HUMAN_ONLY
        unsaid = program.input == Input.MACHINE or (never and may)
        if unsaid and machine.able and machine.busy:
            return Program(Input.MACHINE)
        speaking = facts.microphone(program.who).able and facts.microphone(program.who).speaking
        in_time = self._clocks.stopped_s < WIND_UP_S
        return program if program.input == Input.INTERPRETER and speaking and in_time else SLATE

    def _forced(self, facts: Facts) -> Program | None:
        forced = self.standing.forced
        if forced in (Input.FLOOR.value, Input.SLATE.value):
            return Program(Input(forced))
        if forced == MACHINE:
            return Program(Input.MACHINE) if facts.machine.able else None
        there = forced and facts.microphone(forced).connected
        return Program(Input.INTERPRETER, forced) if there else None

    def _holder_serves(self, channel: ChannelPlan, now_s: float, facts: Facts) -> bool:
        standing, clocks, holder = self.standing, self._clocks, self.standing.holder
        microphone = facts.microphone(holder)
        if not holder or not microphone.connected:
            return False
        stand_in = facts.machine.able and channel.policy != Policy.HUMAN_ONLY
        on_air = standing.on_air
        dwells = bool(on_air and on_air.reason in BY_ITSELF and now_s - on_air.since_s < DWELL_S)
        if standing.has_on_air(holder):
            muted = microphone.muted and clocks.muted_s >= COUGH_S
            stands_in = stand_in and not clocks.deaf(facts)
            silent = stands_in and clocks.silent_s >= channel.stand_in_s
            return dwells or not (muted or silent)
        if microphone.muted:
            return False
        asked = standing.cause in (Reason.TAKEN, Reason.HANDED_OVER)
        if standing.elsewhere(holder) and not asked:
            return False
        if standing.away and stand_in:
            return clocks.spoke.get(holder, 0.0) >= SPEAKS_AGAIN_S and not dwells
        return True

    def _partner(self, facts: Facts) -> str:
        """Whoever of the holder's booth speaks longest now; "" where nobody does. Nobody is put on
        air in a channel that nobody took."""
        standing, clocks = self.standing, self._clocks
        holder, channel = standing.assigned(standing.holder), standing.channel
        if holder is None or channel is None:
            return ""
        partners = [
            each.id
            for each in channel.interpreters
            if each.booth == holder.booth and each.id != holder.id
            if clocks.spoke.get(each.id, 0.0) >= STANDS_IN_S and not standing.elsewhere(each.id)
        ]
        return max(partners, key=lambda who: clocks.spoke[who], default="")

    def _reason(self, wanted: Program, facts: Facts) -> Reason:
        """Why `wanted` comes on air after what is there."""
        standing, before, cause = self.standing, self.program, self.standing.cause
        if not standing.live:
            return Reason.STOPPED
        if self._stopped:
            return Reason.STARTED
        if cause == Reason.FORCED or wanted == self._forced(facts):
            return Reason.FORCED
        if wanted.input == Input.FLOOR and standing.floor_speaks_it:
            return Reason.FLOOR_LANGUAGE
        if wanted.input == Input.INTERPRETER and wanted.who != standing.holder:
            return Reason.STOOD_IN
        if cause is not None and self._fits(cause, wanted):
            return cause
        if standing.passing:
            return Reason.FLOOR_LANGUAGE
        lost = before.input == Input.MACHINE and not facts.machine.able
        if before.input == Input.INTERPRETER:
            microphone = facts.microphone(before.who)
            if not microphone.connected:
                return Reason.DISCONNECTED
            return Reason.MUTED if microphone.muted else Reason.SILENT
        if wanted.input == Input.INTERPRETER:
            return Reason.MACHINE_LOST if lost else Reason.RETURNED
        if lost:
            return Reason.MACHINE_LOST
        return Reason.MACHINE_BACK if wanted.input == Input.MACHINE else Reason.POLICY

    def _fits(self, cause: Reason, wanted: Program) -> bool:
        """What was asked for may have been overtaken: she who took the channel is gone again."""
        match cause:
            case Reason.TAKEN:
                return wanted.input == Input.INTERPRETER
            case Reason.RELEASED:
                left = self.program.input == Input.INTERPRETER
                return left and wanted.input != Input.INTERPRETER
            case Reason.REMOVED:
                return self.program.input == Input.INTERPRETER
        return True

    # --- alarms ---

    def _alarm(self, now_s: float, facts: Facts) -> None:
        ringing = set(self._ringing(now_s, facts)) if self.standing.live else set()
        language = self.standing.language
        for kind, who in list(self.standing.alarms):
            if kind in OWN_ALARMS and (kind, who) not in ringing:
                self._write(Alarm(language, kind, who, on=False, at_s=now_s))
        for kind, who in sorted(ringing - set(self.standing.alarms)):
            self._write(Alarm(language, kind, who, on=True, at_s=now_s))

    def _ringing(self, now_s: float, facts: Facts) -> Iterator[tuple[AlarmKind, str]]:
        standing, clocks, channel = self.standing, self._clocks, self.standing.channel
        if channel is None:
            return
        human = self.program.input == Input.INTERPRETER
        patience_s = channel.stand_in_s if human else UNMANNED_ALARM_S
        if not clocks.served(standing, facts) and clocks.unheard_s >= patience_s:
            yield AlarmKind.NOBODY_ON_AIR, ""
        if clocks.double_s >= DOUBLE_ALARM_S:
            yield AlarmKind.DOUBLE_MICROPHONE, ""
        turn = standing.turn
        alone = turn is not None and standing.has_on_air(turn.who) and channel.turn_s > 0
        if turn and alone and now_s - turn.since_s >= channel.turn_s:
            yield AlarmKind.SOLO_TOO_LONG, turn.who
