"""`make run` as somebody meets it first: with the demo, from the terminal to Ctrl-C."""

import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from interpret.demo_talk import demo_talk
from tests.infra.test_run import processes_of
from tests.pace import require_real_time
from tests.servers import ROOT, require
from tests.service import environment, signed_in, started

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]
PATIENCE_S = 90


def printed(screen: str, label: str) -> str:
    found = re.search(rf"{label} +(\S+)", screen)
    assert found, screen
    return found[1]


def test_the_demo_is_heard_its_sign_in_works_and_ctrl_c_ends_all(tmp_path: Path) -> None:
    require("yes" if demo_talk() else None, "pocketsphinx-testdata")
    require_real_time()
    with started(tmp_path, ready="Organize") as (process, running):
        screen = running.log()
        listen, speak, organize = (printed(screen, it) for it in ("Listen", "Speak", "Organize"))
        assert listen == f"{running.base_url}/e/demo/hall-a"
        assert speak.startswith(f"{running.base_url}/stage/demo/hall-a#i=")
        assert organize == f"{running.base_url}/organize"
        assert f"\n  {tmp_path / 'log'}\n" in screen

        email, password = printed(screen, "e-mail"), printed(screen, "password")
        with closing(signed_in(running.base_url, email, password)) as browser:
            assert browser.get("/api/me").json()["email"] == email
            event = browser.get("/api/events/demo").json()
            session = event["rooms"][0]["current_session_id"]
            heard = f"/api/sessions/{session}/captions?language=en"
            deadline = time.monotonic() + PATIENCE_S
            while not browser.get(heard).json()["items"]:
                assert time.monotonic() < deadline, "nothing is heard on the floor"
                time.sleep(0.5)

        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, running.log()
    assert processes_of(running) == {}
    assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["broken.wav", "missing.wav"])
def test_a_talk_that_cannot_be_played_is_one_line_and_starts_nothing(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF and then nothing that is sound")
    done = subprocess.run(
        [sys.executable, "-m", "infra.run", "--folder", str(tmp_path), "--talk", tmp_path / name],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert name in line
    assert not (tmp_path / "service.sqlite3").exists()
