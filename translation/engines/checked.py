"""A translator whose renderings are laid beside their source: what looks wrong is done once more,
then by the faithful engine; the rendering with the lightest doubts is taken.

    LLM: "25 mg" -> "52 mg"   doubt: number   LLM again: "25 mg"    no doubt
    NLLB leaves a term out    doubt: term     NLLB again, with the term itself in the source

Interim captions are not checked: they are gone before a second try would come.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from translation.engines.duty import Duty, duty_of
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

WORTH_A_RETRY = weight([Doubt.TERM])
"""A name alone is not: names are written anew too often."""


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
    """`faithful`: asked last about what is still doubtful; None where there is no other engine.
    `patience_s`: how long second tries may take together; what is there by then is chosen from."""

    def __init__(
        self,
        engine: Translator,
        *,
        faithful: Translator | None = None,
        patience_s: float = 3.0,
    ) -> None:
        self._engine = engine
        self._faithful = faithful
        self._patience_s = patience_s
        self.tally = Tally()
        in_words(1, "en")  # loads the languages of numbers now (0.3 s), not at the first sentence

    @property
    def abilities(self) -> Abilities:
        return self._engine.abilities

    def duty(self, language: str = "") -> Duty:
        return duty_of(self._engine, language)

    def supports(self, source: str, target: str) -> bool:
        return self._engine.supports(source, target)

    async def aclose(self) -> None:
        await self._engine.aclose()
        if self._faithful is not None:
            await self._faithful.aclose()

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
        if any(weight(found) >= WORTH_A_RETRY for found in first.values()):
            try:
                async with asyncio.timeout(self._patience_s):
                    await self._mend(sentence, best)
            except TimeoutError:
                pass  # the best there is will do
        self._count(first, best)
        return {**made, **best}

    async def _mend(self, sentence: "_Sentence", best: dict[str, Rendering]) -> None:
        """Puts a better rendering in place of a doubtful one, as soon as it is there."""
        if doubtful := _doubtful(best):
            self.tally.retried += len(doubtful)
            async with asyncio.TaskGroup() as group:
                for target in doubtful:
                    group.create_task(self._retry(sentence, target, best))
        if self._faithful is not None and (doubtful := _doubtful(best)):
            made = await self._faithful.translate(
                sentence.text, source=sentence.source, targets=doubtful, hints=sentence.hints
            )
            for target, one in made.items():
                if _take(sentence, target, one, best):
                    self.tally.by_faithful += 1

    async def _retry(self, sentence: "_Sentence", target: str, best: dict[str, Rendering]) -> None:
        """An engine that knows no glossary is given the wanted terms in the source itself."""
        found = best[target].doubts
        text = sentence.text
        if Doubt.TERM in found and not self._engine.abilities.glossary:
            text = with_wanted_terms(text, sentence.terms(target), sentence.source)
        hints = replace(sentence.hints, doubts={target: found})
        made = await self._engine.translate(
            text, source=sentence.source, targets=[target], hints=hints
        )
        _take(sentence, target, made[target], best)

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
    return [target for target, one in best.items() if weight(one.doubts) >= WORTH_A_RETRY]


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
