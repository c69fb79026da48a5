"""The floor job: one per live session. Stage sound in, segments into the log.

It ends by itself once the session is no longer live and all that was said is committed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass

import numpy as np

from translation.audio import SILENCE_DB, level_db
from translation.choice import Wishes
from translation.engines.duty import duty_of
from translation.errors import InterpretError
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.floor_log import FloorLog
from translation.jobs.hearing import Hearing
from translation.names import CAPTIONS_TOPIC, SIGNALS_TOPIC, STATE_TOPIC
from translation.path.behind import Behind
from translation.path.listen import Activity, Ear, FloorSpeaks, Heard, Interim
from translation.path.publish import final_caption, interim_caption
from translation.path.segment import Clause
from translation.ports import (
    Drafts,
    FloorSource,
    LanguageIdentifier,
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
    Stage,
    Trouble,
)

log = logging.getLogger(__name__)

PIECES_AT_ONCE = 5
"""Pieces of 20 ms recognised together: 0.1 s."""

STATE_EVERY_S = 1.0
DRAFT_EVERY_S = 0.4

WORKS_AFTER_S = 5.0
"""A job whose predecessor failed says that it works once it has heard the floor for so long."""

TOLD_EVERY_S = 3.0
"""A plan that does not say yet what was found out is asked for again after so long."""


async def _nobody(language: str) -> None:
    return


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
    identifier: Callable[[], LanguageIdentifier] | None = None
    """Where one tells languages apart. Blocking: it may load a model."""
    tell_language: Callable[[str], Awaitable[None]] = _nobody
    """Asks for a plan that says what the floor was found to speak."""


class Floor:
    """One session's floor, for as long as this job owns it."""

    def __init__(
        self,
        begin: FloorLog,
        tools: FloorTools,
        *,
        owner: Ownership | None,
        leaving: asyncio.Event | None = None,
    ) -> None:
        """`leaving`: set when a successor is to go on; what was said is committed first."""
        plan = begin.plan
        self._begin = begin
        self._plan = plan
        self._tools = tools
        self._owner = owner
        self._last_id = begin.last_id
        self._troubled = begin.troubled
        self._heard_s = 0.0
        self._leaving = leaving or asyncio.Event()
        self._stopping = False
        self._speaking = False
        self._level_db = SILENCE_DB
        self._drafted_s = float("-inf")
        self._language = plan.spoken_language
        self._told_s = float("-inf")
        self._behind = Behind()
        self._hearing = Hearing(plan, tools.log, tools.ear, tools.identifier)

    async def run(self) -> None:
        """Returns when the plan is no longer live (or the source has ended) and everything said
        is in the log. Raises `NotOwner` when somebody else goes on with the job."""
        if self._begin.speaking:
            await self._write(FloorActivity(False, self._tools.clock.now()))
        await self._hearing.open()
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
            await cancel_and_wait(*tasks)
            await self._hearing.aclose()

    async def _warm_up(self) -> None:
        """The translator starts its programs for these languages now, not at the first segment.
        Segment 0 is behind every caption, so nobody is shown the word."""
        with suppress(InterpretError):
            word = Draft(0, self._language, "hello")
            await self._tools.translations.order_draft(self._plan.session_id, word)

    async def _drain(self) -> None:
        await self._handle(await self._hearing.drain(self._tools.clock.now()))
        if not self._leaving.is_set():
            await self._write(Drained(self._last_id, self._tools.clock.now()))

    async def _listen(self) -> None:
        rate_hz = self._tools.source.rate_hz
        async with aclosing(self._tools.source.pieces()) as pieces:
            async for samples, at_s in _together(pieces, PIECES_AT_ONCE, rate_hz):
                self._level_db = level_db(samples)
                await self._handle(await self._hearing.hear(samples, at_s, self._plan))
                self._heard_s += len(samples) / rate_hz
                if self._troubled and self._heard_s > WORKS_AFTER_S:
                    self._troubled = False
                    await self._write(Trouble(Stage.LISTEN, "", "", self._tools.clock.now()))
                if self._stopping:
                    return

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
                case FloorSpeaks():
                    self._language = what.language
                    if self._language != self._plan.spoken_language:
                        await self._tell_language()
                    await self._warm_up()

    async def _tell_language(self) -> None:
        """Channels learn from the plan what the floor speaks."""
        self._told_s = self._tools.clock.now()
        try:
            await self._tools.tell_language(self._language)
        except InterpretError as error:
            log.warning("what the floor speaks could not be told: %s", error)

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
        await self._tools.source.send(CAPTIONS_TOPIC, interim_caption(draft, spoken=self._language))
        now = self._tools.clock.now()
        if now - self._drafted_s >= DRAFT_EVERY_S:
            self._drafted_s = now
            with suppress(InterpretError):  # the next draft comes soon
                await self._tools.translations.order_draft(self._plan.session_id, draft)

    async def _write(self, entry: Segment | FloorActivity | Drained | Trouble) -> None:
        await self._tools.log.append(entry, owner=self._owner)

    async def _follow(self) -> None:
        """Ends when the organizer pauses or ends the session."""
        async with aclosing(self._tools.log.follow(after=self._begin.position)) as entries:
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
            lags = self._plan.detects and self._plan.spoken_language != self._language
            if lags and self._tools.clock.now() - self._told_s > TOLD_EVERY_S:
                await self._tell_language()
            await self._tell_whether_behind()
            await self._tools.vitals.report("floor", {
                "owned": True,
                "speaking": self._speaking,
                "speakers": self._tools.source.speakers,
                "level_db": round(self._level_db, 1),
                **duty_of(self._hearing.recogniser).facts(),
            })  # fmt: skip
            await asyncio.sleep(STATE_EVERY_S)

    async def _tell_whether_behind(self) -> None:
        now = self._tools.clock.now()
        said = self._behind.note(self._tools.source.lost_s, now)
        if said is not None:
            await self._write(Trouble(Stage.RECOGNISE, "", said, now))
        if said:
            log.warning("recognition is too slow", extra={"session": self._plan.session_id})

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
