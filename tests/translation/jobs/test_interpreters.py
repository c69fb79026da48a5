"""A channel whose voice changes: what listeners hear, read and are told, and what the log says."""

import asyncio
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from tests.tones import LONG_S, tones_in
from tests.translation.jobs.booth import (
    ANN,
    ANN_HZ,
    BOB,
    BOB_HZ,
    OPEN,
    TALKING,
    Booth,
    began,
    plan,
    take,
)
from tests.translation.jobs.hall import RATE_HZ, Hall, Steady, pitches
from translation.path.behind import TOO_SLOW
from translation.path.facts import DEAF_S
from translation.ports import Microphone
from translation.values import (
    Alarm,
    AlarmKind,
    Gesture,
    Input,
    OnAir,
    Reason,
    SkipReason,
    Spoken,
    Stage,
    Trouble,
)

TALK = ("we saw it", "it was large", "nobody knows why")


def heard(hall: Hall) -> list[int]:
    return [tone.pitch_hz for tone in tones_in(hall.sinks["es"].sound, RATE_HZ)]


async def test_an_interpreter_takes_the_channel_and_gives_it_back_without_a_gap() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await asyncio.sleep(0.1)
        answer = await take(hall, "ann")
        await asyncio.sleep(1.0)
        await hall.say(TALK[0])
        await asyncio.sleep(0.2)
        await take(hall, "ann", Gesture.RELEASE)
        await hall.done(1)
        await asyncio.sleep(0.2)

    assert answer.refusal is None
    assert heard(hall) == [ANN_HZ, *pitches("es", TALK[0])]
    changes = [(o.input, o.who, o.name, o.reason) for o in await hall.of(OnAir)]
    assert changes == [
        (Input.MACHINE, "tones 1", "", Reason.STARTED),
        (Input.INTERPRETER, "ann", "Ann", Reason.TAKEN),
        (Input.MACHINE, "tones 1", "", Reason.RELEASED),
    ]


async def test_the_machine_works_in_the_shadow_and_its_line_is_told_from_the_beginning() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await take(hall, "ann")
        await hall.say(TALK[0])
        await hall.done(1)
        assert heard(hall) == [ANN_HZ]
        await hall.say(TALK[1])
        await asyncio.sleep(0.4)
        booth.microphones["ann"] = Microphone()
        await hall.done(2)
        await asyncio.sleep(0.5)

    assert heard(hall) == [ANN_HZ, *pitches("es", TALK[1])]
    (_, stood_in) = await hall.of(OnAir)
    assert (stood_in.input, stood_in.reason) == (Input.MACHINE, Reason.DISCONNECTED)
    whole = tones_in(hall.sinks["es"].sound, RATE_HZ)[-1]
    assert whole.length_s == pytest.approx(LONG_S, abs=0.1)


async def test_a_silent_interpreter_is_stood_in_for_and_comes_back_when_she_speaks() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await take(hall, "ann")
        booth.microphones["ann"] = OPEN
        await asyncio.sleep(2.5)
        booth.microphones["ann"] = TALKING
        await asyncio.sleep(2.0)

    reasons = [(entry.input, entry.reason) for entry in await hall.of(OnAir)]
    assert reasons[1:] == [
        (Input.MACHINE, Reason.SILENT),
        (Input.INTERPRETER, Reason.RETURNED),
    ]


async def test_partners_hand_over_and_never_are_both_heard() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING, bob=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await take(hall, "ann")
        await asyncio.sleep(0.5)
        await take(hall, "ann", Gesture.OFFER, "bob")
        await take(hall, "bob", Gesture.ACCEPT)
        await asyncio.sleep(0.5)

    assert heard(hall) == [ANN_HZ, BOB_HZ]


async def test_a_channel_that_is_cut_off_goes_on_with_the_same_voice() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await take(hall, "ann")
        await asyncio.sleep(0.3)
    async with hall.on_air(hall.channel("es", booth=booth)):
        await asyncio.sleep(0.5)

    assert heard(hall) == [ANN_HZ]
    assert len(await hall.of(OnAir)) == 1  # nothing changed


async def test_the_floor_is_passed_through_while_it_speaks_the_language() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    sound = (np.sin(2 * np.pi * 1000 * np.arange(3 * RATE_HZ) / RATE_HZ) * 8_000).astype(np.int16)
    floor = Steady(hall.clock, sound, RATE_HZ)
    await hall.log.append(plan())
    channel = hall.channel("es", booth=booth, floor=floor)
    async with hall.on_air(channel):
        await take(hall, "ann")
        await hall.log.append(replace(plan(), floor_language="es"))
        await asyncio.sleep(0.5)
        await hall.log.append(plan())
        await asyncio.sleep(0.5)

    changes = [(entry.input, entry.reason) for entry in await hall.of(OnAir)]
    assert changes[1:] == [
        (Input.FLOOR, Reason.FLOOR_LANGUAGE),
        (Input.INTERPRETER, Reason.FLOOR_LANGUAGE),
    ]


