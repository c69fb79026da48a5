"""The jobs' pieces of asyncio. Where time matters, on the loop that skips it."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import pytest

from translation.flow import (
    SessionClock,
    SkippingLoop,
    cancel_and_wait,
    offload,
    outside_work,
    retrying,
)

T = TypeVar("T")


def skipping(scenario: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(scenario)


def now() -> float:
    return asyncio.get_running_loop().time()


# SkippingLoop


def test_skipping_loop_sleeps_an_hour_in_no_time() -> None:
    async def scenario() -> float:
        began_s = now()
        await asyncio.sleep(3600)
        return now() - began_s

    began_s = time.monotonic()
    assert skipping(scenario()) == pytest.approx(3600, abs=1)
    assert time.monotonic() - began_s < 1


def test_skipping_loop_wakes_sleepers_in_order() -> None:
    async def scenario() -> list[int]:
        woken: list[int] = []

        async def sleeper(minutes: int) -> None:
            await asyncio.sleep(minutes * 60)
            woken.append(minutes)

        await asyncio.gather(*(sleeper(minutes) for minutes in (3, 1, 2)))
        return woken

    assert skipping(scenario()) == [1, 2, 3]


def test_skipping_loop_does_not_skip_what_a_thread_takes() -> None:
    async def scenario() -> float:
        began_s = now()
        with ThreadPoolExecutor(1) as pool:
            working = asyncio.ensure_future(offload(pool, time.sleep, 0.1))
            await asyncio.wait([working, asyncio.create_task(asyncio.sleep(60))], timeout=0.05)
            assert not working.done()
            await working
        return now() - began_s

    assert skipping(scenario()) == pytest.approx(0.1, abs=0.09)


def test_skipping_loop_does_not_skip_outside_work() -> None:
    async def scenario() -> float:
        began_s = now()
        with outside_work():
            await asyncio.sleep(0.1)
        return now() - began_s

    began_s = time.monotonic()
    assert skipping(scenario()) >= 0.1
    assert time.monotonic() - began_s >= 0.1


def test_session_clock_counts_from_the_epoch_on_the_loops_time() -> None:
    async def scenario() -> list[float]:
        clock = SessionClock(time.time() - 100)
        before = clock.now()
        await asyncio.sleep(50)
        return [before, clock.now(), SessionClock.starting_now().now()]

    assert skipping(scenario()) == pytest.approx([100, 150, 0], abs=0.5)


# offload


async def test_offload_gives_the_answer_or_the_error() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert await offload(pool, int, "7") == 7
        with pytest.raises(ValueError, match="invalid literal"):
            await offload(pool, int, "seven")


@pytest.mark.parametrize("fails", [False, True])
async def test_offload_waits_for_the_thread_even_when_it_is_cancelled(fails: bool) -> None:
    began, may_end, ended = (threading.Event() for _ in range(3))

    def work() -> None:
        began.set()
        may_end.wait(5)
        ended.set()
        if fails:
            raise ValueError("too late for anybody")

    with ThreadPoolExecutor(1) as pool:
        working = asyncio.ensure_future(offload(pool, work))
        await asyncio.to_thread(began.wait, 5)
        working.cancel()
        await asyncio.sleep(0)
        assert not working.done()

        may_end.set()
        with suppress(asyncio.CancelledError):
            await working

    assert (working.cancelled(), ended.is_set()) == (True, True)


# Tasks


async def test_cancel_and_wait_returns_when_all_have_ended() -> None:
    tidied: list[str] = []

    async def worker(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tidied.append(name)

    async def fails() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ValueError("ends here")

    async def nothing() -> None:
        return

    tasks = [asyncio.create_task(work) for work in (worker("a"), worker("b"), fails(), nothing())]
    await asyncio.sleep(0)

    await cancel_and_wait(*tasks, None)

    assert tidied == ["a", "b"]
    assert [task.done() for task in tasks] == [True] * 4


async def test_cancel_and_wait_has_nothing_to_do_without_tasks() -> None:
    await cancel_and_wait()
    await cancel_and_wait(None)


def test_retrying_waits_longer_each_time_up_to_a_bound() -> None:
    async def scenario() -> list[float]:
        tried: list[float] = []
        began_s = now()

        async def work() -> None:
            tried.append(now() - began_s)
            if len(tried) < 6:
                raise ConnectionError

        await retrying(work, retry_on=(ConnectionError,), most_s=1.0)
        return tried

    assert skipping(scenario()) == pytest.approx([0, 0.2, 0.6, 1.4, 2.4, 3.4], abs=0.1)


async def test_retrying_gives_up_on_any_other_error() -> None:
    async def work() -> None:
        raise KeyError("not of this kind")

    with pytest.raises(KeyError):
        await retrying(work, retry_on=(ConnectionError,))
