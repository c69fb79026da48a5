"""Tables of README.md that a command writes, each between two marks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interpret.env import ROOT

README = ROOT / "README.md"


@dataclass(frozen=True)
class ReadmeTable:
    """`command`: whose `--write` puts it there. `table`: as Markdown."""

    command: str
    table: Callable[[], str]

    @property
    def begin(self) -> str:
        return f"<!-- {self.command}: `manage.py {self.command} --write` -->"

    @property
    def end(self) -> str:
        return f"<!-- end of {self.command} -->"

    def written(self, readme: Path = README) -> str:
        """The README with the table as it is now between its two marks."""
        before, begin, rest = readme.read_text(encoding="utf-8").partition(self.begin)
        _, end, after = rest.partition(self.end)
        if not begin or not end:
            raise SystemExit(f"{readme.name} has no place for the table: {self.begin} … {self.end}")
        return f"{before}{begin}\n\n{self.table()}\n\n{end}{after}"

    def write(self) -> None:
        README.write_text(self.written(), encoding="utf-8")

    @property
    def why_outdated(self) -> str:
        """ "" where README.md is up to date."""
        if README.read_text(encoding="utf-8") == self.written():
            return ""
        return f"README.md is out of date: run manage.py {self.command} --write"
