"""Whose voice a channel's listeners heard when, and where its captions are that voice's words."""

from bisect import bisect_right
from collections.abc import Iterable

from translation.values import Entry, Input, Interpreted, OnAir, Stage, Trouble

EAR_KINDS = ("interpreted", "trouble")


class Voices:
    """The stretches between one language's changes of input. `heard`: what its interpreters were
    recognised to say, and when their recogniser failed."""

    def __init__(self, changes: Iterable[OnAir], heard: Iterable[Interpreted | Trouble]) -> None:
        self._changes = sorted(changes, key=lambda change: change.since_s)
        self._since = [change.since_s for change in self._changes]
        self._recognised: set[int] = set()
        self._unheard: list[tuple[float, float]] = []
        failed_s: float | None = None
        for entry in heard:
            match entry:
                case Interpreted():
                    self._recognised.add(self._number(entry.start_s))
                case Trouble() if entry.message:
                    failed_s = entry.at_s if failed_s is None else failed_s
                case Trouble() if failed_s is not None:
                    self._unheard.append((failed_s, entry.at_s))
                    failed_s = None
        if failed_s is not None:
            self._unheard.append((failed_s, float("inf")))

    def voice(self, at_s: float) -> Input | None:
        """None before the first."""
        number = self._number(at_s)
        return self._changes[number].input if number >= 0 else None

    def in_own_words(self, at_s: float) -> bool:
        """An interpreter was on air, and what she said was recognised: nobody needs a machine's
        words of that time."""
        human = self.voice(at_s) == Input.INTERPRETER
        unheard = any(since_s <= at_s < until_s for since_s, until_s in self._unheard)
        return human and self._number(at_s) in self._recognised and not unheard

    def _number(self, at_s: float) -> int:
        return bisect_right(self._since, at_s) - 1


def of_the_ear(entries: Iterable[Entry], language: str) -> list[Interpreted | Trouble]:
    """Of the entries those that say what a language's interpreters were recognised to say."""
    return [
        entry
        for entry in entries
        if (isinstance(entry, Interpreted) and entry.language == language)
        or (
            isinstance(entry, Trouble)
            and (entry.stage, entry.language) == (Stage.RECOGNISE, language)
        )
    ]
