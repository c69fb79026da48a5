"""Captions of an interpreter on air: what she says, recognised where an engine for it exists. An
engine that fails costs her captions and nothing else."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from translation.audio import Resampler
from translation.errors import InterpretError, as_ours
from translation.flow import SessionClock, offload
from translation.path.listen import RATE_HZ, Ear, Heard, Interim
from translation.path.segment import Clause
from translation.values import Interpreted, Samples, Stage

PIECE_S = 0.1
WAITING_MOST = 50
"""Pieces that may wait for a slow recogniser; then the oldest go: captions, not the sound."""

REST_S, LONGEST_REST_S = 2.0, 60.0
"""An ear that failed is built anew after so long; after twice as long where it fails again."""


class InterpreterCaptions:
    """Her sound in, piece by piece as it is heard; `Interpreted` (a clause) and text that may
    still change come out. `ear` is built on the worker thread, when she is first on air, and anew
    in the first pause after `renew`, or some time after it failed. `trouble` tells that it fails,
    or (with None) that it hears.

    `works`: her words come out of it, as far as is known.
    """

    def __init__(
        self,
        language: str,
        rate_hz: int,
        clock: SessionClock,
        ear: Callable[[str], Ear],
        trouble: Callable[[Stage, InterpretError | None], Awaitable[None]],
    ) -> None:
        self.works = True
        self._language = language
        self._rate_hz = rate_hz
        self._clock = clock
        self._make_ear = ear
        self._trouble = trouble
        self._rest_s = REST_S
        self._rests_until_s = float("-inf")
        self._ear: Ear | None = None
        self._outdated = False
        self._resampler = Resampler(rate_hz, RATE_HZ)
        self._held: list[Samples] = []
        self._held_count = 0
        self._speaker = ""
        self._waiting: asyncio.Queue[_Piece] = asyncio.Queue(WAITING_MOST)
        self._pool = ThreadPoolExecutor(1, "interpreter")
        self.last_id = 0

    def known(self, entry: Interpreted) -> None:
        """One of the log: ids go on after it."""
        if entry.language == self._language:
            self.last_id = max(self.last_id, entry.id)

    def renew(self) -> None:
        """Another engine is to recognise her."""
        self._outdated = True

    def hear(self, interpreter: str, samples: Samples) -> None:
        """What is on air of her now; "" when nobody is. Never waits."""
        if interpreter != self._speaker:
            if self._speaker:
                self._hand_on(last=True)
            self._speaker = interpreter
        if not interpreter:
            return
        self._held.append(samples)
        self._held_count += len(samples)
        if self._held_count >= PIECE_S * self._rate_hz:
            self._hand_on()

    def _hand_on(self, *, last: bool = False) -> None:
        sound = np.concatenate([np.zeros(0, np.int16), *self._held])
        at_s = self._clock.now() - len(sound) / self._rate_hz
        self._held, self._held_count = [], 0
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(_Piece(self._speaker, sound, at_s, last))

    async def heard(self) -> AsyncGenerator[Interpreted | Interim, None]:
        """For ever, in order."""
        try:
            while True:
                piece = await self._waiting.get()
                if self._clock.now() < self._rests_until_s:
                    continue
                try:
                    heard = await offload(self._pool, self._listen, piece)
                except Exception as error:  # noqa: BLE001 - whatever it is, she stays on air
                    await self._failed(error)
                    continue
                for what in heard:
                    if isinstance(what, Clause | Interim):
                        await self._succeeded()
                    match what:
                        case Clause():
                            self.last_id += 1
                            yield Interpreted(
                                self.last_id, self._language, piece.interpreter, what.text,
                                what.start_s, what.end_s, self._clock.now(), what.engine,
                            )  # fmt: skip
                        case Interim():
                            yield what
        finally:
            self._pool.shutdown(wait=False)

    async def _failed(self, error: Exception) -> None:
        self._ear, self.works = None, False
        self._rests_until_s = self._clock.now() + self._rest_s
        self._rest_s = min(LONGEST_REST_S, 2 * self._rest_s)
        await self._trouble(Stage.RECOGNISE, as_ours(error))

    async def _succeeded(self) -> None:
        self.works, self._rest_s = True, REST_S
        await self._trouble(Stage.RECOGNISE, None)

    def _listen(self, piece: "_Piece") -> list[Heard]:
        heard: list[Heard] = []
        if self._outdated and self._ear is not None and not self._ear.busy:
            heard, self._ear = self._ear.drain(piece.at_s), None
        if self._ear is None:
            self._outdated = False
            self._ear = self._make_ear(self._language)
        heard += self._ear.hear(self._resampler.push(piece.samples), piece.at_s)
        return [*heard, *self._ear.drain(piece.at_s)] if piece.last else heard


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tenth of a second of her; `last`: she goes off the air with it."""

    interpreter: str
    samples: Samples
    at_s: float
    last: bool
