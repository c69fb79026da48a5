"""Engines of an install's own, named by their dotted paths, which raise what they like."""

from collections.abc import AsyncIterator, Mapping, Sequence

import numpy as np

from translation.ports import NO_HINTS, PLAIN, Abilities, Hints, Manner, Rendering
from translation.values import Samples, Sound, Word

BAD = "bad"
"""They fail on this word."""


class OwnVoice:
    """A `Synthesiser`."""

    abilities = Abilities("own voice", "1", "none", frozenset({"es"}))

    def __init__(self) -> None:
        self.closed = False
        self.units = {"calls": 2.0}

    def voice(self, language: str, manner: Manner) -> str:
        return f"{language}-{manner.gender}"

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        if text == BAD:
            raise ValueError(f"cannot say {text}")
        yield Sound(np.ones(240, np.int16), 24_000)

    async def aclose(self) -> None:
        self.closed = True


class OwnTranslator:
    """A `Translator`."""

    abilities = Abilities("own translator", "1", "none")

    def __init__(self) -> None:
        self.closed = False
        self.units = {"calls": 2.0}

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        if text == BAD:
            raise OSError(f"cannot fork for {text}")
        return {target: Rendering(text, "own translator 1") for target in targets}

    def supports(self, source: str, target: str) -> bool:
        return source != target

    async def aclose(self) -> None:
        self.closed = True


class OwnEar:
    """A `Recogniser` and its stream: fails when it is asked for words of loud sound."""

    LANGUAGES = frozenset({"en"})

    def __init__(self, language: str) -> None:
        self.abilities = Abilities("own ear", "1", "none", self.LANGUAGES)
        self.closed = False
        self.units = {"calls": 2.0}
        self._loud = False

    def open(self, *, terms: Sequence[str] = ()) -> "OwnEar":
        return self

    def push(self, samples: Samples) -> None:
        self._loud = bool(samples.any())

    def hypothesis(self) -> list[Word]:
        if self._loud:
            raise KeyError("no such word")
        return []

    def finish(self) -> list[Word]:
        return self.hypothesis()

    def close(self) -> None:
        self.closed = True
