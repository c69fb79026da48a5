"""Microphones that send, or do not any more, as their packets tell."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from translation.flow import cancel_and_wait
from translation.transport.arrivals import GONE_AFTER_S, LOOK_EVERY_S, STATISTICS_MOST_S, Arrivals


class Line:
    """Counts packets as if they came; what it is asked may `hang`, or fail."""

    def __init__(self) -> None:
        self.count = 0
        self.sends = True
        self.hangs = False
        self.error: Exception | None = None

    async def packets(self) -> int:
        if self.error:
            raise self.error
        if self.hangs:
            await asyncio.sleep(3600)
        self.count += self.sends
        return self.count


@asynccontextmanager
async def watched(*lines: Line) -> AsyncIterator[list[Arrivals]]:
    arrivals = [Arrivals(line.packets) for line in lines]
    tasks = [asyncio.create_task(each.watch()) for each in arrivals]
    try:
        yield arrivals
    finally:
        await cancel_and_wait(*tasks)


def there(arrivals: Arrivals) -> bool:
    return arrivals.there(asyncio.get_running_loop().time())


async def test_a_line_that_sends_is_there_and_one_that_stops_is_gone_in_time() -> None:
    line = Line()
    async with watched(line) as (arrivals,):
        assert not there(arrivals)
        await asyncio.sleep(0.05)
        assert there(arrivals)
        line.sends = False
        await asyncio.sleep(GONE_AFTER_S - LOOK_EVERY_S)
        assert there(arrivals)
        await asyncio.sleep(2 * LOOK_EVERY_S)
        assert not there(arrivals)


async def test_one_whose_answer_hangs_holds_up_no_other() -> None:
    lines = [Line(), Line()]
    lines[0].hangs = True
    async with watched(*lines) as (hanging, other):
        await asyncio.sleep(2 * STATISTICS_MOST_S)

        assert not there(hanging)
        assert lines[1].count >= 2 * STATISTICS_MOST_S / LOOK_EVERY_S - 1
        assert there(other)


async def test_an_answer_that_fails_or_hangs_once_is_asked_again() -> None:
    line = Line()
    line.error = RuntimeError("the track is being closed")
    async with watched(line) as (arrivals,):
        await asyncio.sleep(0.05)
        line.error, line.hangs = None, True
        await asyncio.sleep(LOOK_EVERY_S + STATISTICS_MOST_S)
        line.hangs = False
        await asyncio.sleep(LOOK_EVERY_S + 0.05)
        assert there(arrivals)


async def test_one_that_was_just_opened_is_believed() -> None:
    line = Line()
    line.sends = False
    async with watched(line) as (arrivals,):
        arrivals.believe(asyncio.get_running_loop().time())
        assert there(arrivals)
