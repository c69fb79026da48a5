"""What of a channel fails: told in the log when it begins and when it is over."""

from collections.abc import Awaitable, Callable

from translation.errors import InterpretError
from translation.flow import SessionClock
from translation.values import Entry, Stage, Trouble

AGAIN_S = 10.0
"""What fails on and on in the same way is told so often."""


class Troubles:
    def __init__(
        self, language: str, clock: SessionClock, write: Callable[[Entry], Awaitable[None]]
    ) -> None:
        self._language = language
        self._clock = clock
        self._write = write
        self._told: dict[Stage, tuple[str, float]] = {}

    def known(self, entry: Trouble) -> None:
        """One of the log: what a predecessor began is ours to end."""
        if entry.language != self._language:
            return
        if entry.message:
            self._told[entry.stage] = entry.message, entry.at_s
        else:
            self._told.pop(entry.stage, None)

    async def tell(self, stage: Stage, error: InterpretError | None) -> None:
        """A stage fails, or works (again)."""
        message, now = str(error) if error else "", self._clock.now()
        before, at_s = self._told.get(stage, ("", now))
        if message == before and now - at_s < AGAIN_S:
            return
        if message:
            self._told[stage] = message, now
        else:
            self._told.pop(stage, None)
        await self._write(Trouble(stage, self._language, message, now))
