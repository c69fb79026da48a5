"""A booth on paper: an arbiter, the log around it, and the facts of the moment."""

from dataclasses import dataclass, field, replace

from translation.path.arbitrate import Arbiter, Program
from translation.path.facts import Facts, Machine
from translation.ports import Microphone
from translation.values import (
    Alarm,
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
    Refusal,
    SessionState,
)

TICK_S = 0.02
ANN, BOB, ORGANIZER = "ann", "bob", "organizer"
OPEN = Microphone(connected=True)
TALKING = Microphone(connected=True, speaking=True)
MUTED = Microphone(connected=True, muted=True)
GONE = Microphone()
ES = ChannelPlan(
    "es", interpreters=(Assigned(ANN, "es-booth", name="Ann Lee"), Assigned(BOB, "es-booth"))
)
ABLE = Facts(machine=Machine(able=True, speaking=True, who="tones 1"))
PLAN = Plan("s1", "en", SessionState.LIVE, (ES, ChannelPlan("fr")), 0.0)


@dataclass
class Booth:
    """Ann and Bob interpret from English into Spanish; the machine is able, and speaks."""

    plan: Plan = PLAN
    tick_s: float = TICK_S
    now_s: float = 100.0
    facts: Facts = ABLE
    log: list[Entry] = field(default_factory=list)
    arbiter: Arbiter = field(default_factory=lambda: Arbiter("es"))
    _count: int = 0

    def __post_init__(self) -> None:
        self.tell(self.plan)
        self.tick()

    def tell(self, entry: Entry) -> None:
        self.log.append(entry)
        self.arbiter.feed(entry)

    def tick(self) -> None:
        for written in self.arbiter.decide(self.now_s, self.facts):
            self.log.append(written)
            self.arbiter.feed(written)  # the log tells everybody, its writer too

    def wait(self, length_s: float) -> None:
        for _ in range(round(length_s / self.tick_s)):
            self.now_s = round(self.now_s + self.tick_s, 6)
            self.tick()

    def mic(self, who: str, microphone: Microphone) -> None:
        self.facts = replace(self.facts, microphones={**self.facts.microphones, who: microphone})
        self.tick()

    def machine(self, **now: object) -> None:
        machine = replace(self.facts.machine, **now)  # type: ignore[arg-type]
        self.facts = replace(self.facts, machine=machine)
        self.tick()

    def floor(self, speaking: bool) -> None:
        self.facts = replace(self.facts, floor_speaking=speaking)
        self.tick()

    def floor_lost(self, lost: bool) -> None:
        self.facts = replace(self.facts, floor_lost=lost)
        self.tick()

    def replan(self, *, session: dict[str, object] | None = None, **channel: object) -> None:
        before = self.plan.channels
        channels = (replace(before[0], **channel), *before[1:])  # type: ignore[arg-type]
        self.plan = replace(self.plan, channels=channels, **(session or {}))  # type: ignore[arg-type]
        self.tell(self.plan)
        self.tick()

    def command(
        self, by: str, gesture: Gesture, to: str = "", countdown_s: float = 0.0
    ) -> "Refusal | None":
        """Answers as the log has it."""
        self.send(by, gesture, to, countdown_s)
        self.tick()
        return self.answers()[f"c{self._count}"].refusal

    def send(self, by: str, gesture: Gesture, to: str = "", countdown_s: float = 0.0) -> None:
        self._count += 1
        self.tell(Command(f"c{self._count}", "es", gesture, by, to, countdown_s, self.now_s))

    def on_air_elsewhere(self, who: str, input: Input = Input.INTERPRETER) -> None:
        self.tell(OnAir("fr", input, who, self.now_s, Reason.TAKEN))
        self.tick()

    def answers(self) -> dict[str, Answer]:
        return {each.command_id: each for each in self.log if isinstance(each, Answer)}

    def stages(self) -> list[HandoverStage]:
        return [each.stage for each in self.log if isinstance(each, Handover)]

    def changes(self) -> list[tuple[str, Reason]]:
        """What went on air, and why: an interpreter by her id."""
        return [
            (each.who if each.input == Input.INTERPRETER else each.input.value, each.reason)
            for each in self.log
            if isinstance(each, OnAir) and each.language == "es"
        ]

    def alarms(self) -> list[tuple[str, bool]]:
        return [(each.alarm.value, each.on) for each in self.log if isinstance(each, Alarm)]

    @property
    def program(self) -> Program:
        return self.arbiter.program

    def restored(self) -> "Booth":
        """The same booth with another arbiter, that has only read the log."""
        other = object.__new__(Booth)
        other.plan, other.tick_s, other.now_s = self.plan, self.tick_s, self.now_s
        other.facts, other.log, other._count = self.facts, list(self.log), self._count
        other.arbiter = Arbiter("es")
        for entry in self.log:
            other.arbiter.feed(entry)
        return other


def with_policy(policy: Policy, **channel: object) -> Booth:
    changed = replace(ES, policy=policy, **channel)  # type: ignore[arg-type]
    return Booth(replace(PLAN, channels=(changed, PLAN.channels[1])))


def taken(policy: Policy = Policy.HUMAN_FIRST) -> Booth:
    """Ann is on air, the floor speaks."""
    booth = Booth(replace(PLAN, channels=(replace(ES, policy=policy), PLAN.channels[1])))
    booth.floor(True)
    booth.mic(ANN, TALKING)
    assert booth.command(ANN, Gesture.TAKE) is None
    booth.wait(2)
    assert booth.program == (Input.INTERPRETER, ANN)
    return booth
