"""The spoken notice that a machine's voice comes: its sound is made beside everything else, ahead
of the moment it is needed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from translation.jobs.course import Course
from translation.jobs.machine import Machine
from translation.path.notices import notice
from translation.ports import Manner, Synthesiser
from translation.values import Samples

REST_S, LONGEST_REST_S = 1.0, 30.0
"""A notice that could not be made is tried again after so long, then after twice as long ..."""

NOTHING: Samples = np.zeros(0, np.int16)

Spoken = tuple[Synthesiser, Manner]
"""Who says it, and how."""


class SpokenNotice:
    """Made anew whenever the plan wishes it or another voice is to say it: `renew` says that this
    may be. `manner`: how the machine speaks now."""

    def __init__(
        self, language: str, course: Course, machine: Machine, manner: Callable[[], Manner]
    ) -> None:
        self._text = notice(language)
        self._course = course
        self._machine = machine
        self._manner = manner
        self._clip = NOTHING
        self._made_by: Spoken | None = None
        self._changed = asyncio.Event()

    @property
    def wanted(self) -> bool:
        channel = self._course.channel
        return bool(self._text) and channel is not None and channel.spoken_notice

    @property
    def clip(self) -> Samples:
        """Empty where none is wanted, or there is none of the voice that speaks now."""
        made = self.wanted and self._made_by == self._spoken_by
        return self._clip if made else NOTHING

    def renew(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def _spoken_by(self) -> Spoken:
        return self._machine.voice, self._manner()

    async def keep(self) -> None:
        """Has the sound ready, for ever."""
        rest_s = REST_S
        while True:
            changed, by = self._changed, self._spoken_by
            if not self.wanted or by == self._made_by:
                rest_s = REST_S
                await changed.wait()
                continue
            clip = await self._machine.notice(self._text)
            if len(clip):
                self._clip, self._made_by = clip, by
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(rest_s):
                    await changed.wait()
            rest_s = min(LONGEST_REST_S, 2 * rest_s)
