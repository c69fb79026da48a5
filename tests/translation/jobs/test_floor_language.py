"""A floor whose language is found out: segments, translations and channels follow it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

import numpy as np

from tests.translation.jobs.hall import Hall, Steady
from tests.translation.path.test_detect import ENGLISH, FRENCH, ByWords, ear, talk
from translation.errors import LogUnreachable
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.floor_log import FloorLog
from translation.values import (
    FloorActivity,
    Input,
    OnAir,
    Plan,
    Reason,
    Samples,
    Segment,
    SessionState,
    Translation,
)

LANGUAGES = ("en", "fr", "es")
BACK = (Input.MACHINE, Reason.FLOOR_LANGUAGE)


class Detecting(Hall):
    """A hall whose plan says what its floor was found to speak, once it is told."""

    def __init__(self) -> None:
        super().__init__(*LANGUAGES)
        self.told: list[str] = []
        self.deaf = 0
        """So many times nobody listens to what is told."""

    def plan(self, state: SessionState = SessionState.LIVE, *languages: str) -> Plan:
        found = self.told[-1] if self.__dict__.get("told") else ""
        return replace(super().plan(state, *languages), detects=True, floor_language=found)

    async def tell(self, language: str) -> None:
        if self.deaf:
            self.deaf -= 1
            raise LogUnreachable("the broker does not answer; is Redis running?")
        self.told.append("" if language == "en" else language)
        await self.log.append(self.plan())


def floor(
    hall: Detecting, sound: Samples, identifier: Callable[[], ByWords] | None = ByWords
) -> Floor:
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall,
        ear=lambda language, _: ear(language), source=Steady(hall.clock, sound, ends=True),
        clock=hall.clock, identifier=identifier, tell_language=hall.tell,
    )  # fmt: skip
    return Floor(FloorLog(hall.plan()), tools, owner=None)


def in_language(segments: list[Segment], language: str) -> str:
    return " ".join(each.text for each in segments if each.language == language)


async def test_segments_are_in_the_language_that_was_spoken() -> None:
    hall = Detecting()

    await floor(hall, talk(ENGLISH, FRENCH, ENGLISH)).run()

    segments = await hall.of(Segment)
    assert in_language(segments, "fr") == FRENCH
    assert in_language(segments, "en") == f"{ENGLISH} {ENGLISH}"
    assert hall.told == ["fr", ""]


async def test_each_segment_is_translated_into_every_language_but_its_own() -> None:
    hall = Detecting()

    await floor(hall, talk(ENGLISH, FRENCH)).run()

    spoken = {each.id: each.language for each in await hall.of(Segment)}
    made = {(spoken[each.segment_id], each.language) for each in await hall.of(Translation)}
    assert made == {("en", "fr"), ("en", "es"), ("fr", "en"), ("fr", "es")}


async def test_the_channel_of_the_spoken_language_passes_the_floor_through() -> None:
    hall = Detecting()
    silence = np.zeros(3 * 16_000, np.int16)
    job = floor(hall, np.concatenate([silence, talk(ENGLISH, FRENCH, ENGLISH), silence]))
    channel = hall.channel("fr", floor=Steady(hall.clock, silence))

    async with hall.on_air(channel):
        await job.run()
        await hall.until(lambda e: isinstance(e, OnAir) and (e.input, e.reason) == BACK)

    changes = [(each.input, each.reason) for each in await hall.of(OnAir, "fr")]
    assert changes == [
        (Input.MACHINE, Reason.STARTED),
        (Input.FLOOR, Reason.FLOOR_LANGUAGE),
        BACK,
    ]


async def test_what_could_not_be_told_is_told_again() -> None:
    hall = Detecting()
    hall.deaf = 2

    await floor(hall, talk(FRENCH, FRENCH, FRENCH)).run()

    assert hall.told == ["fr"]


async def test_the_chair_may_say_what_is_spoken_and_leave_it_to_detection_again() -> None:
    hall = Detecting()
    job = floor(hall, talk(FRENCH, FRENCH, FRENCH, FRENCH))
    running = asyncio.create_task(job.run())
    await hall.until(lambda entry: isinstance(entry, FloorActivity) and not entry.speaking)
    await hall.log.append(replace(hall.plan(), detects=False, floor_language=""))
    await hall.until(lambda entry: isinstance(entry, Segment) and entry.language == "en")
    await hall.log.append(replace(hall.plan(), floor_language=""))
    await running

    spoken = [each.language for each in await hall.of(Segment)]
    assert [tag for tag, _ in groupby(spoken)] == ["fr", "en", "fr"]


async def test_without_an_identifier_the_floor_speaks_what_the_plan_says() -> None:
    hall = Detecting()

    await floor(hall, talk(ENGLISH), identifier=None).run()

    assert in_language(await hall.of(Segment), "en") == ENGLISH