async def test_a_line_the_interpreter_covers_is_done_with_all_the_same() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await take(hall, "ann")
        for text in TALK:
            await hall.say(text)
        await hall.done(3)

    assert [entry.skipped for entry in await hall.of(Spoken)] == [None, None, None]


def vitals(hall: Hall) -> dict[str, Any]:
    return [facts for name, facts in hall.facts if name == "channel:es"][-1]


async def test_a_turn_goes_on_while_the_machine_stands_in() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await asyncio.sleep(0.1)
        assert vitals(hall)["turn"] is None
        await take(hall, "ann")
        await asyncio.sleep(2.0)
        turn = vitals(hall)["turn"]
        booth.microphones["ann"] = Microphone()
        await asyncio.sleep(2.0)
        stood_in = vitals(hall)["turn"]
        booth.microphones["ann"] = TALKING
        await asyncio.sleep(3.0)
        facts = vitals(hall)

    changes = await hall.of(OnAir)
    assert [change.input for change in changes[1:]] == [
        Input.INTERPRETER, Input.MACHINE, Input.INTERPRETER,
    ]  # fmt: skip
    assert turn == {"who": "ann", "since_s": changes[1].since_s, "left_s": None}
    assert stood_in == {**turn, "left_s": changes[2].since_s}
    assert facts["turn"] == turn
    assert facts["since_s"] == changes[3].since_s


async def test_a_name_that_is_withdrawn_is_not_told_to_listeners_any_more() -> None:
    hall, booth = Hall("es"), Booth(ann=TALKING)
    async with hall.on_air(await began(hall, booth)):
        await asyncio.sleep(0.1)
        await take(hall, "ann")
        await asyncio.sleep(0.2)
        for name in ("", "Ann"):
            (channel,) = plan().channels
            nameless = replace(channel, interpreters=(replace(ANN, name=name), BOB))
            await hall.log.append(replace(plan(), channels=(nameless,)))
            await asyncio.sleep(0.2)

    told = [state["name"] for state in hall.sinks["es"].told("state", "state")]
    assert [name for name, _ in groupby(told)] == ["", "Ann", "", "Ann"]
    assert len(await hall.of(OnAir)) == 2


async def test_how_good_the_machines_last_lines_were_is_told_to_organizers() -> None:
    hall = Hall("es")
    async with hall.on_air(hall.channel("es")):
        await hall.say(TALK[0])
        await hall.done(1)
        await hall.log.append(Spoken(2, "es", 9.0, SkipReason.BEHIND))
        await asyncio.sleep(1.5)
    quality = vitals(hall)["quality"]
    assert (quality["lines"], quality["skipped"]) == (2, 1)


async def test_a_machine_that_hears_nothing_of_a_speaking_floor_alarms() -> None:
    hall, booth = Hall("es"), Booth()
    async with hall.on_air(await began(hall, booth)):
        await hall.say(TALK[0])
        await hall.done(1)
        await asyncio.sleep(DEAF_S - 1.0)
        assert await hall.of(Alarm) == []
        alarm = await hall.until(lambda entry: isinstance(entry, Alarm))
        await hall.say(TALK[1])
        await hall.done(2)

    assert isinstance(alarm, Alarm)
    assert (alarm.alarm, alarm.on) == (AlarmKind.NOBODY_ON_AIR, True)
    assert [each.on for each in await hall.of(Alarm)] == [True, False]
    assert [entry.input for entry in await hall.of(OnAir)] == [Input.MACHINE]


async def test_a_language_nobody_listens_to_is_no_machine_that_hears_nothing() -> None:
    hall, booth = Hall("es"), Booth()
    hall.audience.clear()
    async with hall.on_air(await began(hall, booth)):
        for _ in range(5):
            await hall.say(TALK[0])
            await asyncio.sleep(8.0)

    assert await hall.of(Alarm) == []


async def test_a_floor_job_that_fails_alarms_the_channels_that_need_it() -> None:
    hall, booth = Hall("es"), Booth()
    async with hall.on_air(await began(hall, booth)):
        await asyncio.sleep(0.5)
        await hall.log.append(Trouble(Stage.LISTEN, "", "the stage was lost", 0.5))
        await hall.until(lambda entry: isinstance(entry, Alarm) and entry.on)
        told_s = hall.clock.now()
        await hall.log.append(Trouble(Stage.LISTEN, "", "", told_s))
        await hall.until(lambda entry: isinstance(entry, Alarm) and not entry.on)

    assert told_s < 4.0


async def test_a_recognition_that_is_too_slow_alarms_nobody_while_lines_come() -> None:
    hall, booth = Hall("es"), Booth()
    async with hall.on_air(await began(hall, booth)):
        await hall.log.append(Trouble(Stage.RECOGNISE, "", TOO_SLOW, 0.5))
        for line in TALK[:2]:
            await asyncio.sleep(DEAF_S / 2)
            await hall.say(line)
            await hall.done(hall.said)

    assert await hall.of(Alarm) == []
    assert [entry.input for entry in await hall.of(OnAir)] == [Input.MACHINE]
