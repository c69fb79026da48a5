import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.translation.entries import segment
from tests.translation.jobs.hall import Hall, Steady
from tests.translation.path.test_detect import ByWords
from tests.translation.path.written_sound import (
    Loudness,
    Reader,
    ReadingStream,
    length_s,
    written,
)
from translation.choice import Wishes
from translation.errors import LogUnreachable
from translation.jobs.floor import DRAFT_EVERY_S, WORKS_AFTER_S, Floor, FloorTools
from translation.jobs.floor_log import FloorLog
from translation.jobs.owned import failures_told
from translation.names import SIGNALS_TOPIC
from translation.path.behind import TOO_SLOW
from translation.path.listen import Ear
from translation.termbase import Concept, Term
from translation.values import (
    Alarm,
    AlarmKind,
    Draft,
    Drained,
    FloorActivity,
    Samples,
    Segment,
    SessionState,
    Stage,
    Translation,
    Trouble,
)

TALK = "we saw it today"
REPLY = "yes it was large"
LONG = "we saw it today because it was large and nobody knows why yes"
BREATH_S = 0.3
"""Shorter than the pause that ends a clause."""

VOCABULARY = f"{TALK} {REPLY} {LONG}".split()


class Told(Reader):
    """Keeps the terms it was told to listen for."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        super().__init__(vocabulary)
        self.told: list[tuple[str, ...]] = []

    def open(self, *, terms: Sequence[str] = ()) -> ReadingStream:
        self.told.append(tuple(terms))
        return super().open()


def said(*texts: str, pause_s: float = 1.0) -> Samples:
    return np.concatenate([written(text, silence_s=pause_s) for text in texts])


def floor(
    hall: Hall,
    sound: Samples,
    *,
    ends: bool = True,
    last_id: int = 0,
    leaving: asyncio.Event | None = None,
) -> tuple[Floor, Steady]:
    source = Steady(hall.clock, sound, ends=ends)
    ear = Ear(recogniser=Reader(VOCABULARY), voice_activity=Loudness(), language="en")
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        ear=lambda *_: ear, source=source, clock=hall.clock,
    )  # fmt: skip
    begin = FloorLog(hall.plan(), last_id=last_id)
    job = Floor(begin, tools, owner=None, leaving=leaving)
    return job, source


def told(source: Steady, kind: str) -> list[Mapping[str, Any]]:
    return [message for _, message in source.messages if message["kind"] == kind]


async def test_a_talk_becomes_segments_where_it_was_said() -> None:
    hall = Hall("es")
    job, _ = floor(hall, said(TALK, REPLY))

    await job.run()

    segments = await hall.of(Segment)
    assert [(s.id, s.language, s.text) for s in segments] == [(1, "en", TALK), (2, "en", REPLY)]
    second_s = length_s(TALK) + 1.0
    bounds_s = [bound for s in segments for bound in (s.floor_start_s, s.floor_end_s)]
    assert bounds_s == pytest.approx(
        [0.0, length_s(TALK), second_s, second_s + length_s(REPLY)], abs=0.1
    )
    assert all(s.floor_end_s < s.committed_s < s.floor_end_s + 1.0 for s in segments)


async def test_the_log_tells_when_the_floor_speaks_and_when_all_is_committed() -> None:
    hall = Hall("es")
    job, _ = floor(hall, said(TALK, REPLY))

    await job.run()

    assert [a.speaking for a in await hall.of(FloorActivity)] == [True, False, True, False]
    (drained,) = await hall.of(Drained)
    assert drained.last_segment_id == 2


async def test_every_segment_is_ordered_once_and_translated() -> None:
    hall = Hall("es", "fr")
    job, _ = floor(hall, said(TALK, REPLY))

    await job.run()

    assert hall.ordered == [1, 2]
    assert [(t.segment_id, t.language) for t in await hall.of(Translation)] == [
        (1, "es"), (1, "fr"), (2, "es"), (2, "fr"),
    ]  # fmt: skip


async def test_speakers_read_what_is_recognised() -> None:
    hall = Hall("es")
    job, source = floor(hall, said(TALK))

    await job.run()

    (caption,) = told(source, "final")
    assert (caption["id"], caption["language"], caption["text"]) == (1, "en", TALK)
    interim = [message["text"] for message in told(source, "interim")]
    assert interim == ["we", "we saw", "we saw it", "we saw it today"]
    assert {message["id"] for message in told(source, "interim")} == {1}
    assert {m["by"] for kind in ("interim", "final") for m in told(source, kind)} == {"floor"}


async def test_drafts_are_translated_only_now_and_then() -> None:
    hall = Hall("es")
    job, _ = floor(hall, said(LONG))

    await job.run()

    at_s = [length_s(draft.text) for draft in hall.ordered_drafts if draft.segment_id == 1]
    assert len(at_s) > 1
    assert all(later - earlier >= DRAFT_EVERY_S - 0.2 for earlier, later in pairwise(at_s))


class LostOrders(Hall):
    async def order(self, session_id: str, segment_id: int) -> None:
        raise LogUnreachable("the broker does not answer; is Redis running?")

    async def order_draft(self, session_id: str, draft: Draft) -> None:
        raise LogUnreachable("the broker does not answer; is Redis running?")


async def test_orders_that_are_lost_cost_no_segment() -> None:
    hall = LostOrders("es")
    job, _ = floor(hall, said(TALK, REPLY))

    await job.run()

    assert [s.text for s in await hall.of(Segment)] == [TALK, REPLY]


async def test_a_pause_commits_what_was_said_so_far_and_ends_the_job() -> None:
    hall = Hall("es")
    job, _ = floor(hall, said("we saw it", LONG, pause_s=BREATH_S), ends=False)
    running = asyncio.create_task(job.run())
    await asyncio.sleep(length_s("we saw it") + 0.1)  # in the breath

    await hall.log.append(hall.plan(SessionState.PAUSED))
    await running

    assert [s.text for s in await hall.of(Segment)] == ["we saw it"]
    *_, last = [logged.entry for logged in await hall.log.read()]
    assert [last] == await hall.of(Drained)
    assert isinstance(last, Drained)
    assert last.last_segment_id == 1


async def test_a_floor_that_goes_on_counts_on() -> None:
    hall = Hall("es")
    hall.log.append_now(segment(17))
    job, _ = floor(hall, said(TALK), last_id=17)

    await job.run()

    assert [s.id for s in await hall.of(Segment)] == [17, 18]
    assert [d.last_segment_id for d in await hall.of(Drained)] == [18]


async def test_a_floor_that_leaves_commits_what_was_said_and_lets_another_go_on() -> None:
    hall, leaving = Hall("es"), asyncio.Event()
    sound = said("we saw it", LONG, pause_s=BREATH_S)
    job, _ = floor(hall, sound, ends=False, leaving=leaving)
    running = asyncio.create_task(job.run())
    await asyncio.sleep(length_s("we saw it") + 0.1)  # in the breath

    leaving.set()
    await running

    assert [s.text for s in await hall.of(Segment)] == ["we saw it"]
    assert await hall.of(Drained) == []


async def test_a_change_of_languages_does_not_end_the_floor() -> None:
    hall = Hall("es")
    job, source = floor(hall, said(TALK), ends=False)
    running = asyncio.create_task(job.run())

    await hall.log.append(hall.plan(SessionState.LIVE, "es", "fr"))
    await asyncio.sleep(3.0)

    assert not running.done()
    assert told(source, "state")[-1]["languages"] == ["es", "fr"]
    await hall.end()
    await running


async def test_speakers_and_organizers_learn_how_the_floor_does() -> None:
    hall = Hall("es")
    job, source = floor(hall, said(TALK), ends=False)
    running = asyncio.create_task(job.run())
    await asyncio.sleep(1.2)

    assert hall.facts[-1] == (
        "floor",
        {
            "owned": True, "speaking": True, "speakers": 1,
            "level_db": pytest.approx(-12, abs=12), "engine": "reader 1", "resting": [],
        },
    )  # fmt: skip
    assert told(source, "state")[-1] == {
        "kind": "state", "session": "live", "floor": "speaking",
        "level_db": pytest.approx(-12, abs=12), "languages": ["es"],
    }  # fmt: skip
    await hall.end()
    await running


async def test_organizers_read_that_recognition_is_too_slow() -> None:
    hall = Hall("es")
    job, source = floor(hall, said(TALK), ends=False)
    source.lost_s = 0.5
    running = asyncio.create_task(job.run())
    await asyncio.sleep(1.2)
    assert [(t.stage, t.language, t.message) for t in await hall.of(Trouble)] == [
        (Stage.RECOGNISE, "", TOO_SLOW)
    ]
    await hall.end()
    await running


async def test_a_floor_that_changes_its_language_goes_on_with_another_ear() -> None:
    hall = Hall("es")
    sound = said(TALK, REPLY)
    source = Steady(hall.clock, sound, ends=True)

    def ear(language: str, _: Wishes) -> Ear:
        known = Reader(VOCABULARY) if language == "en" else None
        return Ear(recogniser=known, voice_activity=Loudness(), language=language)

    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        ear=ear, source=source, clock=hall.clock,
    )  # fmt: skip
    job = Floor(FloorLog(hall.plan()), tools, owner=None)
    running = asyncio.create_task(job.run())
    await asyncio.sleep(len(said(TALK)) / 16_000)
    await hall.log.append(replace(hall.plan(), floor_language="fr"))
    await running

    assert [segment.text for segment in await hall.of(Segment)] == [TALK]
    activity = [entry.speaking for entry in await hall.of(FloorActivity)]
    assert activity == [True, False, True, False]  # heard all the same


async def test_a_floor_listens_for_the_terms_of_its_language_and_for_the_agenda() -> None:
    hall = Hall("es")
    terms = [Term("en", "Subiaco"), Term("es", "Subiaco"), Term("en", "black letter")]
    named = hall.log.keep_terms([Concept("1", terms[:2]), Concept("2", terms[2:])])
    reader = Told(VOCABULARY)
    source = Steady(hall.clock, said(TALK, REPLY), ends=True)
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall, source=source,
        ear=lambda *_: Ear(recogniser=reader, voice_activity=Loudness(), language="en"),
        clock=hall.clock,
    )  # fmt: skip
    plan = replace(hall.plan(), glossary=named, agenda=("Ada Lovelace", "Subiaco"))
    await hall.log.append(plan)

    await Floor(FloorLog(plan), tools, owner=None).run()

    assert reader.told == [("Subiaco", "black letter", "Ada Lovelace")] * 2


async def test_the_terms_are_listened_for_too_once_detection_is_switched() -> None:
    hall = Hall("en", "fr")
    named = hall.log.keep_terms([Concept("1", [Term("en", "Subiaco")])])
    reader = Told(VOCABULARY)
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        source=Steady(hall.clock, said(TALK, REPLY), ends=True),
        ear=lambda *_: Ear(recogniser=reader, voice_activity=Loudness(), language="en"),
        clock=hall.clock, identifier=ByWords,
    )  # fmt: skip
    plan = replace(hall.plan(), glossary=named)
    await hall.log.append(plan)
    running = asyncio.create_task(Floor(FloorLog(plan), tools, owner=None).run())
    await asyncio.sleep(len(said(TALK)) / 16_000)
    await hall.log.append(replace(plan, detects=True))
    await running

    assert reader.told == [("Subiaco",)] * 2


async def test_what_a_booth_tells_the_speaker_reaches_the_speakers_page() -> None:
    hall = Hall("es")
    job, source = floor(hall, said(TALK, pause_s=3.0))
    running = asyncio.create_task(job.run())
    await asyncio.sleep(1.0)
    await hall.log.append(Alarm("es", AlarmKind.SLOW_DOWN, "ann", True, 1.0))
    await hall.log.append(Alarm("es", AlarmKind.NOBODY_ON_AIR, "", True, 1.0))
    await running

    signals = [message for topic, message in source.messages if topic == SIGNALS_TOPIC]
    assert signals == [{"kind": "slow_down", "language": "es", "on": True}]


# Where the one before stopped


async def begun(hall: Hall, sound: Samples) -> Floor:
    """A job that goes on from the log."""
    begin = await FloorLog.read(hall.log)
    assert begin is not None
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        ear=lambda *_: Ear(recogniser=Reader(VOCABULARY), voice_activity=Loudness(), language="en"),
        source=Steady(hall.clock, sound, ends=True), clock=hall.clock,
    )  # fmt: skip
    return Floor(begin, tools, owner=None)


async def test_a_floor_that_was_cut_off_in_a_sentence_is_silent_until_it_is_heard_again() -> None:
    hall = Hall("es")
    await hall.log.append(FloorActivity(True, 0.0))
    await hall.log.append(segment(4))

    await (await begun(hall, said(TALK))).run()

    assert [a.speaking for a in await hall.of(FloorActivity)] == [True, False, True, False]
    assert [s.id for s in await hall.of(Segment)] == [4, 5]


async def test_a_floor_that_failed_before_works_again_once_it_has_heard_for_a_while() -> None:
    hall = Hall("es")
    await hall.log.append(Trouble(Stage.LISTEN, "", "the stage was lost", 0.0))

    await (await begun(hall, said("we saw it"))).run()
    assert len(await hall.of(Trouble)) == 1
    await (await begun(hall, np.zeros(int((WORKS_AFTER_S + 1) * 16_000), np.int16))).run()

    (_, works) = await hall.of(Trouble)
    assert (works.stage, works.language, works.message) == (Stage.LISTEN, "", "")
    await (await begun(hall, said(TALK))).run()
    assert len(await hall.of(Trouble)) == 2


async def test_an_ear_is_built_beside_the_loop() -> None:
    """It may load a model; the lease has to be kept meanwhile."""
    hall, loaded = Hall("es"), threading.Event()

    def ear(*_: object) -> Ear:
        assert loaded.wait(5), "nothing else goes on"
        return Ear(recogniser=Reader(VOCABULARY), voice_activity=Loudness(), language="en")

    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall, ear=ear,
        source=Steady(hall.clock, said(TALK), ends=True), clock=hall.clock,
    )  # fmt: skip
    running = asyncio.create_task(Floor(FloorLog(hall.plan()), tools, owner=None).run())
    await asyncio.sleep(0.1)
    loaded.set()
    await running

    assert [s.text for s in await hall.of(Segment)] == [TALK]


async def test_whatever_ends_a_floor_is_told() -> None:
    hall = Hall("es")

    class Fallen(Reader):
        def open(self, *, terms: Sequence[str] = ()) -> ReadingStream:
            raise ValueError("what was said")

    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        ear=lambda *_: Ear(recogniser=Fallen([]), voice_activity=Loudness(), language="en"),
        source=Steady(hall.clock, said(TALK), ends=True), clock=hall.clock,
    )  # fmt: skip
    with pytest.raises(ValueError, match="what was said"):
        async with failures_told(hall.log, Stage.LISTEN, "", hall.clock.now):
            await Floor(FloorLog(hall.plan()), tools, owner=None).run()

    told = [(t.stage, t.language, t.message) for t in await hall.of(Trouble)]
    assert told == [(Stage.LISTEN, "", "the job failed (ValueError)")]
