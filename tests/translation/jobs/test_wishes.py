"""Engines that are changed while a session runs: its jobs follow the plan."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import pytest

from tests.tones import Tones
from tests.translation.jobs.hall import Hall, Steady, pitches
from tests.translation.path.written_sound import Loudness, Reader, level, written
from translation.choice import Slot, Wish, Wishes
from translation.errors import EngineMissing, InterpretError
from translation.jobs.channel_job import close_unused
from translation.jobs.engines import Engines
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.floor_log import FloorLog
from translation.jobs.interpreted import InterpreterCaptions
from translation.path.arbitrate import ENGINE_STAYS_S
from translation.path.listen import Ear
from translation.ports import Synthesiser
from translation.values import FloorActivity, Interpreted, OnAir, Samples, Segment, Speaking, Stage

TALK, REPLY = "we saw it today", "yes it was large"
VOCABULARY = f"{TALK} {REPLY}".split()


class Other(Tones):
    abilities = replace(Tones.abilities, name="other")


class Loud(Reader):
    """A `Recogniser` that writes in capitals."""

    abilities = replace(Reader.abilities, name="loud")

    def __init__(self, vocabulary: Iterable[str]) -> None:
        super().__init__(vocabulary)
        self._words = {level(word): word.upper() for word in vocabulary}


def speech(name: str, language: str = "") -> Wishes:
    return (Wish(Slot.SPEECH, language, (name,)),)


async def test_the_next_line_is_said_by_the_voice_that_the_plan_wishes() -> None:
    hall = Hall("es", voices={"other": Other()})
    channel = hall.channel("es")
    async with hall.on_air(channel):
        await hall.say("we saw it")
        await hall.done(1)
        await hall.log.append(replace(hall.plan(), engines=speech("other")))
        await hall.say("it was large")
        await hall.done(2)
        await hall.log.append(hall.plan())
        await hall.say("nobody knows why")
        await hall.done(3)
        facts = dict(hall.facts)["channel:es"]

    assert [line.engine for line in await hall.of(Speaking)] == ["tones 1", "other 1", "tones 1"]
    texts = ("we saw it", "it was large", "nobody knows why")
    assert hall.sinks["es"].pitches() == pitches("es", *texts)
    assert (facts["engine"], facts["resting"]) == ("tones 1", [])


async def test_the_log_says_which_engine_goes_on_for_another_and_nobody_hears_a_seam() -> None:
    hall = Hall("es", voices={"other": Other()})
    async with hall.on_air(hall.channel("es")):
        await hall.say("we saw it")
        await hall.done(1)
        await hall.log.append(replace(hall.plan(), engines=speech("other")))
        await hall.say("it was large")
        await hall.done(2)
        await asyncio.sleep(ENGINE_STAYS_S)

    first, second = await hall.of(OnAir)
    assert (first.who, second.who) == ("tones 1", "other 1")
    assert (second.input, second.reason) == (first.input, first.reason)
    (_, line) = await hall.of(Speaking)
    assert second.since_s == pytest.approx(line.started_s, abs=0.2)
    assert hall.sinks["es"].pitches() == pitches("es", "we saw it", "it was large")


async def test_a_wish_for_another_language_changes_nothing() -> None:
    hall = Hall("es", "fr", voices={"other": Other()})
    await hall.log.append(replace(hall.plan(), engines=speech("other", "fr")))
    async with hall.on_air(hall.channel("es"), hall.channel("fr")):
        await hall.say("we saw it")
        await hall.done(1, "es")
        await hall.done(1, "fr")

    assert {line.language: line.engine for line in await hall.of(Speaking)} == {
        "es": "tones 1",
        "fr": "other 1",
    }


async def test_a_voice_that_cannot_be_had_leaves_the_one_there_was() -> None:
    class Refusing(Hall):
        def wished_voice(self, language: str, wishes: Wishes) -> Synthesiser:
            if wishes:
                raise EngineMissing("ElevenLabs has no key; set ELEVENLABS_KEY")
            return super().wished_voice(language, wishes)

    hall = Refusing("es")
    channel = hall.channel("es")
    async with hall.on_air(channel):
        await hall.log.append(replace(hall.plan(), engines=speech("elevenlabs")))
        await hall.say("we saw it")
        await hall.done(1)

    assert [line.engine for line in await hall.of(Speaking)] == ["tones 1"]


async def test_a_voice_is_closed_once_no_channel_speaks_with_it() -> None:
    hall = Hall("es", "fr", voices={"other": Other()})
    told: list[list[Synthesiser]] = []

    async def close_but(used: Collection[Synthesiser]) -> None:
        told.append(list(used))

    engines = Engines(lambda *_: None, Loudness, hall.wished_voice, close_voices_but=close_but)
    channels = [hall.channel("es"), hall.channel("fr")]
    used = await close_unused(engines, [], channels)
    async with hall.on_air(*channels):
        for wishes in (speech("other", "es"), speech("other")):
            await hall.log.append(replace(hall.plan(), engines=wishes))
            await hall.say("we saw it")
            await hall.done(hall.said, "es")
            await hall.done(hall.said, "fr")
            used = await close_unused(engines, used, channels)

    other = hall.voices["other"]
    assert told == [[other, other]]


def said(*texts: str) -> Samples:
    return np.concatenate([written(text, silence_s=1.0) for text in texts])


class Ears:
    """Makes ears: those that listen as the plan wishes write in capitals."""

    def __init__(self) -> None:
        self.quiet, self.loud = Reader(VOCABULARY), Loud(VOCABULARY)

    def __call__(self, language: str, wishes: Wishes) -> Ear:
        chosen = self.loud if wishes else self.quiet
        return Ear(recogniser=chosen, voice_activity=Loudness(), language=language)


RECOGNITION: Wishes = (Wish(Slot.RECOGNITION, "", ("loud",)),)


@pytest.mark.parametrize("after_s", [0.5, 1.6], ids=["while somebody speaks", "in a pause"])
async def test_a_floor_goes_on_with_the_wished_recogniser_from_a_pause_on(after_s: float) -> None:
    hall = Hall("es")
    source = Steady(hall.clock, said(TALK, REPLY), ends=True)
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall, ear=Ears(),
        source=source, clock=hall.clock,
    )  # fmt: skip
    running = asyncio.create_task(Floor(FloorLog(hall.plan()), tools, owner=None).run())
    await asyncio.sleep(after_s)
    await hall.log.append(replace(hall.plan(), engines=RECOGNITION))
    await running

    assert [(segment.text, segment.engine) for segment in await hall.of(Segment)] == [
        (TALK, "reader 1"),
        (REPLY.upper(), "loud 1"),
    ]
    activity = [entry.speaking for entry in await hall.of(FloorActivity)]
    assert activity == [True, False, True, False]
    assert hall.facts[-1][1]["engine"] == "loud 1"


async def test_the_translator_is_warmed_up_for_new_wishes() -> None:
    hall = Hall("es")
    tools = FloorTools(
        log=hall.log, drafts=hall.drafts, translations=hall, vitals=hall, ear=Ears(),
        source=Steady(hall.clock, said(TALK), ends=True), clock=hall.clock,
    )  # fmt: skip
    running = asyncio.create_task(Floor(FloorLog(hall.plan()), tools, owner=None).run())
    await asyncio.sleep(0.5)
    await hall.log.append(replace(hall.plan(), engines=RECOGNITION))
    await running

    assert [draft.segment_id for draft in hall.ordered_drafts].count(0) == 2


async def test_an_interpreters_captions_follow_too() -> None:
    hall, ears, wishes = Hall("es"), Ears(), [(), RECOGNITION, RECOGNITION]

    async def trouble(_: Stage, error: InterpretError | None) -> None:
        assert error is None

    captions = InterpreterCaptions(
        "es", 16_000, hall.clock, lambda language: ears(language, wishes.pop(0)), trouble
    )
    heard: list[tuple[str, str]] = []

    async def read() -> None:
        async for what in captions.heard():
            if isinstance(what, Interpreted):
                heard.append((what.text, what.engine))

    reading = asyncio.create_task(read())
    for text in (TALK, REPLY):
        sound = said(text)
        for start in range(0, len(sound), 1600):
            captions.hear("ann", sound[start : start + 1600])
            await asyncio.sleep(0.1)
        captions.renew()
    captions.hear("", np.zeros(0, np.int16))
    await asyncio.sleep(0.5)
    reading.cancel()
    await asyncio.wait([reading])

    assert heard == [(TALK, "reader 1"), (REPLY.upper(), "loud 1")]
