"""What waits to be sent to one page."""

import asyncio
from collections import OrderedDict


class OutboxFull(Exception):
    """The page does not keep up. Retrying helps nobody: let it go, it will come back."""


class Outbox:
    """Messages in order, `bound` of them at most. One with a key takes the place of an older one
    of that key, so that what is told again every second never piles up."""

    def __init__(self, bound: int = 500) -> None:
        self._bound = bound
        self._waiting: OrderedDict[object, str] = OrderedDict()
        self._there = asyncio.Event()

    def put(self, text: str, key: str = "") -> None:
        """Raises `OutboxFull`."""
        if not (key and key in self._waiting) and len(self._waiting) >= self._bound:
            raise OutboxFull
        self._waiting[key or object()] = text
        self._there.set()

    async def get(self) -> str:
        while not self._waiting:
            self._there.clear()
            await self._there.wait()
        return self._waiting.popitem(last=False)[1]
