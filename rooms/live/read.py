"""Blocking work of consoles."""

from collections.abc import Callable
from typing import TypeVar

from channels.db import database_sync_to_async

from translation.flow import cancellation_kept

T = TypeVar("T")


async def read(work: Callable[..., T], *arguments: object, **named: object) -> T:
    """With the database, on a thread of its own."""
    with cancellation_kept():
        found: T = await database_sync_to_async(work, thread_sensitive=False)(*arguments, **named)
    return found
