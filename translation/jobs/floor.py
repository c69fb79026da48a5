"""The floor job: one per live session. Stage sound in, segments into the log.

It ends by itself once the session is no longer live and all that was said is committed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass

import numpy as np

from translation.audio import SILENCE_DB, level_db
from translation.choice import Wishes
from translation.engines.duty import duty_of
from translation.errors import InterpretError
from translation.flow import SessionClock, cancel_and_wait, offload, outside_work
from translation.names import CAPTIONS_TOPIC, SIGNALS_TOPIC, STATE_TOPIC
from translation.path.listen import Activity, Ear, Heard, Interim
from translation.path.publish import final_caption, interim_caption
from translation.path.segment import Clause
from translation.ports import (
    Drafts,
    FloorSource,
    Ownership,
    SessionLog,
    Translations,
    VitalSigns,
)
from translation.values import (
    Alarm,
    AlarmKind,
    Draft,
    Drained,
    FloorActivity,
    Plan,
    Samples,
    Segment,
    SessionState,
    Trouble,
)

log = logging.getLogger(__name__)

PIECES_AT_ONCE = 5
"""Pieces of 20 ms recognised together: 0.1 s."""

PAUSE_WITHIN_S = 20.0
"""An ear that is to be another waits so long for a pause."""

STATE_EVERY_S = 1.0
DRAFT_EVERY_S = 0.4


@dataclass(frozen=True, slots=True)
class FloorTools:
    log: SessionLog
    drafts: Drafts
    translations: Translations
    vitals: VitalSigns
    ear: Callable[[str, Wishes], Ear]
    """A new ear for a language, as a plan wishes it; it recognises nothing where there is no
    engine for it. Blocking, from any thread."""
    source: FloorSource
    clock: SessionClock


class Floor:
    """One session's floor, for as long as this job owns it."""

    def __init__(
        self,
        plan: Plan,
        tools: FloorTools,
        *,
        owner: Ownership | None,
        last_id: int,
        position: str,
        leaving: asyncio.Event | None = None,
    ) -> None:
        """`leaving`: set when a successor is to go on; what was said is committed first."""
        self._plan = plan
        self._tools = tools
        self._owner = owner
        self._last_id = last_id
        self._position = position
        self._leaving = leaving or asyncio.Event()
        self._stopping = False
        self._speaking = False
        self._level_db = SILENCE_DB
        self._drafted_s = float("-inf")
        self._language = plan.spoken_language
        self._wishes = plan.engines
        self._ear = tools.ear(self._language, self._wishes)
        self._wished_ear: asyncio.Task[Ear] | None = None
        self._wished_s = 0.0
        self._terms_of = ("", self._language)
        self._pool = ThreadPoolExecutor(1, "recognise")

    async def run(self) -> None:
        """Returns when the plan is no longer live (or the source has ended) and everything said
        is in the log. Raises `NotOwner` when somebody else goes on with the job."""
        listening = asyncio.create_task(self._listen(), name="listen")
        stop = asyncio.create_task(self._follow(), name="follow")
        telling = asyncio.create_task(self._tell_state(), name="tell-state")
        await self._warm_up()
        leaving = asyncio.create_task(self._leaving.wait(), name="leaving")
        tasks = (listening, stop, telling, leaving)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if telling.done():
                telling.result()
            if stop.done():
                stop.result()
            self._stopping = True
            await listening
            await self._drain()
        finally:
            await cancel_and_wait(*tasks, self._wished_ear)
            self._pool.shutdown(wait=False)

    async def _warm_up(self) -> None:
        """The translator starts its programs for these languages now, not at the first segment.
        Segment 0 is behind every caption, so nobody is shown the word."""
        with suppress(InterpretError):
            word = Draft(0, self._language, "hello")
            await self._tools.translations.order_draft(self._plan.session_id, word)

    async def _drain(self) -> None:
        now = self._tools.clock.now()
        await self._handle(await offload(self._pool, self._ear.drain, now))
        if not self._leaving.is_set():
            await self._write(Drained(self._last_id, self._tools.clock.now()))

    async def _listen(self) -> None:
        rate_hz = self._tools.source.rate_hz
        async with aclosing(self._tools.source.pieces()) as pieces:
            async for samples, at_s in _together(pieces, PIECES_AT_ONCE, rate_hz):
                self._level_db = level_db(samples)
                if self._plan.spoken_language != self._language:
                    await self._change_language(at_s)
                await self._change_engine(at_s)
                await self._listen_for_terms()
                await self._handle(await offload(self._pool, self._ear.hear, samples, at_s))
                if self._stopping:
                    return

    async def _change_language(self, at_s: float) -> None:
        """The chair says that another language is spoken now: what was said in the one before
        is committed, then a new ear listens."""
        await self._handle(await offload(self._pool, self._ear.drain, at_s))
        await cancel_and_wait(self._wished_ear)
        self._wished_ear = None
        self._language, self._wishes = self._plan.spoken_language, self._plan.engines
        self._ear = await offload(self._pool, self._tools.ear, self._language, self._wishes)

    async def _change_engine(self, at_s: float) -> None:
        """The plan wishes other engines: while the old ear listens a new one is built; it takes
        over in the first pause, so that no word is cut."""
        if self._plan.engines != self._wishes:
            await cancel_and_wait(self._wished_ear)
            self._wishes, self._wished_s = self._plan.engines, at_s
            self._wished_ear = asyncio.create_task(self._build_ear(), name="build-ear")
        if self._wished_ear is None or not self._wished_ear.done():
            return
        if self._ear.busy and at_s - self._wished_s < PAUSE_WITHIN_S:
            return
        building, self._wished_ear = self._wished_ear, None
        try:
            ear = building.result()
        except InterpretError as error:
            log.warning("the floor goes on with the engine it has: %s", error)
            return
        if ear.recogniser is self._ear.recogniser:
            return
        await self._handle(await offload(self._pool, self._ear.drain, at_s))
        before, self._ear = self._ear, ear
        self._terms_of = ("", self._language)
        if (close := getattr(before.recogniser, "close", None)) is not None:
            await offload(self._pool, close)

    async def _build_ear(self) -> Ear:
        with outside_work():
            return await asyncio.to_thread(self._tools.ear, self._language, self._wishes)

    async def _listen_for_terms(self) -> None:
        """The event's terms, whenever the plan names others or another language is spoken."""
        named = (self._plan.glossary, self._language)
        if named == self._terms_of:
            return
        self._terms_of = named
        try:
            concepts = await self._tools.log.terms(self._plan.glossary)
        except InterpretError as error:
            log.warning("the floor listens without the event's terms: %s", error)
            return
        terms = (concept.term(self._language) for concept in concepts)
        self._ear.listen_for([term.term for term in terms if term])

    async def _handle(self, heard: list[Heard]) -> None:
        for what in heard:
            match what:
                case Activity():
                    self._speaking = what.speaking
                    await self._write(FloorActivity(what.speaking, what.at_s))
                    await self._send_state()
                case Clause():
                    await self._commit(what)
                case Interim():
                    await self._draft(what.text)

    async def _commit(self, clause: Clause) -> None:
        tools = self._tools
        segment = Segment(
            self._last_id + 1, self._language, clause.text,
            clause.start_s, clause.end_s, tools.clock.now(), clause.engine,
        )  # fmt: skip
        await self._write(segment)
        self._last_id = segment.id
        await self._order(segment.id)
        caption = final_caption(segment, language=segment.language, text=segment.text)
        await tools.source.send(CAPTIONS_TOPIC, caption)

    async def _order(self, segment_id: int) -> None:
        """The segment is in the log already: a lost order is made good by whoever waits for it."""
        try:
            await self._tools.translations.order(self._plan.session_id, segment_id)
        except InterpretError as error:
            log.warning("a translation could not be ordered: %s", error)

    async def _draft(self, text: str) -> None:
        if not text:
            return
        draft = Draft(self._last_id + 1, self._language, text)
        await self._tools.drafts.say(draft)
        await self._tools.source.send(CAPTIONS_TOPIC, interim_caption(draft))
        now = self._tools.clock.now()
        if now - self._drafted_s >= DRAFT_EVERY_S:
            self._drafted_s = now
            with suppress(InterpretError):  # the next draft comes soon
                await self._tools.translations.order_draft(self._plan.session_id, draft)

    async def _write(self, entry: Segment | FloorActivity | Drained | Trouble) -> None:
        await self._tools.log.append(entry, owner=self._owner)

    async def _follow(self) -> None:
        """Ends when the organizer pauses or ends the session."""
        async with aclosing(self._tools.log.follow(after=self._position)) as entries:
            async for logged in entries:
                match logged.entry:
                    case Plan():
                        before, self._plan = self._plan, logged.entry
                        if self._plan.engines != before.engines:
                            await self._warm_up()
                        if self._plan.state != SessionState.LIVE:
                            return
                    case Alarm(alarm=AlarmKind.SLOW_DOWN | AlarmKind.SOUND_UNFIT) as signal:
                        await self._pass_on(signal)

    async def _pass_on(self, signal: Alarm) -> None:
        """What a booth tells the speaker, to the speaker's page."""
        await self._tools.source.send(
            SIGNALS_TOPIC,
            {"kind": signal.alarm.value, "language": signal.language, "on": signal.on},
        )

    async def _tell_state(self) -> None:
        while True:
            await self._send_state()
            await self._tools.vitals.report("floor", {
                "owned": True,
                "speaking": self._speaking,
                "speakers": self._tools.source.speakers,
                "level_db": round(self._level_db, 1),
                **duty_of(self._ear.recogniser).facts(),
            })  # fmt: skip
            await asyncio.sleep(STATE_EVERY_S)

    async def _send_state(self) -> None:
        await self._tools.source.send(STATE_TOPIC, {
            "kind": "state",
            "session": self._plan.state.value,
            "floor": "speaking" if self._speaking else "silent",
            "level_db": round(self._level_db, 1),
            "languages": [channel.language for channel in self._plan.channels],
        })  # fmt: skip


async def _together(
    pieces: AsyncIterator[tuple[Samples, float]], count: int, rate_hz: int
) -> AsyncIterator[tuple[Samples, float]]:
    """Pieces joined by `count`; a jump in time starts anew, so that no word is misplaced."""
    held: list[Samples] = []
    began_s = next_s = 0.0
    async for samples, at_s in pieces:
        if held and abs(at_s - next_s) > 0.01:
            yield np.concatenate(held), began_s
            held = []
        if not held:
            began_s = at_s
        held.append(samples)
        next_s = at_s + len(samples) / rate_hz
        if len(held) == count:
            yield np.concatenate(held), began_s
            held = []
    if held:
        yield np.concatenate(held), began_s
