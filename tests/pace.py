"""Whether this machine can interpret live now: tests that hear a talk need real time, and a
starved machine (a virtual one whose host gives it no time, say) would only fail them."""

import time
from dataclasses import dataclass

from tests.servers import give_up

SLOWEST = 1.7
"""Wall time over CPU time of work that needs one core, from which on nothing is live."""

WORK_S = 0.3


@dataclass
class Patience:
    """How long all tests of a process together wait for a busy machine."""

    left_s: float = 300.0


OURS = Patience()


def slowness() -> float:
    """1.0 where a process that wants one core gets one."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    while time.process_time() - cpu_s < WORK_S:
        pass
    return (time.perf_counter() - wall_s) / WORK_S


def require_real_time(patience: Patience = OURS, *, slowest: float = SLOWEST) -> None:
    """Waits a while for a busy machine. Then the test is skipped; where CI is true it fails."""
    while (found := slowness()) > slowest:
        if patience.left_s <= 0:
            give_up(f"no real time here: work of 1 s takes {found:.1f} s of waiting")
        patience.left_s -= 2
        time.sleep(2)
