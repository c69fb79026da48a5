"""A translator whose engine knows no glossary, made to leave alone what must not be translated.

    "Windows is slow"  ->  "QXA is slow"  ->  "QXA es lento"  ->  "Windows es lento"

Such a term goes through as a word that the engine copies (`Abilities.masks`). A target in which it
did not come through is made again from the text as it was said.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from translation.engines.duty import Duty, duty_of
from translation.engines.units import units_of
from translation.languages import language as known_language
from translation.path.glossary import Required, places, put_into, required
from translation.path.words_of import LATIN, same_noun
from translation.ports import NO_HINTS, Abilities, Hints, Rendering, Translator


class KeepingTranslator:
    """An engine that has a glossary of its own is asked as it is."""

    def __init__(self, engine: Translator) -> None:
        self.engine = engine

    @property
    def abilities(self) -> Abilities:
        return self.engine.abilities

    def duty(self, language: str = "") -> Duty:
        return duty_of(self.engine, language)

    @property
    def units(self) -> dict[str, float]:
        return units_of(self.engine)

    def supports(self, source: str, target: str) -> bool:
        return self.engine.supports(source, target)

    async def aclose(self) -> None:
        await self.engine.aclose()

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        ask = partial(self.engine.translate, source=source, hints=hints)
        if not hints.concepts or self.abilities.glossary:
            return await ask(text, targets=targets)
        alike: dict[Masked, list[str]] = defaultdict(list)
        for target in targets:
            terms = required(hints.concepts, source, target)
            alike[masked(text, terms, source, self.abilities.masks)].append(target)
        made: dict[str, Rendering | Exception] = {}
        for one, mine in alike.items():
            answers = await ask(one.text, targets=mine)
            made.update({target: one.restored(answer) for target, answer in answers.items()})
        if lost := [target for target in targets if made[target] is _LOST]:
            made.update(await ask(text, targets=lost))
        return {target: made[target] for target in targets}


_LOST = LookupError("a mask did not come through")


@dataclass(frozen=True, slots=True)
class Masked:
    """`kept`: each mask that stands in the text, and what it stands for."""

    text: str
    kept: tuple[tuple[str, str], ...] = ()

    def restored(self, made: Rendering | Exception) -> Rendering | Exception:
        """Whatever came back, with its terms; `_LOST` where one of them is not there."""
        if isinstance(made, Exception):
            return made
        instead = []
        for mask, term in self.kept:
            alone = rf"(?<![{LATIN}\d]){mask}(?![{LATIN}\d])"
            found = [match.span() for match in re.finditer(alone, made.text, re.IGNORECASE)]
            if not found:
                return _LOST
            instead += [(span, term) for span in found]
        return replace(made, text=put_into(made.text, instead))


def masked(text: str, terms: Sequence[Required], source: str, masks: Sequence[str]) -> Masked:
    """With a mask in the place of every term that stays as it is."""
    same = partial(same_noun, language=known_language(source).plain)
    free = iter([mask for mask in masks if mask.casefold() not in text.casefold()])
    kept, instead = [], []
    for term in terms:
        spans = places(text, term.said, same) if term.said == term.wanted else []
        if spans and (mask := next(free, "")):
            kept.append((mask, term.wanted))
            instead += [(span, mask) for span in spans]
    text = put_into(text, instead)
    return Masked(text, tuple((mask, term) for mask, term in kept if mask in text))
