"""An imitation's own thread and event loop, for engines that block."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def threaded(imitation: Callable[[], AbstractAsyncContextManager[T]]) -> Iterator[T]:
    """Runs `async with imitation()` on a thread; gives what it gives."""
    ready, over = threading.Event(), asyncio.Event()
    given: list[T] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        async with imitation() as it:
            given.append(it)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="imitation")
    thread.start()
    if not ready.wait(10):
        raise TimeoutError("the imitation did not start")
    try:
        yield given[0]
    finally:
        loops[0].call_soon_threadsafe(over.set)
        thread.join(10)
