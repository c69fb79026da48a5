"""Sound that comes late is not heard. Where the system permits it (root, or `ulimit -r` of at least
`LEVEL`), threads that carry it run as soon as they can, before other programs; elsewhere nothing
changes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LEVEL = 5
_KNOWN = hasattr(os, "SCHED_RESET_ON_FORK")


def go_first() -> None:
    """This thread does; threads and programs that it starts do not."""
    _first(alone=True)


@contextmanager
def started_go_first() -> Iterator[None]:
    """Threads that are started meanwhile do, and those that they start."""
    if not _KNOWN:
        yield
        return
    policy, level = os.sched_getscheduler(0), os.sched_getparam(0)
    _first(alone=False)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setscheduler(0, policy, level)


def _first(*, alone: bool) -> None:
    if _KNOWN:
        policy = os.SCHED_RR | (os.SCHED_RESET_ON_FORK if alone else 0)
        with suppress(OSError):
            os.sched_setscheduler(0, policy, os.sched_param(LEVEL))
