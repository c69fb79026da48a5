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
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with imitation() as it:
            given.append(it)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), name="imitation")
    thread.start()
    if not ready.wait(10):
        raise TimeoutError("the imitation did not start")
    try:
        yield given[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
