"""Which language the interpreter on air speaks: an alarm while it is not her channel's."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from translation.audio import resample
from translation.errors import as_ours
from translation.flow import SessionClock, offload
from translation.path.detect import judged
from translation.path.listen import RATE_HZ
from translation.ports import LanguageIdentifier
from translation.values import Alarm, AlarmKind, Samples, Sound

WINDOW_S = 5.0
"""So much of her speech is looked at at once; names and numbers alone fit any language."""

WINDOWS = 2
"""So many in a row must agree, to begin the alarm; one is enough to end it."""

log = logging.getLogger(__name__)


class SpokenLanguage:
    """Her sound in, as it is heard in the channel; alarms that begin or end come out.
    `identifier` is built on the worker thread, when somebody has spoken for the first time."""

    def __init__(
        self,
        language: str,
        rate_hz: int,
        clock: SessionClock,
        identifier: Callable[[], LanguageIdentifier],
    ) -> None:
        self._language = language
        self._rate_hz = rate_hz
        self._clock = clock
        self._make_identifier = identifier
        self._identifier: LanguageIdentifier | None = None
        self._windows: asyncio.Queue[tuple[str, Samples]] = asyncio.Queue(2)
        self._pool = ThreadPoolExecutor(1, "spoken-language")
        self._speaker = ""
        self._held: list[Samples] = []
        self._held_count = 0
        self._wrong = 0
        self._ringing = ""

    def known(self, entry: Alarm) -> None:
        """One of the log: an alarm that a predecessor began is ours to end."""
        if entry.alarm == AlarmKind.WRONG_LANGUAGE and entry.language == self._language:
            self._ringing = entry.who if entry.on else ""

    def hear(self, interpreter: str, samples: Samples, *, speaking: bool) -> None:
        """What is on air of her now; "" when nobody is. Never waits: windows that come while two
        wait are left out."""
        if interpreter != self._speaker:
            self._speaker, self._held, self._held_count = interpreter, [], 0
            self._put("", np.zeros(0, np.int16))
        if not interpreter or not speaking:
            return
        self._held.append(samples)
        self._held_count += len(samples)
        if self._held_count >= WINDOW_S * self._rate_hz:
            self._put(interpreter, np.concatenate(self._held))
            self._held, self._held_count = [], 0

    def _put(self, interpreter: str, samples: Samples) -> None:
        """A change of speaker always finds room."""
        if self._windows.full():
            if interpreter:
                return
            self._windows.get_nowait()
        self._windows.put_nowait((interpreter, samples))

    async def alarms(self) -> AsyncGenerator[Alarm, None]:
        """For ever."""
        try:
            while True:
                who, samples = await self._windows.get()
                if who:
                    wrong = await offload(self._pool, self._is_wrong, samples)
                    self._wrong = self._wrong + 1 if wrong else 0
                else:
                    self._wrong = 0
                if self._ringing and not self._wrong:
                    yield self._alarm(self._ringing, on=False)
                elif self._wrong >= WINDOWS and not self._ringing:
                    yield self._alarm(who, on=True)
        finally:
            self._pool.shutdown(wait=False)

    def _alarm(self, who: str, *, on: bool) -> Alarm:
        self._ringing = who if on else ""
        return Alarm(self._language, AlarmKind.WRONG_LANGUAGE, who, on=on, at_s=self._clock.now())

    def _is_wrong(self, samples: Samples) -> bool:
        try:
            if self._identifier is None:
                self._identifier = self._make_identifier()
            heard = resample(Sound(samples, self._rate_hz), RATE_HZ)
            likely = self._identifier.identify(heard.samples)
        except Exception as error:  # noqa: BLE001 - whatever it is, the channel goes on
            told = as_ours(error)
            log.warning("the spoken language of %s cannot be identified: %s", self._language, told)
            return False
        return judged(likely, self._language, likely) not in (self._language, None)
