"""Starts every part and keeps the terminal.

The order: settings, ports, migration, parts; then, while they come up, the demo event; at last
a banner with the addresses. It ends with all it started when asked to or when a part dies.
"""

import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from threading import Event, Thread

from honcho import manager

from infra.run import sweeper
from infra.run.database import migrate
from infra.run.parts import chosen_parts, environment
from infra.run.ready import announce
from infra.run.screen import Screen, say
from infra.run.talk import talk_of
from interpret.env import ROOT, env

manager.KILL_WAIT = 3  # seconds from the first part's end to the last one's; honcho's own is 5


class Parts(manager.Manager):  # type: ignore[misc]  # honcho has no types
    """Honcho's manager; knows who died first, and tells when the ending begins."""

    def __init__(
        self, commands: dict[str, str], *, environment: dict[str, str], log_folder: Path
    ) -> None:
        self._screen = Screen(log_folder)
        super().__init__(self._screen)
        self.died: list[str] = []
        self.ending = Event()
        self._announcer: Thread | None = None
        self._sweeper = subprocess.Popen(
            [sys.executable, sweeper.__file__, environment[sweeper.MARK]],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches the terminal's group; this must outlive it
        )
        for name, command in commands.items():
            self.add_process(name, command, env=environment, cwd=ROOT)

    def run(self, announcer: Thread) -> None:
        self._announcer = announcer
        try:
            self.loop()
        finally:
            self._sweep()
            self._sweeper.wait()
            self._screen.close()

    def _start(self) -> None:
        super()._start()
        assert self._announcer  # noqa: S101 - set by run(); started only after honcho's forks
        self._announcer.start()

    def terminate(self) -> None:
        if not self.ending.is_set():
            self.ending.set()
            self.died = [name for name, part in self._processes.items() if "returncode" in part]
            say("Ending everything that was started ...")
            self._screen.silent = True  # parts complain when others go before them
            self._sweep()
        super().terminate()

    def _sweep(self) -> None:
        if self._sweeper.stdin and not self._sweeper.stdin.closed:
            self._sweeper.stdin.write(b".")
            self._sweeper.stdin.close()


def main() -> int:
    arguments = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    arguments.add_argument(
        "--talk", nargs="+", default=[], type=Path, metavar="SOUND", help="put these on the floor"
    )
    arguments.add_argument("--bare", action="store_true", help="no demo event, nobody speaks")
    arguments.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "run", help="state and logs; %(default)s"
    )
    given = arguments.parse_args()
    folder, demo = given.folder.resolve(), not given.bare
    folder.mkdir(parents=True, exist_ok=True)
    settings = env()
    talk = talk_of(given.talk) if demo else []
    commands = chosen_parts(settings, folder=folder, talk=talk)
    migrate()
    parts = Parts(commands, environment=environment(settings, folder), log_folder=folder / "log")
    told = {"folder": folder, "demo": demo, "talk": bool(talk)}
    parts.run(Thread(target=announce, args=(settings, parts), kwargs=told, daemon=True))
    for name in parts.died:
        log = folder / "log" / f"{name}.log"
        say(f"{name} ended by itself, so everything was ended; what it said is in {log}")
    return int(parts.returncode or 0) if parts.died else 0


if __name__ == "__main__":
    sys.exit(main())
