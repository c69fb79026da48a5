"""A channel's machine voice: as loud whatever the engine, late lines shortened, whose voice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest

from tests.ebu_r128 import lufs
from tests.translation.jobs.hall import RATE_HZ, Hall, Reading
from tests.translation.words import rendered
from translation.choice import Slot, Wish
from translation.errors import EngineBroken
from translation.names import CAPTIONS_TOPIC
from translation.path.loudness import TARGET_LUFS
from translation.ports import PLAIN, Abilities, Manner
from translation.termbase import Concept, Term
from translation.values import SkipReason, Sound, Speaking, Spoken, Translation
from translation.voices import Gender, VoiceChoice

pytestmark = pytest.mark.slow

CHUNK_S = 0.2
PAUSE_S = 0.5


class Murmur:
    """A `Synthesiser` of hums with a pause in the middle, in chunks that come `pace` times as quick
    as they are played. `amplitude`: how loud; `speeds`: how quick it can be."""

    def __init__(
        self, amplitude: int, speeds: tuple[float, float] = (0.7, 1.2), pace: float = 50.0
    ) -> None:
        self.pace = pace
        self.abilities = Abilities(
            "murmur", "1", "Apache-2.0", frozenset({"es", "fr"}), speeds=speeds
        )
        self.amplitude = amplitude
        self.asked: list[tuple[str, float, Manner]] = []

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        self.asked.append((text, speed, manner))
        times = np.arange(int(len(text) / 15 / speed * RATE_HZ)) / RATE_HZ
        hum = sum(np.sin(2 * np.pi * 150 * n * times) / n for n in range(1, 10))
        syllables = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times)
        wave = (hum * syllables * self.amplitude).astype(np.int16)
        half, chunk = len(wave) // 2, int(CHUNK_S * RATE_HZ)
        pause = np.zeros(int(PAUSE_S * RATE_HZ), np.int16)
        wave = np.concatenate([wave[:half], pause, wave[half:]])
        for start in range(0, len(wave), chunk):
            await asyncio.sleep(CHUNK_S / self.pace)
            yield Sound(wave[start : start + chunk], RATE_HZ)


class Heavy(Murmur):
    """One that has to be loaded."""

    loaded = False

    async def ready(self, language: str, manner: Manner) -> None:
        await asyncio.sleep(2)
        self.loaded = True

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        assert self.loaded
        async for sound in super().speak(text, language=language, speed=speed, manner=manner):
            yield sound


class Choir(Murmur):
    """Voices of one engine, as loud as their names say."""

    def voice(self, language: str, manner: Manner) -> str:
        return manner.voices.of("choir", language, manner.gender) or "9000"

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        self.amplitude = int(self.voice(language, manner))
        async for sound in super().speak(text, language=language, speed=speed, manner=manner):
            yield sound


class Shorter:
    """A `Condenser` that keeps the beginning, or what it is told."""

    def __init__(self, answer: str | Exception = "") -> None:
        self.answer = answer
        self.asked: list[tuple[str, int]] = []

    async def condense(
        self, text: str, *, language: str, characters: int, session_id: str = ""
    ) -> str:
        self.asked.append((text, characters))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer or text[:characters]


@pytest.mark.parametrize("amplitude", [500, 2000, 9000])
async def test_lines_are_as_loud_whatever_the_engine(amplitude: int) -> None:
    """But the first: for 3 s after a change the desk lets no syllable stand out."""
    hall = Hall("es", voice=Murmur(amplitude, pace=4.0))
    channel = hall.channel("es")
    for number in range(3):
        await hall.say(f"we saw it {number} and it was large and nobody knows why")
    await hall.finish(channel)

    sink = hall.sinks["es"]
    began, ended = await hall.of(Speaking), await hall.of(Spoken)
    for line, end in list(zip(began, ended, strict=True))[1:]:
        first, last = (int((s - sink.began_s) * RATE_HZ) for s in (line.started_s, end.ended_s))
        assert last - first > RATE_HZ
        assert lufs(sink.sound[first:last], RATE_HZ) == pytest.approx(TARGET_LUFS, abs=1.0)


async def test_each_voice_of_an_engine_is_known_by_its_own_loudness() -> None:
    """The quiet one speaks again after the loud one, from the first sample at its own gain."""
    hall = Hall("es", voice=Choir(9000, pace=4.0))
    voices = [(), (VoiceChoice("choir", "es", "500"),)]
    async with hall.on_air(hall.channel("es")):
        for number in range(1, 7):
            await hall.log.append(replace(hall.plan(), voices=voices[number % 2]))
            await hall.say(f"we saw it {number} and it was large and nobody knows why")
            await hall.done(number)

    sink = hall.sinks["es"]
    for line in (await hall.of(Speaking))[2:]:
        first = int((line.started_s - sink.began_s) * RATE_HZ)
        beginning = sink.sound[first : first + RATE_HZ // 2]
        assert lufs(beginning, RATE_HZ) == pytest.approx(TARGET_LUFS, abs=2.0)


async def test_an_engine_that_can_do_no_more_leaves_out_its_pauses() -> None:
    async def pauses(speeds: tuple[float, float]) -> int:
        """Of 0.3 s and more, while it speaks."""
        hall = Hall("es", voice=Murmur(3000, speeds))
        channel = hall.channel("es")
        for number in range(5):
            await hall.say(f"we saw it {number} and it was large and nobody knows why it was so")
        await hall.finish(channel)
        loud = np.flatnonzero(np.abs(hall.sinks["es"].sound) > 100)
        return int(np.count_nonzero(np.diff(loud) > 0.3 * RATE_HZ))

    assert await pauses((1.0, 1.0)) >= 4
    assert await pauses((0.7, 1.2)) <= 1


async def test_a_voice_is_loaded_before_anything_is_said_with_it() -> None:
    hall = Hall("es", voice=Heavy(3000), voices={"other": Heavy(3000)})
    channel = hall.channel("es")
    async with hall.on_air(channel):
        await hall.say("we saw it")
        assert (await hall.done(1)).skipped is None
        wishes = (Wish(Slot.SPEECH, "", ("other",)),)
        await hall.log.append(replace(hall.plan(), engines=wishes))
        await asyncio.sleep(5)
        await hall.say("it was large")
        assert (await hall.done(2)).skipped is None


LONG = "we saw it and it was very large and nobody knows why it was so and what it was for"


async def late_lines(condenser: Shorter) -> tuple[Hall, Murmur]:
    """A talk of which the voice says one line while two are spoken."""
    voice = Murmur(3000, (1.0, 1.0))
    hall = Hall("es", voice=voice, condenser=condenser)
    channel = hall.channel("es")
    for _ in range(6):
        await hall.say(LONG)
    await hall.finish(channel)
    return hall, voice


async def test_a_line_that_waited_long_is_condensed_and_marked() -> None:
    condenser = Shorter()
    hall, voice = await late_lines(condenser)

    condensed = [line for line in await hall.of(Speaking) if line.said]
    assert condensed
    assert all(len(line.said) < len(text) for line, (text, _) in zip(
        condensed, condenser.asked, strict=True))  # fmt: skip
    assert [text for text, _, _ in voice.asked if len(text) < 80] == [x.said for x in condensed]
    told = hall.sinks["es"].told(CAPTIONS_TOPIC, "condensed")
    assert [(m["id"], m["text"]) for m in told] == [(x.segment_id, x.said) for x in condensed]


@pytest.mark.parametrize(
    "answer",
    [EngineBroken("no"), "x" * 200, " ", "5 no 7"],
    ids=["fails", "longer", "nothing", "made up"],
)
async def test_a_line_that_cannot_be_condensed_well_is_said_in_full(
    answer: str | Exception,
) -> None:
    hall, voice = await late_lines(Shorter(answer))

    assert {line.said for line in await hall.of(Speaking)} == {""}
    assert len({len(text) for text, _, _ in voice.asked}) == 1


async def test_lines_that_are_too_late_are_skipped_last_and_marked() -> None:
    hall = Hall("es", voice=Reading())
    channel = hall.channel("es")
    for _ in range(12):
        await hall.say(LONG)
    await hall.finish(channel)

    reasons = {line.skipped for line in await hall.of(Spoken)}
    assert reasons <= {None, SkipReason.BEHIND}


async def test_terms_are_pronounced_as_the_glossary_says_and_captioned_as_they_are() -> None:
    voice = Murmur(3000)
    hall = Hall("es", voice=voice)
    name = hall.log.keep_terms([Concept("1", [Term("es", "Acme", pronunciation="ackmi")])])
    await hall.log.append(replace(hall.plan(), glossary=name))
    async with hall.on_air(hall.channel("es")):
        await hall.say("we saw Acme")
        await hall.until(lambda entry: isinstance(entry, Spoken))

    assert [line.text for line in await hall.of(Translation)] == [rendered("we saw Acme", "es")]
    assert [text for text, _, _ in voice.asked] == [rendered("we saw ackmi", "es")]


async def test_whose_voice_it_is_stands_in_the_plan() -> None:
    voice = Murmur(3000)
    hall = Hall("es", voice=voice)
    chosen = (VoiceChoice("murmur", "es", "ella"),)
    channel = hall.channel("es")
    await hall.say("we saw it")
    async with hall.on_air(channel):
        await hall.until(lambda entry: isinstance(entry, Spoken))
        await hall.log.append(replace(hall.plan(), voice=Gender.FEMALE, voices=chosen))
        await hall.say("it was large")
        await hall.until(lambda entry: isinstance(entry, Spoken) and entry.segment_id == 2)

    manners = [manner for _, _, manner in voice.asked]
    assert [manner.gender for manner in manners] == [Gender.ANY, Gender.FEMALE]
    assert manners[1].voices.of("murmur", "es", Gender.FEMALE) == "ella"
