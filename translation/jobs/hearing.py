"""What hears a session's floor, as the plan wishes it now: language, engines, terms."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from translation.choice import Wishes
from translation.errors import InterpretError
from translation.flow import cancel_and_wait, offload, outside_work
from translation.path.detect import DetectingEar
from translation.path.listen import Ear, FloorSpeaks, Heard
from translation.ports import LanguageIdentifier, Recogniser, SessionLog
from translation.values import Plan, Samples

log = logging.getLogger(__name__)

PAUSE_WITHIN_S = 20.0
"""An ear that is to be another waits so long for a pause."""


_NO_TERMS: tuple[str, tuple[str, ...], str] = ("", (), "")


class Hearing:
    """One ear after another, on a thread of its own; `open` builds the first. `ear`, `identifier`:
    as in `FloorTools`."""

    def __init__(
        self,
        plan: Plan,
        session_log: SessionLog,
        ear: Callable[[str, Wishes], Ear],
        identifier: Callable[[], LanguageIdentifier] | None,
    ) -> None:
        self._plan = plan
        self._log = session_log
        self._make_ear = ear
        self._identifier = identifier
        self._language = plan.spoken_language
        self._set = _set_language(plan)
        self._wishes = plan.engines
        self._ear: Ear | DetectingEar
        self._wished_ear: asyncio.Task[Ear | DetectingEar] | None = None
        self._wished_s, self._wished_language = 0.0, ""
        self._terms_of = _NO_TERMS
        self._pool = ThreadPoolExecutor(1, "recognise")

    async def open(self) -> None:
        """A model may have to be loaded: beside the loop."""
        self._ear = await self._build_ear()

    @property
    def recogniser(self) -> Recogniser | None:
        return self._ear.recogniser

    async def hear(self, samples: Samples, at_s: float, plan: Plan) -> list[Heard]:
        """As `Ear.hear`, with `FloorSpeaks` before what is said in another language, found out or
        set by the chair."""
        self._plan = plan
        heard: list[Heard] = []
        if _set_language(plan) != self._set:
            heard += await self._change_language(at_s)
        heard += await self._change_engine(at_s)
        await self._listen_for_terms()
        return heard + self._noted(await offload(self._pool, self._ear.hear, samples, at_s))

    async def drain(self, at_s: float) -> list[Heard]:
        return self._noted(await offload(self._pool, self._ear.drain, at_s))

    async def aclose(self) -> None:
        await cancel_and_wait(self._wished_ear)
        self._pool.shutdown(wait=False)

    def _noted(self, heard: list[Heard]) -> list[Heard]:
        for each in heard:
            if isinstance(each, FloorSpeaks):
                self._language = each.language
        return heard

    def _new_ear(self) -> Ear | DetectingEar:
        """Blocking, from any thread."""
        wishes, identifier = self._wishes, self._identifier
        if not self._plan.detects or identifier is None:
            return self._make_ear(self._language, wishes)
        return DetectingEar(
            lambda language: self._make_ear(language, wishes),
            identifier=identifier,
            languages=lambda: [channel.language for channel in self._plan.channels],
            language=self._language,
        )

    async def _change_language(self, at_s: float) -> list[Heard]:
        """The chair says that another language is spoken now, or that it is to be found out: what
        was said comes out, then a new ear listens."""
        heard = await self.drain(at_s)
        await cancel_and_wait(self._wished_ear)
        self._wished_ear = None
        self._set, self._wishes = _set_language(self._plan), self._plan.engines
        if not self._plan.detects:
            self._language = self._plan.spoken_language
        self._ear = await offload(self._pool, self._new_ear)
        self._terms_of = _NO_TERMS
        return [*heard, FloorSpeaks(self._language)]

    async def _change_engine(self, at_s: float) -> list[Heard]:
        """The plan wishes other engines: while the old ear listens a new one is built; it takes
        over in the first pause, so that no word is cut."""
        outdated = self._wished_ear is not None and self._wished_language != self._language
        if self._plan.engines != self._wishes or outdated:
            await cancel_and_wait(self._wished_ear)
            self._wishes, self._wished_s = self._plan.engines, at_s
            self._wished_language = self._language
            self._wished_ear = asyncio.create_task(self._build_ear(), name="build-ear")
        if self._wished_ear is None or not self._wished_ear.done():
            return []
        if self._ear.busy and at_s - self._wished_s < PAUSE_WITHIN_S:
            return []
        building, self._wished_ear = self._wished_ear, None
        try:
            ear = building.result()
        except InterpretError as error:
            log.warning("the floor goes on with the engine it has: %s", error)
            return []
        if ear.recogniser is self._ear.recogniser:
            return []
        heard = await self.drain(at_s)
        before, self._ear = self._ear, ear
        self._terms_of = _NO_TERMS
        if (close := getattr(before.recogniser, "close", None)) is not None:
            await offload(self._pool, close)
        return heard

    async def _build_ear(self) -> Ear | DetectingEar:
        with outside_work():
            return await asyncio.to_thread(self._new_ear)

    async def _listen_for_terms(self) -> None:
        """The event's terms and what is on the agenda, whenever the plan names others or another
        language is spoken."""
        named = (self._plan.glossary, self._plan.agenda, self._language)
        if named == self._terms_of:
            return
        self._terms_of = named
        try:
            concepts = await self._log.terms(self._plan.glossary)
        except InterpretError as error:
            log.warning("the floor listens without the event's terms: %s", error)
            concepts = ()
        terms = (concept.term(self._language) for concept in concepts)
        known = [term.term for term in terms if term]
        self._ear.listen_for(list(dict.fromkeys([*known, *self._plan.agenda])))


def _set_language(plan: Plan) -> str:
    """What people say that the floor speaks; "" where it is found out."""
    return "" if plan.detects else plan.spoken_language
