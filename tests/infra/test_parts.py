"""What a run is made of, by its settings."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.run.parts import chosen_parts, configure_livekit, web_address
from infra.run.ports import http_answers
from infra.run.ready import banner
from interpret.env import Env
from rooms.media import MediaServer
from tests.servers import ROOT, free_port, require, running
from tests.service import environment, free_port_of_three

NASTY = "key: 'of' \"many\" \\signs # {and} [more], %20 $port é & * ! | >"


def settings(**given: Any) -> Env:
    known = {"_env_file": None, "livekit_api_secret": "x" * 32, "secret_key": "y" * 50}
    return Env(**known | given)


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://localhost", "http://127.0.0.1:80"),
        ("https://talks.example.org", "http://127.0.0.1:8000"),
        ("https://localhost:8443", "http://127.0.0.1:8000"),  # a proxy's, which has the keys
    ],
)
def test_the_web_server_listens_where_browsers_or_a_proxy_look(base_url: str, address: str) -> None:
    assert web_address(settings(base_url=base_url)) == address


def test_livekit_is_configured_with_any_key_and_secret(tmp_path: Path) -> None:
    first = free_port_of_three()
    given = settings(
        livekit_url=f"ws://127.0.0.1:{first}", livekit_api_key=NASTY, livekit_api_secret=NASTY[::-1]
    )
    configure_livekit(given, tmp_path)
    written = yaml.safe_load((tmp_path / "livekit.yaml").read_text())
    assert written["keys"] == {NASTY: NASTY[::-1]}
    assert written["webhook"] == {
        "api_key": NASTY,
        "urls": ["http://127.0.0.1:8000/api/livekit/webhook"],
    }
    assert (written["port"], written["rtc"]["tcp_port"], written["rtc"]["udp_port"]) == (
        first, first + 1, first + 2,
    )  # fmt: skip


@pytest.mark.livekit
@pytest.mark.slow
def test_livekit_reads_them_as_we_do(tmp_path: Path) -> None:
    built = ROOT / "build/bin/livekit-server"
    found = shutil.which("livekit-server") or (built if built.exists() else None)
    program = require(found, "livekit-server")
    url = f"ws://127.0.0.1:{free_port_of_three()}"
    configure_livekit(
        settings(livekit_url=url, livekit_api_key=NASTY, livekit_api_secret=NASTY[::-1]), tmp_path
    )
    media = MediaServer(url, url, NASTY, NASTY[::-1])

    command = [program, "--config", str(tmp_path / "livekit.yaml")]
    log = tmp_path / "livekit.log"
    with running(command, lambda: http_answers(url), log, stop=signal.SIGKILL):
        media.ensure_room("hall")
        assert [room.name for room in media.list_rooms()] == ["hall"]


@pytest.mark.slow
def test_without_a_talk_nobody_speaks(tmp_path: Path) -> None:
    here = settings(**{name.lower(): value for name, value in environment(tmp_path).items()
                       if name in ("BASE_URL", "REDIS_URL", "LIVEKIT_URL")})  # fmt: skip
    assert "speaker" not in chosen_parts(here, folder=tmp_path, talk=[])
    spoken = chosen_parts(here, folder=tmp_path, talk=[Path("/talks/one two.wav")])["speaker"]
    assert spoken == (
        f"exec python manage.py play_talk --demo {tmp_path}/demo.json '/talks/one two.wav'"
    )


@pytest.mark.parametrize(
    ("talk", "words"),
    [(True, "A recorded talk is on the floor"), (False, "make run TALK=talk.wav")],
)
def test_the_banner_says_what_is_on_the_floor(tmp_path: Path, talk: bool, words: str) -> None:
    names = ("listen_url", "stage_url", "organize_url", "email", "password")
    said = banner(dict.fromkeys(names, "x"), log_folder=tmp_path, talk=talk)
    assert words in said
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.slow
@pytest.mark.parametrize(
    "database", ["postgres://somebody:hidden@127.0.0.1:{port}/talks", "sqlite:////proc/no/talks"]
)
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.run.database"],
        cwd=ROOT,
        env=environment(tmp_path) | {"DATABASE_URL": database.format(port=free_port())},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert line.startswith("The database cannot be used: ")
    assert "hidden" not in line
