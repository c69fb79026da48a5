"""Small pieces of asyncio that the jobs share: time, outside work, ending tasks."""

import asyncio
import contextlib
import selectors
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class SessionClock:
    """Session time (seconds since the epoch of the session), steady within a process.

    Anchored once to the wall clock, then it runs on the event loop's clock: a wall clock that is
    set while a session runs moves nothing.
    """

    def __init__(self, epoch_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._zero = self._loop.time() - (time.time() - epoch_s)

    @classmethod
    def starting_now(cls) -> "SessionClock":
        return cls(time.time())

    def now(self) -> float:
        return self._loop.time() - self._zero


_outside = 0


@contextlib.contextmanager
def outside_work() -> Iterator[None]:
    """Marks a stretch in which a thread or another process works for us, so that a
    `SkippingLoop` does not skip the time that it takes."""
    global _outside
    _outside += 1
    try:
        yield
    finally:
        _outside -= 1


async def offload(pool: ThreadPoolExecutor, work: Callable[..., T], *args: Any) -> T:
    """Runs blocking work on the pool's thread and waits for it, even when cancelled: the thread
    cannot be stopped, and whoever comes next must not meet it."""
    with outside_work():
        future = asyncio.get_running_loop().run_in_executor(pool, work, *args)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                await asyncio.wait([future])
            raise


@contextlib.contextmanager
def cancellation_kept() -> Iterator[None]:
    """Around awaits of others' code that can swallow a cancellation, as `asyncio.wait_for` does
    before Python 3.12 (https://github.com/python/cpython/issues/86296) and asgiref's
    `sync_to_async`: the task ends at last here, instead of going on for ever."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    yield
    if task and task.cancelling() > before:
        raise asyncio.CancelledError


async def cancel_and_wait(*tasks: "asyncio.Task[Any] | None") -> None:
    """Cancels tasks and returns when all have ended; what they raise ends here."""
    living = [task for task in tasks if task is not None and not task.done()]
    for task in living:
        task.cancel()
    if living:
        await asyncio.wait(living)


class _SkippingSelector(selectors.DefaultSelector):
    """Where the loop would sleep with nothing going on outside, remembers how long instead."""

    skipped_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if _outside or timeout is None:
            return super().select(timeout)
        self.skipped_s += timeout
        return []


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps over waiting: sleeping costs nothing, computing costs what
    it costs. A rehearsal at `--pace 0` and the jobs' tests run on it."""

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        super().__init__(self._skipping)

    def time(self) -> float:
        return super().time() + self._skipping.skipped_s


async def retrying(
    work: Callable[[], Awaitable[None]],
    *,
    retry_on: tuple[type[Exception], ...],
    most_s: float = 5.0,
) -> None:
    """Calls `work` until it returns, waiting 0.2 s, 0.4 s ... `most_s` after the given errors."""
    wait_s = 0.2
    while True:
        try:
            return await work()
        except retry_on:
            await asyncio.sleep(wait_s)
            wait_s = min(most_s, wait_s * 2)
