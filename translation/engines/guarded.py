"""An engine, alone or in a chain: whatever it raises is an error of ours. An install's own engines
raise what they like."""

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Generic, TypeVar

from translation.engines.duty import Duty, duty_of, ready, said_by, voice_of
from translation.engines.fallback_speech import close, close_sounds
from translation.engines.refused_voices import RefusedVoices
from translation.engines.units import units_of
from translation.errors import EngineBroken, EngineMissing, InterpretError, as_ours
from translation.ports import (
    NO_HINTS,
    PLAIN,
    Abilities,
    Hints,
    Manner,
    Recogniser,
    RecognitionStream,
    Rendering,
    Synthesiser,
    Translator,
)
from translation.values import Samples, Sound, Word
from translation.voices import NO_VOICES

log = logging.getLogger(__name__)

T = TypeVar("T")
E = TypeVar("E", bound=Translator | Recogniser | Synthesiser)


class _Guard(Generic[E]):
    def __init__(self, engine: E) -> None:
        self.engine = engine

    @property
    def abilities(self) -> Abilities:
        return self.engine.abilities

    @property
    def units(self) -> dict[str, float]:
        return units_of(self.engine)

    def duty(self, language: str = "") -> Duty:
        return duty_of(self.engine, language)


class GuardedTranslator(_Guard[Translator]):
    """A `Translator`."""

    def supports(self, source: str, target: str) -> bool:
        return self.engine.supports(source, target)

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        try:
            return await self.engine.translate(text, source=source, targets=targets, hints=hints)
        except Exception as error:  # noqa: BLE001 - it is the answer
            return dict.fromkeys(targets, as_ours(error))

    async def aclose(self) -> None:
        await self.engine.aclose()


class GuardedSynthesiser(_Guard[Synthesiser]):
    """A `Synthesiser`; each sound names what made it. Where an engine fails with a voice that an
    event chose and speaks with its usual one, it goes on with that for a while: nobody is silent
    for a wish, and other events keep the engine."""

    def __init__(self, engine: Synthesiser, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(engine)
        self._clock = clock
        self._refused = RefusedVoices()

    def voice(self, language: str, manner: Manner) -> str:
        return voice_of(self.engine, language, self._usable(manner))

    async def ready(self, language: str, manner: Manner) -> None:
        manner = self._usable(manner)
        try:
            await ready(self.engine, language, manner)
        except Exception as error:
            if self._refuse(language, manner) is None:
                raise as_ours(error) from error
            await self.ready(language, manner)

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        manner, heard = self._usable(manner), False
        try:
            async with aclosing(self._said(text, language, speed, manner)) as sounds:
                async for sound in sounds:
                    heard = True
                    yield sound
            return
        except (EngineMissing, EngineBroken):
            voice = None if heard else self._refuse(language, manner)
            if voice is None:
                raise
        try:
            async with aclosing(self._said(text, language, speed, self._usable(manner))) as sounds:
                async for sound in sounds:
                    yield sound
        except InterpretError:
            self._refused.forget(voice)  # it is not the voice
            raise
        log.warning(
            "“%s” does not speak with the voice “%s” of an event, but with its usual one",
            self.engine.abilities.name,
            voice,
        )

    def _refuse(self, language: str, manner: Manner) -> str | None:
        """The chosen voice, which is left out for a while from now on, however the usual one
        fares; None where that is the usual one."""
        voice = voice_of(self.engine, language, manner)
        if voice == voice_of(self.engine, language, replace(manner, voices=NO_VOICES)):
            return None
        self._refused.add(voice, self._clock())
        return voice

    def _usable(self, manner: Manner) -> Manner:
        return self._refused.without(manner, self._clock())

    async def _said(
        self, text: str, language: str, speed: float, manner: Manner
    ) -> AsyncGenerator[Sound, None]:
        who = said_by(self.engine, language, manner)
        spoken = self.engine.speak(text, language=language, speed=speed, manner=manner)
        try:
            async for sound in spoken:
                yield replace(sound, engine=sound.engine or who)
        except InterpretError:
            raise
        except Exception as error:
            raise as_ours(error) from error
        finally:
            await close_sounds(spoken)

    async def aclose(self) -> None:
        await close(self.engine)


class GuardedRecogniser(_Guard[Recogniser]):
    """A `Recogniser`."""

    def open(self, *, terms: Sequence[str] = ()) -> "_GuardedStream":
        return _GuardedStream(_guarded(lambda: self.engine.open(terms=terms)))

    def close(self) -> None:
        """Lets go of connections, where it has any."""
        if (end := getattr(self.engine, "close", None)) is not None:
            end()


class _GuardedStream:
    """A `RecognitionStream`."""

    def __init__(self, stream: RecognitionStream) -> None:
        self._stream = stream

    def push(self, samples: Samples) -> None:
        _guarded(lambda: self._stream.push(samples))

    def hypothesis(self) -> list[Word]:
        return _guarded(self._stream.hypothesis)

    def finish(self) -> list[Word]:
        return _guarded(self._stream.finish)


def _guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except InterpretError:
        raise
    except Exception as error:
        raise as_ours(error) from error
