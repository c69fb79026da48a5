"""The spoken notice that a machine's voice comes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from tests.tones import Tones, pitch_hz, tones_in
from tests.translation.jobs.booth import ANN_HZ, OPEN, TALKING, Booth, plan, take
from tests.translation.jobs.hall import RATE_HZ, Hall, Hoarse, pitches
from translation.choice import Slot, Wish
from translation.errors import EngineBroken
from translation.jobs.air import NOTICE_MOST_S
from translation.jobs.notice import LONGEST_REST_S
from translation.path.notices import NOTICES
from translation.ports import PLAIN, Manner, Microphone
from translation.values import FloorActivity, Gesture, OnAir, Plan, Sound

NOTICE = NOTICES["es"]
NOTICE_HZ = pitch_hz(NOTICE)
TALK = ("we saw it", "it was large", "nobody knows why")


class Other(Tones):
    """Another voice: the same texts have other pitches."""

    abilities = replace(Tones.abilities, name="other")

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        async for sound in super().speak(f"other {text}", language=language, speed=speed):
            yield sound


class Slow(Tones):
    """Takes `wait_s` for the notice."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        if text == NOTICE:
            await asyncio.sleep(self.wait_s)  # on the true clock, as all that engines do
        async for sound in super().speak(text, language=language, speed=speed):
            yield sound


class Mute(Tones):
    """Cannot say the notice while it is `broken`."""

    broken = True

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        if self.broken and text == NOTICE:
            raise EngineBroken("no")
        async for sound in super().speak(text, language=language, speed=speed):
            yield sound


def heard(hall: Hall) -> list[int]:
    return [tone.pitch_hz for tone in tones_in(hall.sinks["es"].sound, RATE_HZ)]


def with_notice(on: bool, engine: str = "") -> Plan:
    wishes = (Wish(Slot.SPEECH, "", (engine,)),) if engine else ()
    return replace(plan(notice=on), engines=wishes)


async def ann_comes_and_goes(hall: Hall) -> None:
    """The machine is on air before and after."""
    await take(hall, "ann")
    await asyncio.sleep(0.5)
    await take(hall, "ann", Gesture.RELEASE)
    await asyncio.sleep(1.0)


async def test_the_machine_says_so_before_its_first_line_and_whenever_it_comes_back() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await asyncio.sleep(0.5)
        assert heard(hall) == []  # nothing to say yet
        await hall.say(TALK[0])
        await hall.done(1)
        await ann_comes_and_goes(hall)

    assert heard(hall) == [NOTICE_HZ, *pitches("es", TALK[0]), ANN_HZ, NOTICE_HZ]


async def test_a_notice_that_is_switched_on_is_said_at_the_next_change() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    await hall.log.append(with_notice(False))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await take(hall, "ann")
        await asyncio.sleep(0.5)
        await hall.log.append(with_notice(True))
        await asyncio.sleep(0.5)
        await take(hall, "ann", Gesture.RELEASE)
        await asyncio.sleep(1.0)

    assert heard(hall) == [ANN_HZ, NOTICE_HZ]


async def test_a_notice_that_is_switched_off_is_not_said() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await ann_comes_and_goes(hall)
        await hall.log.append(with_notice(False))
        await asyncio.sleep(0.5)
        await ann_comes_and_goes(hall)

    assert heard(hall) == [ANN_HZ, NOTICE_HZ, ANN_HZ]


async def test_the_notice_is_said_by_the_voice_that_comes() -> None:
    hall, booth = Hall("es", voices={"other": Other()}), Booth(ann=TALKING)
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await take(hall, "ann")
        await asyncio.sleep(0.5)
        await hall.log.append(with_notice(True, "other"))
        await asyncio.sleep(0.5)
        await take(hall, "ann", Gesture.RELEASE)
        await asyncio.sleep(1.0)

    assert heard(hall) == [ANN_HZ, pitch_hz(f"other {NOTICE}")]


async def test_a_notice_that_could_not_be_made_is_tried_again_and_said_before_a_line() -> None:
    voice = Hoarse()
    hall, booth = Hall("es", voice=voice), Booth()
    voice.broken = True
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await asyncio.sleep(2.0)
        assert set(voice.asked) == {NOTICE}
        voice.broken = False
        await hall.say(TALK[0])
        await asyncio.sleep(4.0)
        await hall.say(TALK[1])
        await hall.done(2)

    assert heard(hall) == [*pitches("es", TALK[0]), NOTICE_HZ, *pitches("es", TALK[1])]


async def test_a_notice_that_comes_in_the_middle_of_a_line_waits_for_its_end() -> None:
    hall, booth = Hall("es", voice=Slow(0.5)), Booth()
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        for text in TALK:
            await hall.say(text)
        await hall.done(3)

    first, second, third = pitches("es", *TALK)
    assert heard(hall) == [first, NOTICE_HZ, second, third]
    lengths = [tone.length_s for tone in tones_in(hall.sinks["es"].sound, RATE_HZ)]
    assert max(lengths) - min(lengths) < 0.1


async def test_a_notice_that_nobody_expects_any_more_is_not_said() -> None:
    voice = Mute()
    hall, booth = Hall("es", voice=voice), Booth()
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await hall.say(TALK[0])
        await asyncio.sleep(NOTICE_MOST_S + LONGEST_REST_S / 2)
        voice.broken = False
        await asyncio.sleep(LONGEST_REST_S)
        await hall.say(TALK[1])
        await hall.done(2)

    assert heard(hall) == pitches("es", *TALK[:2])


async def test_whoever_asks_for_the_channel_does_not_wait_for_the_notice() -> None:
    hall, booth = Hall("es", voice=Slow(3.0)), Booth(ann=TALKING)
    await hall.log.append(with_notice(True))
    async with hall.on_air(hall.channel("es", booth=booth)):
        asked_s = hall.clock.now()
        answer = await take(hall, "ann")

    assert answer.refusal is None
    assert hall.clock.now() - asked_s < 1.0
    assert [change.who for change in await hall.of(OnAir)][-1] == "ann"


async def test_a_notice_ends_with_the_machines_turn() -> None:
    hall, booth = Hall("es"), Booth(ann=OPEN)
    await hall.log.append(with_notice(True))
    await hall.log.append(FloorActivity(True, 0.0))
    async with hall.on_air(hall.channel("es", booth=booth)):
        await take(hall, "ann")
        booth.microphones["ann"] = Microphone()
        await asyncio.sleep(0.2)
        booth.microphones["ann"] = TALKING
        await take(hall, "ann")
        await asyncio.sleep(1.0)

    tones = tones_in(hall.sinks["es"].sound, RATE_HZ)
    assert [tone.pitch_hz for tone in tones] == [NOTICE_HZ, ANN_HZ]
    assert tones[0].length_s < 0.4
