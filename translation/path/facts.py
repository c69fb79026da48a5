"""What the arbiter hears of the moment, and for how long something has been so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from translation.path.standing import Standing
from translation.ports import Microphone
from translation.values import HandoverStage, Input, Reason

GONE = Microphone()
FLOOR_RESTS_S = 3.0
"""After so long a silence of the floor nobody owes anything that was said before."""

CHANGEOVER_S = 5.0
"""After a handover both microphones of a booth may be open for so long."""


@dataclass(frozen=True, slots=True)
class Machine:
    """`able`: it can speak this language now; `busy`: it has something to say, or will have;
    `boundary`: it is between two words; `who`: its engine and version."""

    able: bool = False
    busy: bool = False
    boundary: bool = True
    who: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    floor_speaking: bool = False
    machine: Machine = Machine()
    microphones: Mapping[str, Microphone] = field(default_factory=dict)

    def microphone(self, interpreter: str) -> Microphone:
        return self.microphones.get(interpreter, GONE)


class Clocks:
    """How long, in seconds. `silent_s`, `muted_s`: the interpreter on air, while the floor spoke;
    `unheard_s`: nothing was heard while the floor spoke; `spoke_s`: the holder, without a pause;
    `double_s`: two microphones of a booth are open; `stopped_s`: the session is not live;
    `other_engine_s`: the machine on air speaks with an engine that the log does not name."""

    def __init__(self) -> None:
        self.silent_s = self.muted_s = self.unheard_s = 0.0
        self.spoke_s = self.double_s = self.stopped_s = 0.0
        self.other_engine_s = 0.0
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

        who = standing.on_air.who if standing.on_air else ""
        on_air, holder = facts.microphone(who), facts.microphone(standing.holder)
        self.silent_s = 0.0 if on_air.speaking or rests else self.silent_s + owed_s
        muted = on_air.muted and not rests
        self.muted_s = self.muted_s + owed_s * before.microphone(who).muted if muted else 0.0
        heard = heard_now(standing, facts) or rests
        self.unheard_s = 0.0 if heard else self.unheard_s + owed_s
        spoke = holder.able and holder.speaking
        spoke_before = before.microphone(standing.holder).speaking
        self.spoke_s = self.spoke_s + length_s * spoke_before if spoke else 0.0
        double = _double(standing, facts, now_s)
        self.double_s = self.double_s + length_s if double else 0.0
        self.stopped_s = 0.0 if standing.live else self.stopped_s + length_s
        same = facts.machine.who == before.machine.who
        other = same and _other_engine(standing, facts)
        self.other_engine_s = self.other_engine_s + length_s if other else 0.0

    def changed(self) -> None:
        """Something else is on air: nobody has been silent yet."""
        self.silent_s = self.muted_s = 0.0


def heard_now(standing: Standing, facts: Facts) -> bool:
    """Is the channel served? What the organizer forced counts, and so does the floor's own
    language; an unmanned channel does not, whatever is heard in it."""
    on_air = standing.on_air
    if on_air is None:
        return False
    if standing.passing or standing.forced == on_air.input.value:
        return True
    if on_air.input == Input.MACHINE:
        return facts.machine.able
    return on_air.input == Input.INTERPRETER and facts.microphone(on_air.who).speaking


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
