"""How a failure that does not come again is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.slow

STORY = """
from pathlib import Path

def test_that_passes_when_repeated():
    again = Path("begun").exists()
    Path("begun").touch()
    assert again

def test_that_fails_always():
    assert False

def test_that_passes_always():
    pass
"""


def run(folder: Path, *command: str) -> int:
    environment = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    environment |= {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, check=False
    )
    return done.returncode


def test_what_fails_once_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text(STORY)
    assert run(tmp_path, "pytest", "test_story.py") == 1
    assert run(tmp_path, "tests.again", "repeated.txt") == 1
    repeated = (tmp_path / "repeated.txt").read_text()
    assert repeated == "test_story.py::test_that_passes_when_repeated\n"


def test_without_a_failure_there_is_nothing_to_repeat(tmp_path: Path) -> None:
    assert run(tmp_path, "tests.again", "repeated.txt") == 1
    assert not (tmp_path / "repeated.txt").exists()
