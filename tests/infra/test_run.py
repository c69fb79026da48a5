"""`make run` itself, with real servers: what it does when a part dies or a port is taken."""

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.servers import ROOT
from tests.service import Service, environment, service, started

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]


def processes_of(running: Service) -> dict[str, psutil.Process]:
    """What runs in the service's folder, by the part's program."""
    found = {}
    for process in psutil.process_iter(["cmdline", "environ"]):
        if (process.info["environ"] or {}).get("RUN_DIR") == str(running.folder):
            found[Path((process.info["cmdline"] or ["?"])[0]).name] = process
    return found


def test_sigterm_ends_all_of_it(tmp_path: Path) -> None:
    with service(tmp_path) as running:
        assert {"redis-server", "livekit-server"} <= processes_of(running).keys()
    assert processes_of(running) == {}


def test_a_part_that_dies_ends_all_and_is_named(tmp_path: Path) -> None:
    with started(tmp_path, "--bare") as (process, running):
        processes_of(running)["redis-server"].kill()
        assert process.wait(120) != 0
    assert f"redis ended by itself, so everything was ended; what it said is in {tmp_path}" in (
        running.log()
    )
    assert processes_of(running) == {}


def test_a_killed_manager_leaves_nothing_behind(tmp_path: Path) -> None:
    with started(tmp_path, "--bare") as (process, running):
        process.send_signal(signal.SIGKILL)
        process.wait()
        end = time.monotonic() + 120
        while processes_of(running):
            assert time.monotonic() < end, processes_of(running)
            time.sleep(0.2)


@pytest.mark.parametrize("variable", ["BASE_URL", "LIVEKIT_URL"])
def test_a_port_in_use_is_one_line_and_starts_nothing(tmp_path: Path, variable: str) -> None:
    settings = environment(tmp_path)
    port = int(re.sub(r".*:", "", settings[variable]))
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        answer = subprocess.run(
            [sys.executable, "-m", "infra.run", "--bare", "--folder", str(tmp_path)],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert str(port) in answer.stderr
    assert variable in answer.stderr
