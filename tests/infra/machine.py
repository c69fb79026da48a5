"""A machine whose programs are stubs, for the steps of `make setup`."""

import shutil
import subprocess
from pathlib import Path

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
