"""`make setup`'s steps, on a machine whose programs are stubs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers import ROOT

TOOLS = (
    "awk", "bash", "cat", "chmod", "cksum", "cut", "env", "find", "grep", "head", "mkdir", "mv",
    "printf", "rm", "sed", "sha256sum", "sort", "tail", "touch", "tr", "xargs",
)  # fmt: skip
MODES = "eng-spa eng-cat es-pt es-fr spa-ita cat-fra"


class Machine:
    """A project's folder and a PATH with nothing on it but stubs and the tools of every system.
    A stub that is called says so in `calls`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bin = folder / "bin"
        self._bin.mkdir(parents=True)
        shutil.copytree(ROOT / "infra/setup", folder / "infra/setup")
        for name in TOOLS:
            found = shutil.which(name)
            assert found, name
            (self._bin / name).symlink_to(found)
        self.stub("id", "echo 0")
        for name in ("redis-server", "espeak-ng", "uv"):
            self.stub(name, "exit 0")
        self.stub("apertium", f"printf '  %s\\n' {MODES}")

    def stub(self, name: str, script: str) -> None:
        path = self._bin / name
        path.write_text(f'#!/bin/bash\necho "{name} $*" >>"{self.folder}/calls"\n{script}\n')
        path.chmod(0o755)

    def lacks(self, name: str) -> None:
        (self._bin / name).unlink()

    def run(self, step: str, *, scope: str = "run") -> "subprocess.CompletedProcess[str]":
        """One function of the steps, after all of them were read."""
        script = (
            "set -euo pipefail; for file in infra/setup/*.sh; do . $file; done;"
            f" scope={scope} python=python3 demo_talk={__file__} go_home=/nowhere; {step}"
        )
        return subprocess.run(
            [str(self._bin / "bash"), "-c", script],
            cwd=self.folder, env={"PATH": str(self._bin)}, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip

    def calls(self, program: str) -> list[str]:
        """What a stub was called with."""
        try:
            lines = (self.folder / "calls").read_text().splitlines()
        except FileNotFoundError:
            return []
        return [line.partition(" ")[2] for line in lines if line.startswith(f"{program} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "project")


def apt(machine: Machine) -> list[str]:
    """apt-get's calls without their options."""
    return [
        " ".join(word for word in call.split() if not word.startswith("-") and "::" not in word)
        for call in machine.calls("apt-get")
    ]


# Debian packages


def test_nothing_is_installed_where_nothing_is_missing(machine: Machine) -> None:
    machine.stub("apt-get", "exit 0")
    done = machine.run("packages")
    assert (done.returncode, done.stdout, apt(machine)) == (0, "", [])


def test_missing_packages_are_installed_after_the_list_was_refreshed(machine: Machine) -> None:
    """An image some weeks old knows them, in versions that the servers have no longer."""
    machine.stub("apt-get", "exit 0")
    machine.stub("apt-cache", "exit 0")
    machine.lacks("espeak-ng")
    machine.stub("apertium", "echo '  eng-spa'")
    assert machine.run("packages").returncode == 0
    pairs = "apertium-eng-cat apertium-es-pt apertium-fr-es apertium-spa-ita apertium-fra-cat"
    assert apt(machine) == ["update", f"install espeak-ng {pairs}"]


def test_a_source_that_does_not_answer_keeps_nothing_from_being_installed(machine: Machine) -> None:
    machine.stub("apt-get", '[[ "$*" != *update* ]]')
    machine.lacks("espeak-ng")
    assert machine.run("packages").returncode == 0
    assert apt(machine) == ["update", "install espeak-ng"]


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("E: Failed to fetch http://deb.debian.org/r.deb  404  Not Found", "package servers"),
        ("Err:1 Temporary failure resolving 'deb.debian.org'", "connect this machine"),
        ("E: Unable to locate package espeak-ng", "by hand"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "what apt-get complains of"),
    ],
)
def test_a_failed_installation_tells_the_remedy_that_fits(
    machine: Machine, words: str, remedy: str
) -> None:
    machine.stub("apt-get", f'[[ "$*" == *update* ]] || {{ echo "{words}"; exit 100; }}')
    machine.lacks("espeak-ng")
    done = machine.run("packages")
    assert done.returncode == 1
    shown, what, to_do = done.stderr.splitlines()
    assert shown == f"    {words}"
    assert what == (
        "setup: Installing Debian packages did not work (all of it in build/setup/apt.log)."
    )
    assert remedy in to_do


def test_without_apt_all_that_is_missing_is_named_with_its_purpose(machine: Machine) -> None:
    machine.lacks("redis-server")
    machine.lacks("espeak-ng")
    done = machine.run("demo_talk=/nowhere; packages")
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [
            "setup: This system has no apt-get; please install these by hand: redis-server (the"
            " session log and the tasks' queue), espeak-ng (speech).",
            "setup: Then run the same command again.",
        ],
    )


def test_without_root_or_sudo_the_command_for_root_is_told(machine: Machine) -> None:
    machine.stub("apt-get", "exit 0")
    machine.stub("id", "echo 1000")
    machine.lacks("espeak-ng")
    done = machine.run("packages")
    assert done.returncode == 1
    assert "apt-get install --no-install-recommends espeak-ng" in done.stderr
    assert apt(machine) == []


@pytest.mark.parametrize(
    ("browser", "installed"),
    [
        ("chromium", ["update", "install postgresql fonts-noto-core"]),
        ("chromium-browser", ["update", "install postgresql fonts-noto-core"]),
        ("google-chrome", ["update", "install postgresql chromium fonts-noto-core"]),
    ],
)
def test_the_tests_browser_is_one_that_they_start(
    machine: Machine, browser: str, installed: list[str]
) -> None:
    machine.stub("apt-get", "exit 0")
    machine.stub(browser, "exit 0")
    # This machine's own PostgreSQL and fonts do not count.
    machine.run("have_file() { [ $1 = $demo_talk ]; }; switch_service_off() { :; }; packages",
                scope="dev")  # fmt: skip
    assert apt(machine) == installed


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
