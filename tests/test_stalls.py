"""The judge of a free loop is judged: work that holds it up is refused, on any machine."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

from tests.stalls import keeps_the_loop_free

pytestmark = pytest.mark.slow

SECONDS = 0.6


async def in_turns(held_s: float, free_s: float) -> None:
    until_s = time.monotonic() + SECONDS
    while time.monotonic() < until_s:
        time.sleep(held_s)  # noqa: ASYNC251 - that it blocks is the point
        await asyncio.sleep(free_s)


def on_threads() -> np.ndarray:
    matrix = np.ones((600, 600))
    until_s = time.monotonic() + SECONDS
    while time.monotonic() < until_s:
        matrix = np.tanh(matrix @ matrix)
    return matrix


def holding_the_lock() -> None:
    """One call that never lets other threads run, as a careless binding's."""
    until_s = time.monotonic() + SECONDS
    numbers = list(range(3_000_000))
    while time.monotonic() < until_s:
        numbers.sort(key=None, reverse=True)
        sum(numbers)


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Four programs want every core."""
    program = [sys.executable, "-c", "while True: pass"]
    running = [subprocess.Popen(program) for _ in range(4)]
    yield
    for each in running:
        each.kill()
        each.wait()


async def test_work_on_threads_that_let_go_of_the_lock_is_free() -> None:
    assert await keeps_the_loop_free(lambda: asyncio.to_thread(on_threads))


@pytest.mark.usefixtures("busy_machine")
async def test_a_busy_machine_is_not_blamed_on_the_work() -> None:
    assert await keeps_the_loop_free(lambda: asyncio.sleep(SECONDS))


async def test_a_quarter_of_the_time_on_the_loop_is_too_much() -> None:
    assert not await keeps_the_loop_free(lambda: in_turns(0.03, 0.09))


async def test_one_long_stop_is_too_much() -> None:
    async def work() -> None:
        await asyncio.sleep(2)
        time.sleep(0.12)  # noqa: ASYNC251 - that it blocks is the point

    assert not await keeps_the_loop_free(work)


async def test_a_thread_that_keeps_the_lock_is_refused() -> None:
    assert not await keeps_the_loop_free(lambda: asyncio.to_thread(holding_the_lock))
