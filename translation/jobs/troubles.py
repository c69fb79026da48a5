"""What of a channel fails: told in the log when it begins and when it is over."""

from collections.abc import Awaitable, Callable

from translation.errors import InterpretError
from translation.flow import SessionClock
from translation.values import Entry, Stage, Trouble


class Troubles:
    def __init__(
        self, language: str, clock: SessionClock, write: Callable[[Entry], Awaitable[None]]
    ) -> None:
        self._language = language
        self._clock = clock
        self._write = write
        self._stages: set[Stage] = set()

    async def tell(self, stage: Stage, error: InterpretError | None) -> None:
        """A stage fails, or works (again)."""
        if error is None and stage not in self._stages:
            return
        if error is None:
            self._stages.discard(stage)
        else:
            self._stages.add(stage)
        message = str(error) if error else ""
        await self._write(Trouble(stage, self._language, message, self._clock.now()))
