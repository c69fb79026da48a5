"""Commands of one page whose answers are still to come."""

import asyncio
from collections.abc import Callable

ANSWER_S = 5.0
"""A channel's job answers within milliseconds; after so long nobody is there to answer."""


class Asked:
    """`unanswered` is called with the id of a command that nobody answered in time."""

    def __init__(self, unanswered: Callable[[str], None]) -> None:
        self._unanswered = unanswered
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def expect(self, command_id: str) -> None:
        self.settle(command_id)
        loop = asyncio.get_running_loop()
        self._timers[command_id] = loop.call_later(ANSWER_S, self._late, command_id)

    def settle(self, command_id: str) -> bool:
        """It is not waited for any more; whether it was."""
        timer = self._timers.pop(command_id, None)
        if timer:
            timer.cancel()
        return timer is not None

    def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()

    def _late(self, command_id: str) -> None:
        del self._timers[command_id]
        self._unanswered(command_id)
