"""Sound that comes late is not heard. Where the system permits it (root, or `ulimit -r` of at least
`LEVEL`), threads that carry it run as soon as they can, before other programs; elsewhere nothing
changes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LEVEL = 5


def go_first() -> None:
    """This thread does; threads and programs that it starts do not."""
    _set("SCHED_RR", LEVEL, alone=True)


@contextmanager
def started_go_first() -> Iterator[None]:
    """Threads that are started meanwhile do, and those that they start."""
    if not hasattr(os, "sched_getscheduler"):
        yield
        return
    policy, level = os.sched_getscheduler(0), os.sched_getparam(0)
    _set("SCHED_RR", LEVEL, alone=False)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setscheduler(0, policy, level)


def _set(policy: str, level: int, *, alone: bool) -> None:
    if not hasattr(os, policy):
        return
    chosen = getattr(os, policy) | (os.SCHED_RESET_ON_FORK if alone else 0)
    with suppress(OSError):
        os.sched_setscheduler(0, chosen, os.sched_param(level))
