"""What the arbiter hears of the moment, and for how long something has been so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from translation.path.standing import Standing
from translation.ports import Microphone
from translation.values import HandoverStage, Input, Reason

GONE = Microphone()
FLOOR_RESTS_S = 3.0
"""After so long a silence of the floor nobody owes anything that was said before."""

DEAF_S = 20.0
"""A machine that says nothing for so long while the floor speaks hears nothing. The longest
sentence is committed sooner; applause seldom lasts so long."""

CHANGEOVER_S = 5.0
"""After a handover both microphones of a booth may be open for so long."""


@dataclass(frozen=True, slots=True)
class Machine:
    """`able`: it can speak this language now; `busy`: it has something to say, or will have;
    `speaking`: it says it, on the air or not; `served`: how many lines it has begun, or had nobody
    to say to; `boundary`: it is between two words; `who`: its engine, version and voice."""

    able: bool = False
    busy: bool = False
    speaking: bool = False
    served: int = 0
    boundary: bool = True
    who: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """`floor_lost`: its job fails, and nothing that is said comes to the machine."""

    floor_speaking: bool = False
    floor_lost: bool = False
    machine: Machine = Machine()
    microphones: Mapping[str, Microphone] = field(default_factory=dict)

    def microphone(self, interpreter: str) -> Microphone:
        return self.microphones.get(interpreter, GONE)


class Clocks:
    """How long, in seconds. `silent_s`, `muted_s`: the interpreter on air, while the floor spoke;
    `unheard_s`: nothing was heard while the floor spoke; `idle_s`: the machine said nothing while
    it did; `spoke`: each interpreter, without a pause; `double_s`: two microphones of a booth are
    open; `stopped_s`: the session is not live; `other_engine_s`: the machine on air speaks with an
    engine that the log does not name."""

    def __init__(self) -> None:
        self.silent_s = self.muted_s = self.unheard_s = self.idle_s = 0.0
        self.double_s = self.stopped_s = self.other_engine_s = 0.0
        self.spoke: dict[str, float] = {}
        self._rest_s = 0.0
        self._at_s: float | None = None
        self._before = Facts()

    def measure(self, now_s: float, standing: Standing, facts: Facts) -> None:
        """What was so until now counts up to now; what is not so any more begins anew."""
        length_s = max(0.0, now_s - self._at_s) if self._at_s is not None else 0.0
        before, self._before, self._at_s = self._before, facts, now_s
        floor = before.floor_speaking
        quiet = not (floor or facts.floor_speaking)
        self._rest_s = self._rest_s + length_s if quiet else 0.0
        owed_s = length_s if floor else 0.0
        rests = self._rest_s >= FLOOR_RESTS_S

        machine, said_before = facts.machine, before.machine.served
        active = machine.speaking or machine.served != said_before
        waits = floor or before.floor_lost
        idle = not active and (before.floor_lost or not rests)
        self.idle_s = self.idle_s + length_s * waits if idle else 0.0

        who = standing.on_air.who if standing.on_air else ""
        on_air = facts.microphone(who)
        self.silent_s = 0.0 if on_air.speaking or rests else self.silent_s + owed_s
        muted = on_air.muted and not rests
        self.muted_s = self.muted_s + owed_s * before.microphone(who).muted if muted else 0.0
        if standing.on_air and standing.on_air.input == Input.MACHINE:
            owed_s, rests = length_s * waits, rests and not before.floor_lost
        heard = self.served(standing, facts) or rests
        self.unheard_s = 0.0 if heard else self.unheard_s + owed_s
        self.spoke = {
            each: self.spoke.get(each, 0.0) + length_s * before.microphone(each).speaking
            for each, microphone in facts.microphones.items()
            if microphone.able and microphone.speaking
        }
        double = _double(standing, facts, now_s)
        self.double_s = self.double_s + length_s if double else 0.0
        self.stopped_s = 0.0 if standing.live else self.stopped_s + length_s
        same = facts.machine.who == before.machine.who
        other = same and _other_engine(standing, facts)
        self.other_engine_s = self.other_engine_s + length_s if other else 0.0

    def deaf(self, facts: Facts) -> bool:
        """Nothing that the floor says comes to the machine."""
        return self.idle_s >= DEAF_S or (facts.floor_lost and self.idle_s > 0)

    def served(self, standing: Standing, facts: Facts) -> bool:
        """Is the channel served? What the organizer forced counts, and so does the floor's own
        language; an unmanned channel does not, whatever is heard in it."""
        on_air = standing.on_air
        if on_air is None:
            return False
        if standing.passing or standing.forced == on_air.input.value:
            return True
        if on_air.input == Input.MACHINE:
            return facts.machine.able and not self.deaf(facts)
        return on_air.input == Input.INTERPRETER and facts.microphone(on_air.who).speaking

    def changed(self) -> None:
        """Something else is on air: nobody has been silent yet."""
        self.silent_s = self.muted_s = 0.0


def _other_engine(standing: Standing, facts: Facts) -> bool:
    on_air = standing.on_air
    return bool(on_air and on_air.input == Input.MACHINE and on_air.who != facts.machine.who)


def _double(standing: Standing, facts: Facts, now_s: float) -> bool:
    channel, handover, on_air = standing.channel, standing.handover, standing.on_air
    if channel is None or (handover and handover.stage == HandoverStage.COUNTING):
        return False
    if on_air and on_air.reason == Reason.HANDED_OVER and now_s - on_air.since_s < CHANGEOVER_S:
        return False
    booths = [
        each.booth
        for each in channel.interpreters
        if not each.retour and facts.microphone(each.id).able
    ]
    return len(booths) > len(set(booths))
