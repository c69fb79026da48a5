"""The sweeper against real processes: a manager that vanishes, and one that ends in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.run import sweeper

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")

# A manager: a sweeper, then a part in a session of its own that has a child in another one and
# ignores SIGTERM; it prints the mark's processes and waits to be killed.
MANAGER = """
import subprocess, sys, time
mark, sweeper = sys.argv[1:]
watch = subprocess.Popen([sys.executable, sweeper, mark], stdin=subprocess.PIPE,
                         start_new_session=True)
part = "trap '' TERM; setsid sleep 60 & echo up; wait; sleep 60"
child = subprocess.Popen(["sh", "-c", part], env={"PATH": "/usr/bin:/bin", "INTERPRET_RUN": mark},
                         stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline()
print("up", flush=True)
time.sleep(60)
"""


def until(condition: Callable[[], bool], *, within_s: float) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


@pytest.mark.slow
def test_all_of_a_killed_manager_s_run_is_ended_and_nothing_else() -> None:
    mark = f"test-{os.getpid()}"
    stranger = subprocess.Popen(["sleep", "60"], env={sweeper.MARK: mark + "0"})
    manager = subprocess.Popen(
        [sys.executable, "-c", MANAGER, mark, sweeper.__file__], stdout=subprocess.PIPE
    )
    try:
        assert manager.stdout
        manager.stdout.readline()
        assert len(list(sweeper.marked(mark))) >= 2
        manager.send_signal(signal.SIGKILL)
        until(lambda: not list(sweeper.marked(mark)), within_s=sweeper.GRACE_S + 3)
        assert stranger.poll() is None
    finally:
        manager.kill()
        manager.communicate()
        stranger.kill()
        stranger.wait()


def test_a_run_that_ended_in_order_needs_no_grace() -> None:
    process = subprocess.Popen(
        [sys.executable, sweeper.__file__, "nobody-has-this-mark"], stdin=subprocess.PIPE
    )
    process.communicate(b".", timeout=60)
    assert process.returncode == 0
