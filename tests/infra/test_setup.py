"""The other steps of `make setup`, and `make clean`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.infra.machine import Machine
from tests.servers import ROOT

# What has to be there


def with_languages(machine: Machine, *, node: str = "v20.19.0", go: str = "go1.26.8") -> None:
    machine.stub("python3.11", "echo /usr/bin/python3.11")
    machine.stub("npm", "exit 0")
    machine.stub("node", f"echo {node.removeprefix('v')}")
    machine.stub("go", f'[ "$2" = GOVERSION ] && echo {go} || echo local')


def complaints(done: "subprocess.CompletedProcess[str]") -> list[str]:
    return [line.removeprefix("setup: ") for line in done.stderr.splitlines()]


@pytest.mark.parametrize("node", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"])
def test_a_node_that_vite_runs_on_is_enough(machine: Machine, node: str) -> None:
    with_languages(machine, node=node)
    assert complaints(machine.run("prerequisites")) == []


@pytest.mark.parametrize("node", ["v18.20.8", "v20.9.0", "v20.18.3", "v21.7.3", "v22.11.0"])
def test_an_older_node_is_told(machine: Machine, node: str) -> None:
    with_languages(machine, node=node)
    done = machine.run("prerequisites")
    assert done.returncode == 1
    assert complaints(done) == [
        f"Node.js {node[1:]} is too old: install Node 20.19 or later of 20, or 22.12 or later,"
        " with npm (nodejs.org)."
    ]


@pytest.mark.parametrize(("go", "toolchain"), [("go1.26", "local"), ("go1.21.3", "auto")])
def test_a_go_that_builds_livekit_or_fetches_one_that_does_is_enough(
    machine: Machine, go: str, toolchain: str
) -> None:
    with_languages(machine)
    machine.stub("go", f'[ "$2" = GOVERSION ] && echo {go} || echo {toolchain}')
    assert complaints(machine.run("prerequisites")) == []


@pytest.mark.parametrize("go", ["go1.19.8", "go1.25.1"])
def test_an_older_go_is_told(machine: Machine, go: str) -> None:
    with_languages(machine, go=go)
    done = machine.run("prerequisites")
    assert done.returncode == 1
    assert complaints(done) == [
        f"Go {go[2:]} is too old: install Go 1.26 or later (go.dev/dl), or put livekit-server"
        " 1.13.5 on PATH."
    ]


def test_a_livekit_server_makes_go_unnecessary(machine: Machine) -> None:
    with_languages(machine, go="go1.19.8")
    machine.stub("livekit-server", "echo livekit-server version 1.14.0")
    assert complaints(machine.run("prerequisites")) == []


def test_an_older_livekit_server_does_not(machine: Machine) -> None:
    with_languages(machine)
    machine.lacks("go")
    machine.stub("livekit-server", "echo livekit-server version 1.13.4")
    (complaint,) = complaints(machine.run("prerequisites"))
    assert complaint.startswith("Go is missing:")


def test_everything_that_is_missing_is_told_at_once(machine: Machine) -> None:
    done = machine.run("prerequisites")
    assert [line.split()[0] for line in complaints(done)] == ["Python", "Node.js", "Go"]


# Steps that do their work once


def test_livekit_is_built_once(machine: Machine) -> None:
    machine.stub("go", 'touch "$GOBIN/server"; chmod +x "$GOBIN/server"')
    for _ in range(2):
        assert machine.run("livekit_server").returncode == 0
    assert machine.calls("go") == ["install github.com/livekit/livekit-server/cmd/server@v1.13.5"]
    assert (machine.folder / "build/bin/livekit-server").exists()


def test_python_packages_are_installed_anew_when_their_list_changes(machine: Machine) -> None:
    machine.stub("uv", "mkdir -p .venv/bin; touch .venv/bin/python; chmod +x .venv/bin/python")
    requirements = machine.folder / "requirements.txt"
    requirements.write_text("django\n")
    for _ in range(2):
        assert machine.run("python_environment").returncode == 0
    requirements.write_text("django\nninja\n")
    assert machine.run("python_environment").returncode == 0
    installed = [call for call in machine.calls("uv") if call.startswith("pip")]
    assert len(installed) == 2


def test_the_frontend_is_built_anew_when_a_source_changes(machine: Machine) -> None:
    frontend = machine.folder / "frontend"
    frontend.mkdir()
    (frontend / "package-lock.json").write_text("{}")
    machine.stub(
        "npm",
        "mkdir -p frontend/node_modules build/frontend; touch build/frontend/listen.html",
    )
    for _ in range(2):
        assert machine.run("frontend_build").returncode == 0
    (frontend / "listen.html").write_text("<p>new</p>")
    assert machine.run("frontend_build").returncode == 0
    made = [call.split()[2] for call in machine.calls("npm")]
    assert made == ["ci", "run", "run"]


def test_a_download_that_fails_shows_its_last_words_and_a_remedy(machine: Machine) -> None:
    done = machine.run("download thing 'Fetching it' bash -c 'echo no route to host; exit 7'")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "    no route to host",
        "setup: Fetching it did not work (all of it in build/setup/thing.log).",
        "setup: If that reads like a network failure, connect this machine and run the same"
        " command again.",
    ]


def test_the_settings_are_written_once_with_secrets_for_the_owner_only(machine: Machine) -> None:
    shutil.copy(ROOT / ".env.example", machine.folder)
    python = machine.folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(shutil.which("python3") or "python3")
    assert machine.run("configuration").returncode == 0
    written = machine.folder / ".env"
    text = written.read_text()
    settings = dict(line.split("=", 1) for line in text.splitlines() if line[:1] not in ("#", ""))
    assert list(settings) == ["SECRET_KEY", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"]
    assert all(len(value) > 14 for value in settings.values())
    assert os.stat(written).st_mode & 0o777 == 0o600
    assert machine.run("configuration").stdout == ""
    assert written.read_text() == text


def test_clean_leaves_data_models_and_settings(tmp_path: Path) -> None:
    stays = {".env", "build/run/interpret.sqlite3", "build/models/whisper-tiny/model.bin"}
    for name in stays | {"build/bin/livekit-server", ".venv/bin/python", ".ruff_cache/file"}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    command = ["make", "--file", str(ROOT / "Makefile"), "clean"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    there = (path for path in tmp_path.rglob("*") if path.is_file())
    assert {str(path.relative_to(tmp_path)) for path in there} == stays
