"""How long the event loop was held up while something worked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

TICK_S = 0.002


@dataclass
class Stall:
    """`longest_s`: the longest time in which no other task could run; `worked_s`: of it all."""

    longest_s: float = 0.0
    worked_s: float = 0.0


@asynccontextmanager
async def longest_stall() -> AsyncIterator[Stall]:
    """Known after the block."""
    stall = Stall()

    async def tick() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            stall.longest_s = max(stall.longest_s, now - last - TICK_S)
            last = now

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(TICK_S)
    begun = time.monotonic()
    try:
        yield stall
        stall.worked_s = time.monotonic() - begun
        await asyncio.sleep(TICK_S)
    finally:
        ticking.cancel()
