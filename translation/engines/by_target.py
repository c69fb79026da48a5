"""One translator of several: each serves the languages that it was chosen for."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from translation.engines.duty import Duty, duty_of
from translation.errors import PairUnsupported
from translation.ports import NO_HINTS, Abilities, Hints, Rendering, Translator


def by_target(chosen: Mapping[str, Translator]) -> Translator:
    """Of at least one; where one serves all, that one."""
    first, *others = chosen.values()
    return first if all(one is first for one in others) else ByTarget(chosen)


class ByTarget:
    """`chosen`: target -> its translator. They belong to whoever made them: `aclose` closes none.

    en -> es, fr, cy    LLM: es, fr    NLLB: cy    both at once
    """

    def __init__(self, chosen: Mapping[str, Translator]) -> None:
        self._chosen = chosen

    @property
    def all(self) -> list[Translator]:
        """Each once."""
        return list({id(one): one for one in self._chosen.values()}.values())

    @property
    def abilities(self) -> Abilities:
        """Of the first; what any of them can do."""
        each = [one.abilities for one in self.all]
        return replace(
            each[0],
            languages=frozenset().union(*(one.languages for one in each)),
            context=max(one.context for one in each),
            interim=any(one.interim for one in each),
        )

    def duty(self, language: str = "") -> Duty:
        each = [duty_of(one) for one in self.all]
        resting = {name: rest for duty in each for name, rest in duty.resting.items()}
        serving = ", ".join(dict.fromkeys(duty.serving for duty in each))
        return Duty(serving, resting, chained=True)

    def supports(self, source: str, target: str) -> bool:
        return target in self._chosen and self._chosen[target].supports(source, target)

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        results: dict[str, Rendering | Exception] = {
            target: PairUnsupported(f"no engine that can was chosen for “{target}”")
            for target in targets
        }
        async with asyncio.TaskGroup() as group:
            asked = [
                group.create_task(one.translate(text, source=source, targets=mine, hints=hints))
                for one in self.all
                if (mine := [t for t in targets if self._chosen.get(t) is one])
                and (one.abilities.interim or not hints.interim)
            ]
        for task in asked:
            results.update(task.result())
        return results

    async def aclose(self) -> None:
        return
