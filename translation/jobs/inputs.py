"""What may go on air beside the machine: the floor's own sound and interpreters' microphones. Each
is heard only while it is needed."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from functools import partial

from translation.jobs.channel_tools import ChannelTools
from translation.jobs.course import Course
from translation.path.cushion import Cushion
from translation.path.desk import Desk
from translation.ports import Microphone, Microphones
from translation.values import Input, Policy, Samples

MACHINE, FLOOR = "machine", "floor"
"""The desk's names; an interpreter's is her id."""


class Inputs:
    """`forced`: what the organizer forced, as in `Standing`."""

    def __init__(
        self,
        language: str,
        course: Course,
        tools: ChannelTools,
        desk: Desk,
        forced: Callable[[], str],
    ) -> None:
        self._language = language
        self._course = course
        self._tools = tools
        self._desk = desk
        self._forced = forced
        self._floor = Cushion(tools.sink.rate_hz)
        self._microphones: Microphones | None = None
        desk.plug(FLOOR, self._floor.pull)

    @property
    def microphones(self) -> Mapping[str, Microphone]:
        return self._microphones.states() if self._microphones else {}

    async def hear_floor(self) -> None:
        while True:
            changed = self._course.changed
            if not self._needs_floor():
                await changed.wait()
                continue
            floor = await self._tools.stage()
            try:
                async with aclosing(floor.pieces()) as pieces:
                    async for samples, _ in pieces:
                        if self._course.live:
                            self._floor.push(samples)
                        if not self._needs_floor():
                            break
            finally:
                await floor.aclose()

    def _needs_floor(self) -> bool:
        channel = self._course.channel
        if channel is None or not self._course.live:
            return False
        unmanned = channel.policy == Policy.HUMAN_ONLY and channel.unmanned == Input.FLOOR
        passed_through = self._course.plan.spoken_language == self._language
        return passed_through or unmanned or self._forced() == Input.FLOOR

    async def hear_microphones(self) -> None:
        """Of whoever is assigned, as long as somebody is."""
        while True:
            changed, channel = self._course.changed, self._course.channel
            assigned = {each.id for each in channel.interpreters} if channel else set()
            if assigned and self._microphones is None:
                self._microphones = await self._tools.microphones()
            if self._microphones is not None:
                self._microphones.assign(assigned)
            for gone in self._desk.plugged - assigned - {MACHINE, FLOOR}:
                self._desk.unplug(gone)
            for new in assigned - self._desk.plugged:
                self._desk.plug(new, partial(self._pull, new))
            await changed.wait()

    def _pull(self, interpreter: str, count: int) -> Samples:
        assert self._microphones is not None  # noqa: S101 - it is plugged
        return self._microphones.pull(interpreter, count)

    async def aclose(self) -> None:
        if self._microphones is not None:
            await self._microphones.aclose()
