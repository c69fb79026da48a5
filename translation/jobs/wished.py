"""The engines that a plan wishes for one channel, built beside its track."""

import asyncio
from collections.abc import Callable

from translation.engines.duty import ready
from translation.errors import EngineError
from translation.flow import outside_work
from translation.jobs.channel_tools import ChannelTools
from translation.jobs.course import Course
from translation.jobs.troubles import Troubles
from translation.path.listen import Ear
from translation.ports import Manner, Synthesiser
from translation.values import Stage


class WishedEngines:
    """`recognised`: an engine understands the channel's language. `manner`: how the machine is to
    speak now."""

    def __init__(
        self,
        language: str,
        course: Course,
        tools: ChannelTools,
        troubles: Troubles,
        manner: Callable[[], Manner],
    ) -> None:
        self._language = language
        self._manner = manner
        self._course = course
        self._tools = tools
        self._troubles = troubles
        self._wishes = course.plan.engines
        self.recognised = tools.ear is not None and tools.recognises(self._wishes)

    async def renewed(self) -> Synthesiser | None:
        """Another voice where the plan wishes other engines now; None where all stays as it is."""
        wishes, tools = self._course.plan.engines, self._tools
        if wishes == self._wishes:
            return None

        def built() -> tuple[Synthesiser, bool]:
            tools.serves(self._course.plan.spoken_language, wishes)  # known when asked at a tick
            return tools.synthesiser(wishes), tools.recognises(wishes)

        try:
            with outside_work():
                voice, recognised = await asyncio.to_thread(built)
                await ready(voice, self._language, self._manner())
        except EngineError as error:
            await self._troubles.tell(Stage.SPEAK, error)
            return None
        self._wishes = wishes
        self.recognised = tools.ear is not None and recognised
        return voice

    def serve(self) -> bool:
        """Can they speak the channel while the floor speaks what it does now?"""
        return self._tools.serves(self._course.plan.spoken_language, self._wishes)

    def ear(self, language: str) -> Ear:
        """Blocking, from any thread."""
        assert self._tools.ear is not None  # noqa: S101 - only then interpreters are captioned
        return self._tools.ear(language, self._wishes)
