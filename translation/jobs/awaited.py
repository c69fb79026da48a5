"""Waiting for the translations of one language."""

import asyncio
import logging
from contextlib import suppress

from translation.errors import InterpretError
from translation.flow import SessionClock
from translation.path.speak import Script
from translation.ports import Translations
from translation.values import Segment, Translation

LATE_S = 1.0
"""A translation that has not come for so long is ordered again."""

LOST_S = 5.0
"""After so long the segment goes unspoken in this language and the others go on."""

log = logging.getLogger(__name__)


class AwaitedTranslations:
    """Those that come into `script`; `wake` says that something did."""

    def __init__(
        self, session_id: str, script: Script, translations: Translations, clock: SessionClock
    ) -> None:
        self._session_id = session_id
        self._script = script
        self._translations = translations
        self._clock = clock
        self._changed = asyncio.Event()

    def wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self, most_s: float) -> None:
        """Returns when something came, or after so long."""
        # Not `wait_for`: in Python 3.11 it swallows a cancellation that comes with the change.
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._changed.wait()

    async def of(self, segment: Segment) -> Translation | None:
        """Waits for it; orders it again when it is late; None when it does not come at all."""
        began_s = ordered_s = self._clock.now()
        while (text := self._script.text(segment.id)) is None:
            now = self._clock.now()
            if now - began_s > LOST_S:
                return None
            if now - max(ordered_s, segment.committed_s) > LATE_S:
                ordered_s = now
                await self._order(segment.id)
            await self.change(0.25)
        return text

    async def _order(self, segment_id: int) -> None:
        try:
            await self._translations.order(self._session_id, segment_id)
        except InterpretError as error:
            log.warning("a translation could not be ordered again: %s", error)
