"""Engines that do as they are told, for tests of what wraps engines; none of them is real."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from translation.ports import NO_HINTS, PLAIN, Abilities, Hints, Manner, Rendering
from translation.values import Samples, Sound, Word

WORKS, HANGS = "works", "hangs"
Act = str | Exception
"""`works`, `hangs`, or what is raised."""


@dataclass
class Script:
    """What happens call by call; then `always`."""

    acts: list[Act] = field(default_factory=list)
    always: Act = WORKS
    calls: int = 0

    def next(self) -> Act:
        self.calls += 1
        return self.acts.pop(0) if self.acts else self.always


class ScriptedTranslator:
    """Says `name:es<we saw it>`."""

    def __init__(
        self,
        name: str,
        *acts: Act,
        always: Act = WORKS,
        into: Iterable[str] = ("es", "fr"),
        interim: bool = True,
    ) -> None:
        self.abilities = Abilities(name, "1", "none", frozenset({"en", *into}), interim=interim)
        self.script = Script(list(acts), always)
        self.closed = False
        self.hints: list[Hints] = []
        self._into = set(into)

    def supports(self, source: str, target: str) -> bool:
        return target in self._into

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        self.hints.append(hints)
        match self.script.next():
            case "hangs":
                await asyncio.sleep(3600)
            case Exception() as error:
                return dict.fromkeys(targets, error)
        said = self.abilities.name
        return {t: Rendering(f"{said}:{t}<{text}>", self.abilities.label) for t in targets}

    async def aclose(self) -> None:
        self.closed = True


class ScriptedVoice:
    """Speaks a second for every fifteen characters, in tenths. An act is read for each tenth."""

    def __init__(
        self, name: str, *acts: Act, always: Act = WORKS, speaks: Iterable[str] = ("es",),
        rate_hz: int = 16_000,
    ) -> None:  # fmt: skip
        self.abilities = Abilities(name, "1", "none", frozenset(speaks))
        self.script = Script(list(acts), always)
        self.texts: list[str] = []
        self._rate_hz = rate_hz

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        self.texts.append(text)
        for _ in range(max(1, round(10 * len(text) / 15 / speed))):
            match self.script.next():
                case "hangs":
                    await asyncio.sleep(3600)
                case Exception() as error:
                    raise error
            yield Sound(np.zeros(self._rate_hz // 10, np.int16), self._rate_hz)


class ScriptedRecogniser:
    """Hears a word for every second of sound: `name1`, `name2` ... An act is read for each call."""

    def __init__(self, name: str, *acts: Act, always: Act = WORKS) -> None:
        self.abilities = Abilities(name, "1", "none", frozenset({"en"}))
        self.script = Script(list(acts), always)

    def open(self, *, terms: Sequence[str] = ()) -> "ScriptedHearing":
        return ScriptedHearing(self)


class ScriptedHearing:
    def __init__(self, recogniser: ScriptedRecogniser) -> None:
        self._recogniser = recogniser
        self._samples = 0

    def push(self, samples: Samples) -> None:
        self._act()
        self._samples += len(samples)

    def hypothesis(self) -> list[Word]:
        self._act()
        name = self._recogniser.abilities.name
        return [
            Word(f"{name}{second + 1}", second, second + 1)
            for second in range(self._samples // 16_000)
        ]

    def finish(self) -> list[Word]:
        return self.hypothesis()

    def _act(self) -> None:
        act = self._recogniser.script.next()
        if isinstance(act, Exception):
            raise act
