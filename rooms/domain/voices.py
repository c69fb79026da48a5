"""Whose voice a channel's listeners heard when, and where its captions are that voice's words."""

from bisect import bisect_right
from collections.abc import Iterable

from translation.values import Input, Interpreted, OnAir


class Voices:
    """The stretches between one language's changes of input."""

    def __init__(self, changes: Iterable[OnAir], heard: Iterable[Interpreted]) -> None:
        self._changes = sorted(changes, key=lambda change: change.since_s)
        self._since = [change.since_s for change in self._changes]
        self._recognised = {self._number(words.start_s) for words in heard}

    def voice(self, at_s: float) -> Input | None:
        """None before the first."""
        number = self._number(at_s)
        return self._changes[number].input if number >= 0 else None

    def in_own_words(self, at_s: float) -> bool:
        """An interpreter was on air, and what she said was recognised: nobody needs a machine's
        words of that time."""
        return self.voice(at_s) == Input.INTERPRETER and self._number(at_s) in self._recognised

    def _number(self, at_s: float) -> int:
        return bisect_right(self._since, at_s) - 1
