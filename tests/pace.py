"""Whether this machine can interpret live now: tests that hear a talk need real time, and a
starved machine (a virtual one whose host gives it no time, say) would only fail them."""

import time

import pytest

SLOWEST = 1.7
"""Wall time over CPU time of work that needs one core, from which on nothing is live."""

PATIENCE_S = 120
WORK_S = 0.3


def slowness() -> float:
    """1.0 where a process that wants one core gets one."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    while time.process_time() - cpu_s < WORK_S:
        pass
    return (time.perf_counter() - wall_s) / WORK_S


def require_real_time() -> None:
    """Waits a while for a busy machine; then skips, saying why."""
    deadline = time.monotonic() + PATIENCE_S
    while (found := slowness()) > SLOWEST:
        if time.monotonic() > deadline:
            pytest.skip(f"no real time here: work of 1 s takes {found:.1f} s of waiting")
        time.sleep(2)
