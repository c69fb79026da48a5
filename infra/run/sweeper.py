"""Ends whatever is left of a run, however the run ended: `python sweeper.py MARK`.

Every part carries `INTERPRET_RUN=<mark>` in its environment, and so does all it ever starts
(Celery's children, Apertium, in whatever process group they are). This process watches the
manager that started it. A byte on standard input says that the manager is ending the parts
itself: what outlives the grace is killed. A manager that vanished without a word has ended
nothing: its parts are asked first, then killed.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

MARK = "INTERPRET_RUN"
GRACE_S = 5.0
POLL_S = 0.2


def main(mark: str) -> None:
    manager = os.getppid()
    told = False
    while not told and os.getppid() == manager:
        told = bool(select.select([sys.stdin], [], [], POLL_S)[0])
    if not told:
        send(signal.SIGTERM, mark)
    end = time.monotonic() + GRACE_S
    while any(marked(mark)) and time.monotonic() < end:
        time.sleep(POLL_S)
    while any(marked(mark)):
        send(signal.SIGKILL, mark)
        time.sleep(POLL_S)


def send(number: signal.Signals, mark: str) -> None:
    for pid in marked(mark):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def marked(mark: str) -> Iterator[int]:
    """Processes of the run; none where there is no /proc (there, process groups must do)."""
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # gone meanwhile, or not ours to read
            continue
        if wanted in variables:
            yield int(folder.name)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    main(sys.argv[1])
