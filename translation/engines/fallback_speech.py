"""A chain of speech engines: where one breaks off in the middle of a clause, the next one says the
rest of it.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from translation.audio import resample
from translation.engines.duty import NOBODY, Duty, ready, said_by, those_that_rest, voice_of
from translation.engines.fallback import Link
from translation.engines.units import units_of
from translation.errors import EngineError, EngineMissing, InterpretError
from translation.languages import UNSPACED, said_in_s
from translation.languages import language as known_language
from translation.path.words_of import placed_words
from translation.ports import PLAIN, Abilities, Manner, Synthesiser
from translation.values import Sound


class FallbackSynthesiser:
    """`first_s`: how long to wait for the first sound of a clause, `next_s` for each further one.

    Each sound names the engine that made it. `abilities`: of the engine that spoke last; the
    languages are those of all.
    """

    def __init__(
        self,
        engines: Sequence[Synthesiser],
        *,
        first_s: float = 1.5,
        next_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not engines:
            raise EngineMissing("a chain of speech engines is empty; name one")
        self._chain = [(engine, Link()) for engine in engines]
        self._first_s = first_s
        self._next_s = next_s
        self._clock = clock
        self._served = engines[0]

    @property
    def abilities(self) -> Abilities:
        languages = (engine.abilities.languages for engine, _ in self._chain)
        return replace(self._served.abilities, languages=frozenset().union(*languages))

    def duty(self, language: str) -> Duty:
        """Among those that speak the language."""
        now_s = self._clock()
        able = [one for one in self._chain if language in one[0].abilities.languages]
        if not able:
            return NOBODY
        resting = those_that_rest(
            (engine.abilities.label, link.rest(now_s)) for engine, link in able
        )
        return Duty(self._on_duty(language).abilities.label, resting, chained=True)

    def voice(self, language: str, manner: Manner) -> str:
        """Of the engine on duty."""
        return voice_of(self._on_duty(language), language, manner)

    def _on_duty(self, language: str) -> Synthesiser:
        able = [one for one in self._chain if language in one[0].abilities.languages]
        fit = [engine for engine, link in able or self._chain if link.breaker.closed]
        return (fit or [engine for engine, _ in able or self._chain][-1:])[0]

    @property
    def units(self) -> dict[str, float]:
        return units_of(*(engine for engine, _ in self._chain))

    async def ready(self, language: str, manner: Manner) -> None:
        """All of them, as far as they can: whoever is next begins as quickly."""
        for engine, _ in self._chain:
            if language in engine.abilities.languages:
                with suppress(InterpretError):
                    await ready(engine, language, manner)

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """All at the rate of the first sound. Raises the last engine's error where none could."""
        able = [one for one in self._chain if language in one[0].abilities.languages]
        error: InterpretError = EngineMissing(f"no engine of the chain speaks “{language}”")
        rate_hz = 0
        for engine, link in able:
            if not link.allows(self._clock()) and engine is not able[-1][0]:
                continue
            heard_s = 0.0
            try:
                async for sound in self._said(engine, link, text, language, speed, manner):
                    heard_s += sound.duration_s
                    self._served = engine
                    rate_hz = rate_hz or sound.rate_hz
                    same = sound if sound.rate_hz == rate_hz else resample(sound, rate_hz)
                    yield replace(same, engine=sound.engine or said_by(engine, language, manner))
                link.note(None, self._clock())
                return
            except InterpretError as failure:
                link.note(failure, self._clock())
                error = failure
                text = unspoken(text, heard_s, language=language, speed=speed)
                if not text:
                    return
        raise error if isinstance(error, EngineError) else EngineMissing(str(error))

    async def aclose(self) -> None:
        for engine, link in self._chain:
            await link.aclose()
            await close(engine)

    async def _said(
        self,
        engine: Synthesiser,
        link: Link,
        text: str,
        language: str,
        speed: float,
        manner: Manner,
    ) -> AsyncGenerator[Sound, None]:
        sounds = engine.speak(text, language=language, speed=speed, manner=manner)
        wait_s = self._first_s
        try:
            while True:
                sound = await link.within(wait_s, _next(sounds))
                if sound is None:
                    return
                yield sound
                wait_s = self._next_s
        finally:
            await close_sounds(sounds)


async def close(engine: object) -> None:
    """Ends what an engine keeps open; most keep nothing."""
    if (aclose := getattr(engine, "aclose", None)) is not None:
        await aclose()


async def _next(sounds: AsyncIterator[Sound]) -> Sound | None:
    return await anext(sounds, None)


async def close_sounds(sounds: AsyncIterator[Sound]) -> None:
    """Where it is still at work, its late call ends it."""
    if isinstance(sounds, AsyncGenerator) and not sounds.ag_running:  # type: ignore[attr-defined]
        await asyncio.shield(sounds.aclose())


def unspoken(text: str, heard_s: float, *, language: str, speed: float) -> str:
    """What is left of a clause of which so much was heard, from the word that was being said: a
    guess by its length.

    "we have seen it today", 0.7 s  ->  "seen it today"
    "我们今天看到了它", 0.7 s        ->  "天看到了它"
    """
    said = int(len(text) * heard_s * speed / (said_in_s(text, language) or 1.0))
    if said >= len(text):
        return ""
    if known_language(language).plain in UNSPACED:
        starts = [word.start for word in placed_words(text) if word.start <= said]
        return text[starts[-1] :] if starts else text
    return text[text.rfind(" ", 0, said + 1) + 1 :] if said > 0 else text
