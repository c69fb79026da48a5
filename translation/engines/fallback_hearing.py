"""Chains of the engines that hear: recognition and voice activity. Blocking, like the ports.

The sound of an utterance is kept while it lasts: where an engine fails, the next one hears it
again from the start, and no word is lost.
"""

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from translation.engines.breaker import Breaker
from translation.engines.duty import Duty, those_that_rest
from translation.engines.fallback import Link
from translation.engines.units import units_of
from translation.errors import EngineMissing, as_ours
from translation.ports import Abilities, Recogniser, RecognitionStream, VoiceActivity
from translation.values import Samples, Word

T = TypeVar("T")


class Standby:
    """A recogniser that is built when it is first wanted."""

    def __init__(self, make: Callable[[], Recogniser], name: str = "") -> None:
        self._make = make
        self._name = name
        self.link = Link()

    @property
    def built(self) -> Recogniser | None:
        return self.__dict__.get("engine")

    @property
    def name(self) -> str:
        """Its label, or what the settings call it while nothing more is known."""
        return self.built.abilities.label if self.built else self._name

    @cached_property
    def engine(self) -> Recogniser:
        return self._make()


class FallbackRecogniser:
    """`engines`: how to build each, the first choice first; only the first is built at once.
    `names`: of the engines."""

    def __init__(
        self,
        engines: Sequence[Callable[[], Recogniser]],
        *,
        names: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not engines:
            raise EngineMissing("a chain of recognition engines is empty; name one")
        known = [*names, *[""] * (len(engines) - len(names))]
        self.chain = [Standby(make, name) for make, name in zip(engines, known, strict=True)]
        self.clock = clock
        self.abilities: Abilities = Abilities("", "", "")
        self.open().finish()

    def open(self, *, terms: Sequence[str] = ()) -> "_Utterance":
        return _Utterance(self, terms)

    def duty(self, language: str = "") -> Duty:
        now_s = self.clock()
        resting = those_that_rest((each.name, each.link.rest(now_s)) for each in self.chain)
        return Duty(self.abilities.label, resting, chained=True)

    @property
    def units(self) -> dict[str, float]:
        return units_of(*(each.built for each in self.chain))

    def close(self) -> None:
        """Lets go of connections; the next utterance opens them anew."""
        for each in self.chain:
            if (close := getattr(each.built, "close", None)) is not None:
                close()


class _Utterance:
    """A `RecognitionStream`."""

    def __init__(self, recogniser: FallbackRecogniser, terms: Sequence[str]) -> None:
        self._recogniser = recogniser
        self._terms = terms
        self._heard: list[Samples] = []
        self._place = -1
        self._stream: RecognitionStream | None = None
        self._do(lambda _: None)

    def push(self, samples: Samples) -> None:
        self._do(lambda stream: stream.push(samples))
        self._heard.append(samples)

    def hypothesis(self) -> list[Word]:
        return self._do(lambda stream: stream.hypothesis())

    def finish(self) -> list[Word]:
        words = self._do(lambda stream: stream.finish())
        self._standby.link.note(None, self._recogniser.clock())
        return words

    @property
    def _standby(self) -> Standby:
        return self._recogniser.chain[self._place]

    def _do(self, work: Callable[[RecognitionStream], T]) -> T:
        """With the engine that hears, or with the next that can."""
        while True:
            try:
                return work(self._stream or self._next())
            except Exception as error:  # noqa: BLE001 - the next one hears it
                told = as_ours(error)
                self._stream = None
                if self._place >= 0:
                    self._standby.link.note(told, self._recogniser.clock())
                if self._place + 1 >= len(self._recogniser.chain):
                    raise told from None

    def _next(self) -> RecognitionStream:
        """The next engine of the chain that is not resting has heard what was said so far."""
        chain, now_s = self._recogniser.chain, self._recogniser.clock()
        self._place += 1
        while self._place + 1 < len(chain) and not self._standby.link.allows(now_s):
            self._place += 1
        stream = self._standby.engine.open(terms=self._terms)
        if self._heard:
            stream.push(np.concatenate(self._heard))
        self._stream = stream
        self._recogniser.abilities = self._standby.engine.abilities
        return stream


class FallbackVoiceActivity:
    """Each window is asked of the first engine that does not rest; the last one always."""

    def __init__(
        self, engines: Sequence[VoiceActivity], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not engines:
            raise EngineMissing("a chain of voice activity engines is empty; name one")
        self._chain = [(engine, Breaker()) for engine in engines]
        self._clock = clock

    def probability(self, window: NDArray[np.float32]) -> float:
        now_s = self._clock()
        for engine, breaker in self._chain[:-1]:
            if breaker.allows(now_s):
                try:
                    probability = engine.probability(window)
                except Exception:  # noqa: BLE001 - the next one is asked
                    breaker.failed(now_s)
                else:
                    breaker.succeeded()
                    return probability
        return self._chain[-1][0].probability(window)

    def reset(self) -> None:
        for engine, _ in self._chain:
            engine.reset()
