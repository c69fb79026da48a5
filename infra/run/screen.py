"""What the parts say: all of it in a file each, on the screen what looks like trouble, and of
that no more than can be read."""

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from honcho.manager import SYSTEM_PRINTER_NAME
from honcho.printer import Message, Printer

BURST_LINES = 6
LINES_PER_S = 0.5
TROUBLE = re.compile(r"\b(warn|warning|error|critical|fatal|panic|traceback)\b", re.IGNORECASE)
FILE_ONLY = {"redis"}  # greets and advises at every start


def say(text: str) -> None:
    """The run's own words."""
    print(text, flush=True)  # noqa: T201 - this is where the screen is written


def readable(line: str) -> str:
    """A line as it goes on the screen; "" where it is of no concern. Structured ones as words:

    {"event": "lost Redis", "level": "error", "logger": "jobs"} -> error: lost Redis (jobs)
    """
    try:
        said = json.loads(line)
        level, event, logger = said["level"], said["event"], said["logger"]
    except (ValueError, KeyError, TypeError):
        return line if TROUBLE.search(line) else ""
    return f"{level}: {event} ({logger})" if TROUBLE.search(level) else ""


@dataclass(slots=True)
class Allowance:
    """How many lines of one part may still be shown: a bucket that fills slowly."""

    lines: float = BURST_LINES
    asked_s: float = 0.0
    withheld: int = 0

    def allows(self, now_s: float) -> bool:
        self.lines = min(BURST_LINES, self.lines + (now_s - self.asked_s) * LINES_PER_S)
        self.asked_s = now_s
        if self.lines < 1:
            self.withheld += 1
            return False
        self.lines -= 1
        return True


class Screen(Printer):  # type: ignore[misc]  # honcho has no types
    """Honcho's printer with a log file per part in `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.silent = False
        self._files: dict[str, IO[bytes]] = {}
        self._allowances: dict[str, Allowance] = {}

    def log_of(self, part: str) -> Path:
        return self._folder / f"{part}.log"

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def write(self, message: Message) -> None:
        if message.name == SYSTEM_PRINTER_NAME:
            return  # "web started (pid=4711)", seven times
        self._keep(message)
        if self.silent or message.name in FILE_ONLY:
            return
        line = readable(message.data.decode("utf-8", "replace").rstrip())
        if not line:
            return
        allowance = self._allowances.setdefault(message.name, Allowance())
        if not allowance.allows(time.monotonic()):
            return
        if allowance.withheld:
            note = f"... {allowance.withheld} more lines in {self.log_of(message.name)}\n"
            super().write(message._replace(data=note))
            allowance.withheld = 0
        super().write(message._replace(data=line))

    def _keep(self, message: Message) -> None:
        if message.name not in self._files:
            path = self.log_of(message.name)
            if path.exists():
                path.replace(path.with_suffix(".log.old"))
            self._files[message.name] = path.open("wb", buffering=0)
        self._files[message.name].write(message.data)
