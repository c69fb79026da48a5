"""A translator whose renderings are laid beside their source: what looks wrong is done once more,
then by the faithful engine; the rendering with the lightest doubts is taken.

    LLM: "25 mg" -> "52 mg"   doubt: number   LLM again: "25 mg"    no doubt
    NLLB leaves a term out    doubt: term     NLLB again, with the term itself in the source

Interim captions are not checked: they are gone before a second try would come.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from translation.engines.duty import Duty, duty_of
from translation.engines.fallback import Link
from translation.engines.units import units_of
from translation.errors import InterpretError
from translation.path.faithful import Doubt, doubts, weight
from translation.path.glossary import (
    Required,
    TermHits,
    hits,
    kept_untranslated,
    required,
    with_wanted_terms,
)
from translation.path.numbers import in_words
from translation.ports import NO_HINTS, Abilities, Hints, Rendering, Translator


@dataclass(slots=True)
class Tally:
    """What came of the checks, for the control room and for evaluation."""

    sentences: int = 0
    retried: int = 0
    mended: int = 0
    by_faithful: int = 0
    doubtful: int = 0
    terms: TermHits = field(default_factory=TermHits)


class CheckedTranslator:
    """`others`: the chain's engines after the first, closed with it. What is still doubtful is
    given to the first of them that did not make it. `patience_s`: how long second tries may take
    together; what is there by then is chosen from, and nobody waits for the rest."""

    def __init__(
        self,
        engine: Translator,
        *,
        others: Sequence[Translator] = (),
        patience_s: float = 3.0,
    ) -> None:
        self._engine = engine
        self._others = others
        self._patience_s = patience_s
        self._links = {id(one): Link() for one in (engine, *others)}
        self.tally = Tally()
        in_words(1, "en")  # loads the languages of numbers now (0.3 s), not at the first sentence

    @property
    def abilities(self) -> Abilities:
        return self._engine.abilities

    def duty(self, language: str = "") -> Duty:
        return duty_of(self._engine, language)

    @property
    def units(self) -> dict[str, float]:
        """`others` are of the chain."""
        return units_of(self._engine)

    def supports(self, source: str, target: str) -> bool:
        return self._engine.supports(source, target)

    async def aclose(self) -> None:
        for link in self._links.values():
            await link.aclose()
        await self._engine.aclose()

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        made = await self._engine.translate(text, source=source, targets=targets, hints=hints)
        if hints.interim:
            return made
        sentence = _Sentence(text, source, hints)
        best = {
            target: sentence.weighed(target, one)
            for target, one in made.items()
            if isinstance(one, Rendering) and target != source
        }
        first = {target: one.doubts for target, one in best.items()}
        if doubtful := _doubtful(best):
            until_s = asyncio.get_running_loop().time() + self._patience_s
            self.tally.retried += len(doubtful)
            await self._try(self._engine, sentence, doubtful, best, until_s)
            left = set(doubtful)
            for one in self._others:
                mine = [t for t in _doubtful(best) if t in left and not _made_by(one, best[t])]
                mine = [target for target in mine if one.supports(source, target)]
                left.difference_update(mine)
                self.tally.by_faithful += await self._try(one, sentence, mine, best, until_s)
        self._count(first, best)
        return {**made, **best}

    async def _try(
        self,
        engine: Translator,
        sentence: "_Sentence",
        targets: Sequence[str],
        best: dict[str, Rendering],
        until_s: float,
    ) -> int:
        """Puts better renderings in place of doubtful ones; how many. Targets that are made of the
        same text are asked for together."""
        link = self._links[id(engine)]
        texts: dict[str, list[str]] = defaultdict(list)
        for target in targets:
            texts[sentence.text_for(target, best[target], engine)].append(target)

        async def ask(text: str, mine: Sequence[str]) -> Mapping[str, Rendering | Exception]:
            hints = replace(sentence.hints, doubts={t: best[t].doubts for t in mine})
            return await engine.translate(text, source=sentence.source, targets=mine, hints=hints)

        loop, better = asyncio.get_running_loop(), 0
        for text, mine in texts.items():
            if not link.allows(loop.time()) or until_s <= loop.time():
                break
            try:
                made = await link.within(until_s - loop.time(), ask(text, mine))
            except InterpretError as error:
                link.note(error, loop.time())
                continue
            link.note(None, loop.time())
            better += sum(_take(sentence, target, one, best) for target, one in made.items())
        return better

    def _count(self, first: Mapping[str, Sequence[str]], best: Mapping[str, Rendering]) -> None:
        tally = self.tally
        tally.sentences += len(best)
        for target, one in best.items():
            tally.mended += weight(one.doubts) < weight(first[target])
            tally.doubtful += bool(one.doubts)
            tally.terms += TermHits(one.terms, one.terms_kept)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    source: str
    hints: Hints

    def text_for(self, target: str, made: Rendering, engine: Translator) -> str:
        """An engine that knows no glossary is given the wanted terms in the source itself."""
        if Doubt.TERM in made.doubts and not engine.abilities.glossary:
            return with_wanted_terms(self.text, self.terms(target), self.source)
        return self.text

    def terms(self, target: str) -> tuple[Required, ...]:
        return required(self.hints.concepts, self.source, target)

    def weighed(self, target: str, made: Rendering) -> Rendering:
        """With its doubts, and with terms put right that were left in the source's words."""
        terms = self.terms(target)
        text = kept_untranslated(made.text, terms, self.text)
        found = doubts(self.text, text, self.source, target, terms)
        counted = hits(text, terms)
        return replace(
            made,
            text=text,
            doubts=tuple(str(doubt) for doubt in found),
            terms=counted.asked,
            terms_kept=counted.kept,
        )


def _doubtful(best: Mapping[str, Rendering]) -> list[str]:
    return [target for target, one in best.items() if one.doubts]


def _made_by(engine: Translator, made: Rendering) -> bool:
    """`Apertium 3.8.3 (eng-spa)` is by Apertium 3.8.3."""
    return made.engine.startswith(engine.abilities.label)


def _take(
    sentence: _Sentence, target: str, made: Rendering | Exception, best: dict[str, Rendering]
) -> bool:
    """Takes a rendering that raises lighter doubts than the one there is."""
    if isinstance(made, Exception):
        return False
    weighed = sentence.weighed(target, made)
    if weight(weighed.doubts) >= weight(best[target].doubts):
        return False
    best[target] = weighed
    return True
