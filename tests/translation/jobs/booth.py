"""A booth at work on a channel: its microphones, and what its interpreters ask for."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from tests.translation.jobs.hall import RATE_HZ, Hall
from translation.jobs.channel import Channel
from translation.ports import Microphone
from translation.values import (
    Answer,
    Assigned,
    ChannelPlan,
    Command,
    FloorActivity,
    Gesture,
    Plan,
    Policy,
    Samples,
)

ANN_HZ, BOB_HZ = 400, 520
ANN, BOB = Assigned("ann", "es", name="Ann"), Assigned("bob", "es")
OPEN = Microphone(connected=True)
TALKING = Microphone(connected=True, speaking=True, level_db=-20.0)


class Booth:
    """`Microphones` that sound a tone of their own as long as they speak."""

    rate_hz = RATE_HZ

    def __init__(self, **microphones: Microphone) -> None:
        self.microphones = dict(microphones)
        self.assigned: set[str] = set()
        self._at = 0

    def assign(self, interpreters: Collection[str]) -> None:
        self.assigned = set(interpreters)

    def states(self) -> Mapping[str, Microphone]:
        return {who: self.microphones.get(who, Microphone()) for who in self.assigned}

    def pull(self, interpreter: str, count: int) -> Samples:
        microphone = self.microphones.get(interpreter, Microphone())
        hz = {"ann": ANN_HZ, "bob": BOB_HZ}[interpreter]
        times = (self._at + np.arange(count)) / RATE_HZ
        self._at += count
        tone = np.sin(2 * np.pi * hz * times) * 9_000 * microphone.speaking
        return tone.astype(np.int16)

    async def aclose(self) -> None: ...


def plan(policy: Policy = Policy.HUMAN_FIRST, *, notice: bool = False) -> Plan:
    channel = ChannelPlan(
        "es", policy=policy, spoken_notice=notice, stand_in_s=2.0, interpreters=(ANN, BOB)
    )
    return replace(Hall("es").plan(), channels=(channel,))


async def take(hall: Hall, who: str, gesture: Gesture = Gesture.TAKE, to: str = "") -> Answer:
    now = hall.clock.now()
    command = Command(f"{gesture}-{who}-{now}", "es", gesture, who, to, 0.0, now)
    await hall.log.append(command)
    found = await hall.until(
        lambda entry: isinstance(entry, Answer) and entry.command_id == command.id
    )
    assert isinstance(found, Answer)
    return found


async def began(hall: Hall, booth: Booth) -> Channel:
    await hall.log.append(plan())
    await hall.log.append(FloorActivity(True, 0.0))
    return hall.channel("es", booth=booth)
