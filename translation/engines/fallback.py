"""A chain of engines for one slot: what the first cannot do, the next one does.

An error, a timeout or an open breaker moves a sentence on, so none is lost; after a rest the first
is tried again. Whoever served stands in the rendering. The last engine of a chain is always asked.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from translation.engines.breaker import Breaker
from translation.engines.duty import Duty, Failure, Rest, failure_of, those_that_rest
from translation.engines.units import units_of
from translation.errors import (
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
    InterpretError,
    PairUnsupported,
    as_ours,
)
from translation.flow import cancel_and_wait
from translation.ports import NO_HINTS, Abilities, Hints, Rendering, Translator

T = TypeVar("T")

MISSING_REST_S = 60.0
"""An engine whose model or key is not there is asked again after so long."""


class Link:
    """One engine of a chain: its breaker, and what it was asked and has not answered in time.

    Cancelling may take its time (a thread cannot be stopped): the late call is left to end by
    itself, and until it has, the engine is not asked again.
    """

    def __init__(self, breaker: Breaker | None = None) -> None:
        self.breaker = breaker or Breaker()
        self._failure = Failure.BROKEN
        self._late: set[asyncio.Task[Any]] = set()

    def allows(self, now_s: float) -> bool:
        return not self._late and self.breaker.allows(now_s)

    async def within(self, seconds: float, work: Coroutine[Any, Any, T]) -> T:
        """The result of the work. Raises `EngineTimeout`, `EngineBroken` for errors that are none
        of ours."""
        task = asyncio.create_task(work, name="an engine of a chain")
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
        except asyncio.CancelledError:
            await cancel_and_wait(task)
            raise
        if not done:
            self._give_up(task)
            raise EngineTimeout(f"the engine did not answer within {seconds:g} s")
        try:
            return task.result()
        except InterpretError:
            raise
        except Exception as error:
            raise as_ours(error) from error

    def note(self, error: Exception | None, now_s: float) -> None:
        """How it went; errors that say nothing about the engine's health count neither way."""
        if isinstance(error, EngineError):
            self._failure = failure_of(error)
        match error:
            case None:
                self.breaker.succeeded()
            case EngineBusy():
                self.breaker.failed(now_s, rest_s=error.after_s)
            case EngineMissing():
                self.breaker.failed(now_s, rest_s=MISSING_REST_S)
            case EngineError():
                self.breaker.failed(now_s)

    def rest(self, now_s: float) -> Rest | None:
        """None where the engine may be asked."""
        left_s = self.breaker.rests_s(now_s)
        return Rest(left_s, self._failure) if left_s > 0 else None

    async def aclose(self) -> None:
        await cancel_and_wait(*self._late)

    def _give_up(self, task: "asyncio.Task[Any]") -> None:
        task.cancel()
        self._late.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._late.discard(task)
        with suppress(asyncio.CancelledError):
            task.exception()  # it has been told as a timeout already


class FallbackTranslator:
    """`timeout_s` bounds each engine; a sentence takes at most that times the chain's length."""

    def __init__(
        self,
        engines: Sequence[Translator],
        *,
        timeout_s: float = 4.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not engines:
            raise EngineMissing("a chain of translation engines is empty; name one")
        self._chain = [(engine, Link()) for engine in engines]
        self._timeout_s = timeout_s
        self._clock = clock

    @property
    def abilities(self) -> Abilities:
        """Of the engine that would be asked first now; what any of them can do."""
        all_of_them = [engine.abilities for engine, _ in self._chain]
        now = next(
            (engine.abilities for engine, link in self._chain if link.breaker.closed),
            all_of_them[-1],
        )
        return replace(
            now,
            languages=frozenset().union(*(each.languages for each in all_of_them)),
            context=max(each.context for each in all_of_them),
            interim=any(each.interim for each in all_of_them),
        )

    def duty(self, language: str = "") -> Duty:
        now_s = self._clock()
        resting = those_that_rest(
            (engine.abilities.label, link.rest(now_s)) for engine, link in self._chain
        )
        return Duty(self.abilities.label, resting, chained=True)

    @property
    def units(self) -> dict[str, float]:
        return units_of(*(engine for engine, _ in self._chain))

    def supports(self, source: str, target: str) -> bool:
        return any(engine.supports(source, target) for engine, _ in self._chain)

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        results: dict[str, Rendering | Exception] = {
            target: PairUnsupported(f"no engine of the chain goes from “{source}” to “{target}”")
            for target in targets
        }
        for place, (engine, link) in enumerate(self._chain):
            open_ones = [t for t in targets if not isinstance(results[t], Rendering)]
            able = [t for t in open_ones if self._serves(engine, source, t, hints)]
            last = [t for t in able if not self._later(place, source, t, hints)]
            asked = able if able and link.allows(self._clock()) else last
            if asked:
                results.update(await self._ask(engine, link, text, source, asked, hints))
        return results

    async def aclose(self) -> None:
        for engine, link in self._chain:
            await link.aclose()
            await engine.aclose()

    async def _ask(
        self,
        engine: Translator,
        link: Link,
        text: str,
        source: str,
        targets: Sequence[str],
        hints: Hints,
    ) -> Mapping[str, Rendering | Exception]:
        work = _awaited(engine.translate(text, source=source, targets=targets, hints=hints))
        try:
            made = await link.within(self._timeout_s, work)
        except InterpretError as error:
            made = dict.fromkeys(targets, error)
        failures = [one for one in made.values() if isinstance(one, Exception)]
        ill = next((one for one in failures if isinstance(one, EngineError)), None)
        if len(failures) < len(made) or ill is not None:
            link.note(ill if len(failures) == len(made) else None, self._clock())
        return made

    def _serves(self, engine: Translator, source: str, target: str, hints: Hints) -> bool:
        quick = engine.abilities.interim or not hints.interim
        return quick and engine.supports(source, target)

    def _later(self, place: int, source: str, target: str, hints: Hints) -> bool:
        """Whether an engine further down the chain could do it."""
        return any(
            self._serves(engine, source, target, hints) for engine, _ in self._chain[place + 1 :]
        )


async def _awaited(work: Awaitable[T]) -> T:
    return await work
