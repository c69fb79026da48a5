"""Whether the event loop stayed free while something worked."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

TICK_S = 0.002
HELD_S = 0.02
"""Whoever waits for longer was held up; less is the interpreter's own switching of threads."""

SHARE = 0.15
LONGEST_S = 0.1
ENOUGH_S = 0.05
"""Less work tells nothing."""

SCHEDULED = Path("/proc/thread-self/schedstat")
"""Linux's; elsewhere a busy machine may be taken for work on the loop."""

ATTEMPTS = 3
"""A thread that the machine stopped while it held Python's global lock stops the loop, too; work
on the loop stops it every time."""


@dataclass(frozen=True)
class Held:
    """`share`: of the work's time in which no other task could run; `longest_s`: at once."""

    share: float
    longest_s: float


async def keeps_the_loop_free(work: Callable[[], Awaitable[object]]) -> bool:
    """Could other tasks run for nearly all of the time that the work took, and none had to wait
    for `LONGEST_S`? What the machine took from the loop (its thread was ready and waited for a
    core) does not count, so this says the same on a busy machine and on an idle one."""
    for _ in range(ATTEMPTS):
        held = await measured(work)
        if held.share < SHARE and held.longest_s < LONGEST_S:
            return True
    return False


async def measured(work: Callable[[], Awaitable[object]]) -> Held:
    held_s = longest_s = 0.0

    async def tick() -> None:
        nonlocal held_s, longest_s
        last_s, starved_s = time.monotonic(), _starved_s()
        while True:
            await asyncio.sleep(TICK_S)
            now_s, starved_now_s = time.monotonic(), _starved_s()
            waited_s = now_s - last_s - TICK_S - (starved_now_s - starved_s)
            held_s += waited_s if waited_s > HELD_S else 0.0
            longest_s = max(longest_s, waited_s)
            last_s, starved_s = now_s, starved_now_s

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(2 * TICK_S)
    begun_s = time.monotonic()
    try:
        await work()
        worked_s = time.monotonic() - begun_s
        await asyncio.sleep(2 * TICK_S)
    finally:
        ticking.cancel()
    assert worked_s > ENOUGH_S, "too little work to tell"
    return Held(held_s / worked_s, longest_s)


def _starved_s() -> float:
    """How long this thread has been ready to run and had no core, by the kernel's account."""
    return int(SCHEDULED.read_text().split()[1]) / 1e9 if SCHEDULED.exists() else 0.0
