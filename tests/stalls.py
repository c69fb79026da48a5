"""Whether the event loop stayed free while something worked."""

import asyncio
import time
from collections.abc import Awaitable, Callable

TICK_S = 0.002
HELD_S = 0.02
"""Whoever waits for longer was held up; less is the interpreter's own switching of threads."""

LONGEST_S = 0.1
ENOUGH_S = 0.05
"""Less work tells nothing."""

ATTEMPTS = 5
"""A starved machine stops a whole process now and then; work on the loop stops it always."""


async def keeps_the_loop_free(work: Callable[[], Awaitable[object]]) -> bool:
    """Could other tasks run for more than half of the time that the work took, and none had to
    wait for `LONGEST_S`?"""
    for _ in range(ATTEMPTS):
        share, longest_s = await _held(work)
        if share < 0.5 and longest_s < LONGEST_S:
            return True
    return False


async def _held(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """The share of the work's time in which no other task could run, and the longest such time."""
    held_s = longest_s = 0.0

    async def tick() -> None:
        nonlocal held_s, longest_s
        last = time.monotonic()
        while True:
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            held_s += now - last if now - last > HELD_S else 0.0
            longest_s = max(longest_s, now - last - TICK_S)
            last = now

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(2 * TICK_S)
    begun = time.monotonic()
    try:
        await work()
        worked_s = time.monotonic() - begun
        await asyncio.sleep(2 * TICK_S)
    finally:
        ticking.cancel()
    assert worked_s > ENOUGH_S, "too little work to tell"
    return held_s / worked_s, longest_s
