"""A translation engine for tests, not a translator: `es<we saw it>`. Languages can be broken."""

from collections.abc import Iterable, Mapping, Sequence

from translation.errors import EngineBroken
from translation.ports import NO_HINTS, Abilities, Hints, Rendering


def rendered(text: str, language: str) -> str:
    return f"{language}<{text}>"


class Words:
    """A `Translator`."""

    abilities = Abilities("words", "1", "Apache-2.0")

    def __init__(self, broken: Iterable[str] = (), error: Exception | None = None) -> None:
        self.broken = set(broken)
        self.closed = False
        self._error = error or EngineBroken("the engine for this pair crashed; it is restarted")

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        return {
            target: self._error
            if target in self.broken
            else Rendering(rendered(text, target), self.abilities.label)
            for target in targets
        }

    def supports(self, source: str, target: str) -> bool:
        return source != target

    async def aclose(self) -> None:
        self.closed = True
