import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import numpy as np
import pytest

from tests.tones import LONG_S, Tones, tones_in
from tests.translation.entries import speaking, spoken
from tests.translation.jobs.hall import RATE_HZ, Hall, Hoarse, Reading, Steady, pitches
from tests.translation.words import Words, rendered
from translation.audio import SILENCE_DB
from translation.errors import NotOwner
from translation.jobs.awaited import LOST_S
from translation.jobs.channel import DRAIN_MOST_S, Channel
from translation.jobs.machine import NEW_CHANNEL_BACK_S
from translation.jobs.note import Note
from translation.jobs.owned import failures_told
from translation.log.memory import MemoryLog
from translation.path.quality import Quality
from translation.path.speak import CatchUpSettings
from translation.ports import PLAIN, Manner, Ownership
from translation.values import (
    Draft,
    Drained,
    Entry,
    Input,
    OnAir,
    Segment,
    SessionState,
    SkipReason,
    Sound,
    Speaking,
    Spoken,
    Stage,
    Translation,
    Trouble,
)

TALK = ("we saw it", "it was large", "nobody knows why")


async def ids(hall: Hall, kind: type[Speaking] | type[Spoken], language: str = "es") -> list[int]:
    return [entry.segment_id for entry in await hall.of(kind, language)]


async def skips(hall: Hall, language: str = "es") -> dict[int, SkipReason]:
    return {s.segment_id: s.skipped for s in await hall.of(Spoken, language) if s.skipped}


# Speaking in order


async def test_lines_are_spoken_in_order_each_once() -> None:
    hall = Hall("es")
    for text in TALK:
        await hall.say(text)

    await hall.finish(hall.channel("es"))

    assert hall.sinks["es"].pitches() == pitches("es", *TALK)
    assert (await ids(hall, Speaking), await ids(hall, Spoken)) == ([1, 2, 3], [1, 2, 3])
    assert await skips(hall) == {}


async def test_translations_that_come_out_of_order_are_spoken_in_order() -> None:
    hall = Hall("es")
    hall.unanswered = {1, 2}
    async with hall.on_air(hall.channel("es")):
        for text in TALK:
            await hall.say(text)
        for number in (2, 1):
            await hall.log.append(
                Translation(number, "es", rendered(TALK[number - 1], "es"), "words", 0.0)
            )
        await hall.done(3)

    assert hall.sinks["es"].pitches() == pitches("es", *TALK)


async def test_the_next_line_follows_without_a_gap() -> None:
    hall = Hall("es")
    for text in TALK:
        await hall.say(text)

    await hall.finish(hall.channel("es"))

    first, second, third = tones_in(hall.sinks["es"].sound, RATE_HZ)
    assert second.start_s - first.start_s == pytest.approx(LONG_S, abs=0.05)
    assert third.start_s - second.start_s == pytest.approx(LONG_S, abs=0.05)


async def test_listeners_read_what_they_hear() -> None:
    hall = Hall("es")
    channel = hall.channel("es")
    async with hall.on_air(channel):
        await asyncio.sleep(0.1)
        await hall.say(TALK[0])
        await hall.done(1)

    (caption,) = hall.sinks["es"].told("captions", "final")
    (segment,) = await hall.of(Segment)
    assert caption == {
        "kind": "final",
        "id": 1,
        "language": "es",
        "text": rendered(TALK[0], "es"),
        "start_s": round(segment.floor_start_s, 3),
        "end_s": round(segment.floor_end_s, 3),
        "skipped": None,
        "by": "machine",
    }


async def test_drafts_of_the_language_are_passed_on_unless_the_clause_is_committed() -> None:
    hall = Hall("es", "fr")
    async with hall.on_air(hall.channel("es")):
        await asyncio.sleep(0.1)
        await hall.say(TALK[0])
        await asyncio.sleep(0.1)
        for draft in (Draft(2, "es", "it"), Draft(2, "fr", "it"), Draft(1, "es", "old")):
            await hall.drafts.say(draft)
        await asyncio.sleep(0.1)

    assert hall.sinks["es"].told("captions", "interim") == [
        {"kind": "interim", "id": 2, "language": "es", "text": "it", "by": "machine"}
    ]


# Translations that are late, lost or broken


async def test_a_late_translation_is_ordered_again() -> None:
    hall = Hall("es")
    hall.unanswered = {1}
    async with hall.on_air(hall.channel("es")):
        await hall.say(TALK[0])
        await asyncio.sleep(2.6)
        assert hall.ordered == [1, 1, 1]
        hall.unanswered.clear()
        await hall.done(1)

    assert hall.sinks["es"].pitches() == pitches("es", TALK[0])
    assert await skips(hall) == {}


async def test_a_translation_that_never_comes_is_given_up_with_a_mark() -> None:
    hall = Hall("es")
    hall.unanswered = {2}
    async with hall.on_air(hall.channel("es")):
        for text in TALK:
            await hall.say(text)
        began_s = (await hall.done(1)).ended_s
        lost = await hall.done(2)
        await hall.done(3)

    assert lost.skipped == SkipReason.UNTRANSLATED
    assert lost.ended_s - began_s <= LOST_S + 0.5
    assert hall.sinks["es"].pitches() == pitches("es", TALK[0], TALK[2])
    assert hall.sinks["es"].told("captions", "skipped") == [
        {"kind": "skipped", "id": 2, "language": "es", "skipped": "untranslated"}
    ]


async def test_one_broken_language_leaves_the_others_running() -> None:
    hall = Hall("es", "fr", translator=Words(broken=["es"]))
    for text in TALK:
        await hall.say(text)

    await hall.finish(hall.channel("es"), hall.channel("fr"))

    assert await skips(hall, "es") == dict.fromkeys([1, 2, 3], SkipReason.UNTRANSLATED)
    assert hall.sinks["es"].pitches() == []
    assert hall.sinks["fr"].pitches() == pitches("fr", *TALK)
    spoken_s = [entry.started_s for entry in await hall.of(Speaking, "fr")]
    assert max(spoken_s) < 3 * LONG_S + 0.5


async def test_a_broken_voice_is_told_and_works_again() -> None:
    voice = Hoarse()
    hall = Hall("es", voice=voice)
    async with hall.on_air(hall.channel("es")):
        voice.broken = True
        await hall.say(TALK[0])
        assert (await hall.done(1)).skipped == SkipReason.UNSPOKEN
        voice.broken = False
        await hall.say(TALK[1])
        await hall.done(2)

    assert [(t.stage, t.language, t.message) for t in await hall.of(Trouble)] == [
        (Stage.SPEAK, "es", "the voice crashed; it is restarted"),
        (Stage.SPEAK, "es", ""),
    ]
    assert hall.sinks["es"].pitches() == pitches("es", TALK[1])


async def test_an_empty_translation_is_skipped() -> None:
    hall = Hall("es")
    hall.unanswered = {1}
    async with hall.on_air(hall.channel("es")):
        await hall.say(TALK[0])
        await hall.log.append(Translation(1, "es", " ", "words", 0.0))

        assert (await hall.done(1)).skipped == SkipReason.UNTRANSLATED


# Nobody listens


async def test_a_language_nobody_listens_to_is_not_synthesised() -> None:
    voice = Hoarse()
    hall = Hall("es", voice=voice)
    hall.audience.clear()
    async with hall.on_air(hall.channel("es")):
        await hall.say(TALK[0])
        unheard = await hall.done(1)
        assert (unheard.skipped, voice.asked) == (SkipReason.UNHEARD, [])

        hall.audience.add("es")
        await hall.say(TALK[1])
        await hall.done(2)

    assert voice.asked == [rendered(TALK[1], "es")]
    assert hall.sinks["es"].pitches() == pitches("es", TALK[1])


async def test_a_listener_who_comes_at_once_hears_the_line_that_was_just_said() -> None:
    hall = Hall("es")
    hall.audience.clear()
    async with hall.on_air(hall.channel("es")):
        await hall.say(TALK[0])
        await asyncio.sleep(1.0)
        hall.audience.add("es")
        await hall.done(1)

    assert hall.sinks["es"].pitches() == pitches("es", TALK[0])


# Catching up


async def test_a_late_channel_hurries_and_then_skips_with_a_mark() -> None:
    hall, bounds = Hall("es", voice=Reading()), CatchUpSettings()
    channel = hall.channel("es")
    async with hall.on_air(channel):
        for number in range(40):
            await hall.say(f"{number} ".ljust(41, "a"))
            await asyncio.sleep(1.0)
        await hall.done(40)

    lines = {line.segment_id: line for line in await hall.of(Speaking)}
    skipped = await skips(hall)
    assert sorted([*lines, *skipped]) == list(range(1, 41))
    assert set(skipped.values()) == {SkipReason.BEHIND}
    assert list(lines) == sorted(lines)
    assert lines[1].speed < bounds.fastest
    assert max(line.speed for line in lines.values()) == bounds.fastest
    assert min(skipped) > 5
    said = {segment.id: segment for segment in await hall.of(Segment)}
    late_s = [line.started_s - said[number].floor_end_s for number, line in lines.items()]
    assert max(late_s) <= bounds.skip_after_s + 0.5
    told = hall.sinks["es"].told("captions", "skipped")
    assert {message["id"]: message["skipped"] for message in told} == dict.fromkeys(
        skipped, "behind"
    )


async def test_what_is_synthesised_ahead_is_bounded() -> None:
    hall = Hall("es", voice=Reading())
    async with hall.on_air(hall.channel("es")):
        for _ in range(20):
            await hall.say("a" * 41)
        await asyncio.sleep(20.0)

    backlogs_s = [facts["backlog_s"] for name, facts in hall.facts if name == "channel:es"]
    longest_s = len(rendered("a" * 41, "es")) / 15
    assert max(backlogs_s) <= longest_s + 0.35


# Pause, end, removal


async def test_a_paused_session_is_spoken_to_its_end_and_goes_on() -> None:
    hall = Hall("es")
    async with hall.on_air(hall.channel("es")):
        for text in TALK[:2]:
            await hall.say(text)
        await hall.until(lambda e: isinstance(e, Speaking))
        await hall.end(SessionState.PAUSED)
        await hall.done(2)
        await hall.until(lambda e: isinstance(e, OnAir) and e.input == Input.SLATE)
        await hall.log.append(hall.plan(SessionState.LIVE))
        await hall.say(TALK[2])
        await hall.done(3)

    assert hall.sinks["es"].pitches() == pitches("es", *TALK)
    inputs = [(entry.input, entry.who) for entry in await hall.of(OnAir)]
    assert inputs == [(Input.MACHINE, "tones 1"), (Input.SLATE, ""), (Input.MACHINE, "tones 1")]


async def test_an_ended_session_is_spoken_to_its_end_and_the_channel_ends() -> None:
    hall = Hall("es")
    running = asyncio.create_task(hall.channel("es").run())
    for text in TALK:
        await hall.say(text)
    await hall.log.append(hall.plan(SessionState.ENDED))
    await asyncio.sleep(5.0)
    assert not running.done()  # more may have been said before the end

    await hall.log.append(Drained(3, hall.clock.now()))
    await running

    assert await ids(hall, Spoken) == [1, 2, 3]
    assert hall.sinks["es"].told("state", "state")[-1]["session"] == "ended"


async def test_a_session_that_is_ended_while_it_is_paused_ends_its_channels_at_once() -> None:
    hall = Hall("es")
    running = asyncio.create_task(hall.channel("es").run())
    await hall.say(TALK[0])
    await hall.end(SessionState.PAUSED)
    await hall.done(1)

    await hall.log.append(hall.plan(SessionState.ENDED))
    async with asyncio.timeout(3.0):
        await running


async def test_a_channel_whose_floor_never_drains_ends_all_the_same() -> None:
    hall = Hall("es")
    running = asyncio.create_task(hall.channel("es").run())
    await hall.say(TALK[0])

    await hall.log.append(hall.plan(SessionState.ENDED))
    ended_s = hall.clock.now()
    await running

    assert await ids(hall, Spoken) == [1]
    assert hall.clock.now() - ended_s == pytest.approx(DRAIN_MOST_S, abs=2.0)


async def test_a_language_that_is_taken_out_ends() -> None:
    hall = Hall("es", "fr")
    spanish, french = (asyncio.create_task(hall.channel(tag).run()) for tag in ("es", "fr"))
    await hall.say(TALK[0])
    await hall.done(1, "es")

    await hall.log.append(hall.plan(SessionState.LIVE, "fr"))
    await spanish

    assert not french.done()
    hall.languages = ("fr",)
    await hall.end()
    await french


class SlowLog(MemoryLog):
    """Writes take a tenth of a second."""

    async def append(self, entry: Entry, *, owner: Ownership | None = None) -> bool:
        await asyncio.sleep(0.1)
        return await super().append(entry, owner=owner)


async def test_the_end_of_the_last_line_is_in_the_log_when_the_channel_has_ended() -> None:
    hall = Hall("es")
    hall.log = SlowLog()
    hall.log.append_now(hall.plan())
    await hall.say(TALK[0])

    await hall.finish(hall.channel("es"))

    assert await ids(hall, Spoken) == [1]


# Going on after a crash


def note(number: int, played_s: float) -> str:
    return Note(number, played_s, time.time()).write()


async def test_a_channel_goes_on_in_the_middle_of_a_line() -> None:
    hall = Hall("es")
    for text in TALK:
        await hall.say(text)
    for entry in (speaking(1), spoken(1), speaking(2)):
        await hall.log.append(entry)

    await hall.finish(hall.channel("es", note=note(2, 0.4)))

    assert (await ids(hall, Speaking), await ids(hall, Spoken)) == ([1, 2, 3], [1, 2, 3])
    rest, whole = tones_in(hall.sinks["es"].sound, RATE_HZ)
    assert [rest.pitch_hz, whole.pitch_hz] == pitches("es", *TALK[1:])
    assert rest.length_s == pytest.approx(LONG_S - 0.4, abs=0.07)
    assert whole.length_s == pytest.approx(LONG_S, abs=0.07)


async def test_a_line_that_was_heard_to_its_end_is_only_marked() -> None:
    hall = Hall("es")
    await hall.say(TALK[0])
    await hall.log.append(speaking(1))

    await hall.finish(hall.channel("es", note=note(1, LONG_S)))

    assert (await ids(hall, Speaking), await ids(hall, Spoken)) == ([1], [1])
    assert hall.sinks["es"].pitches() == []


async def test_a_channel_without_a_note_says_the_line_again() -> None:
    hall = Hall("es")
    await hall.say(TALK[0])
    await hall.log.append(speaking(1))

    await hall.finish(hall.channel("es"))

    assert hall.sinks["es"].pitches() == pitches("es", TALK[0])
    assert (await ids(hall, Speaking), await ids(hall, Spoken)) == ([1], [1])


@pytest.mark.parametrize("left", ["", note(1, LONG_S)], ids=["no note", "an older note"])
async def test_a_line_that_began_after_the_note_of_a_hand_over_goes_on(left: str) -> None:
    hall = Hall("es")
    for text in TALK[:2]:
        await hall.say(text)
    began = speaking(2, at_s=hall.clock.now() - 0.25)
    for entry in (speaking(1), spoken(1), began):
        await hall.log.append(entry)

    await hall.finish(hall.channel("es", note=left, handed_over=True))

    assert await ids(hall, Spoken) == [1, 2]
    [rest] = tones_in(hall.sinks["es"].sound, RATE_HZ)
    assert rest.length_s < LONG_S - 0.2


@pytest.mark.parametrize("cut_s", [0.1, 0.45, 0.7, 1.3, 1.75])
async def test_a_channel_that_is_cut_off_anywhere_is_heard_once_in_all(cut_s: float) -> None:
    hall = Hall("es")
    for text in TALK:
        await hall.say(text)
    first = hall.channel("es")
    async with hall.on_air(first):
        await asyncio.sleep(cut_s)
    before = hall.sinks["es"]

    await hall.finish(hall.channel("es", note=first.note()))

    assert await ids(hall, Speaking) == [1, 2, 3]
    assert await ids(hall, Spoken) == [1, 2, 3]
    heard_s = dict.fromkeys(pitches("es", *TALK), 0.0)
    for recording in (before, hall.sinks["es"]):
        for tone in tones_in(recording.sound, RATE_HZ):
            heard_s[tone.pitch_hz] += tone.length_s
    assert list(heard_s.values()) == [pytest.approx(LONG_S, abs=0.13)] * 3


async def test_a_channel_that_is_opened_late_begins_near_now() -> None:
    hall = Hall("es")
    for number in range(20):
        await hall.say(f"clause {number + 1}")
        await asyncio.sleep(2.0)

    await asyncio.sleep(NEW_CHANNEL_BACK_S - 5.0)
    await hall.finish(hall.channel("es"))

    assert await ids(hall, Spoken) == [19, 20]  # said 5 s and 3 s before


# Falling down


class Stumbling(Tones):
    """A voice that raises what no engine should, at some texts."""

    def __init__(self, *at: str) -> None:
        self.at = [rendered(text, "es") for text in at]

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        if text in self.at:
            raise ValueError(f"cannot say {text}")
        async for sound in super().speak(text, language=language, speed=speed):
            yield sound


async def owned_by_turns(hall: Hall, owners: int) -> str:
    """Owners that follow one another, each with the note of the one before, as leases have it."""
    left = ""
    for _ in range(owners):
        channel = hall.channel("es", note=left)
        with suppress(ValueError):
            async with failures_told(hall.log, Stage.SPEAK, "es", hall.clock.now):
                await channel.run()
        left = channel.note()
    return left


async def test_a_line_at_which_two_owners_fell_is_left_out_and_the_others_are_heard() -> None:
    hall = Hall("es", voice=Stumbling(TALK[1]))
    for text in TALK:
        await hall.say(text)
    working = asyncio.create_task(owned_by_turns(hall, 3))
    await hall.done(3)
    await hall.end()
    await working

    assert await skips(hall) == {2: SkipReason.UNSPOKEN}
    assert hall.sinks["es"].pitches() == pitches("es", TALK[0], TALK[2])  # the rest of the first
    told = [(t.stage, t.language, t.message) for t in await hall.of(Trouble)]
    assert told.count((Stage.SPEAK, "es", "the job failed (ValueError)")) == 2
    assert told[-1] == (Stage.SPEAK, "es", "")


async def test_owners_that_fall_at_different_lines_leave_none_out() -> None:
    voice = Stumbling(TALK[0])
    hall = Hall("es", voice=voice)
    await hall.say(TALK[0])
    left = await owned_by_turns(hall, 1)
    voice.at = [rendered(TALK[1], "es")]
    await hall.say(TALK[1])
    channel = hall.channel("es", note=left)
    with pytest.raises(ValueError, match="cannot say"):
        await channel.run()
    voice.at = []

    await hall.finish(hall.channel("es", note=channel.note()))

    assert await skips(hall) == {}


# Who may play


async def test_a_channel_that_may_not_play_is_silent() -> None:
    hall, allowed = Hall("es"), [True]
    async with hall.on_air(hall.channel("es", may_play=lambda: allowed[0])):
        await hall.say(TALK[0])
        await hall.done(1)
        allowed[0] = False
        played = len(hall.sinks["es"].sound)
        await hall.say(TALK[1])
        await asyncio.sleep(2.0)

    assert len(hall.sinks["es"].sound) == played


class TakenLog(MemoryLog):
    """Somebody else owns the job once `taken` is set."""

    taken = False

    async def append(self, entry: Entry, *, owner: Ownership | None = None) -> bool:
        if self.taken and owner is not None:
            raise NotOwner("a successor goes on")
        return await super().append(entry, owner=owner)


def taken_hall() -> tuple[Hall, TakenLog, Channel]:
    hall, log = Hall("es"), TakenLog()
    log.append_now(hall.plan())
    hall.log = log
    return hall, log, hall.channel("es", owner=Ownership("s1/channel/es", 1))


async def test_a_channel_that_lost_its_lease_ends() -> None:
    hall, log, channel = taken_hall()
    running = asyncio.create_task(channel.run())
    await asyncio.sleep(0.1)

    log.taken = True
    await hall.say(TALK[0])

    with pytest.raises(NotOwner):
        await running


async def test_a_channel_that_steps_down_plays_on_and_leaves_the_log_to_its_successor() -> None:
    hall, log, channel = taken_hall()
    async with hall.on_air(channel):
        await hall.say(TALK[0])
        await hall.until(lambda e: isinstance(e, Speaking))
        channel.stepping_down.set()
        log.taken = True
        await asyncio.sleep(LONG_S)

    (tone,) = tones_in(hall.sinks["es"].sound, RATE_HZ)
    assert tone.length_s == pytest.approx(LONG_S, abs=0.07)
    assert await ids(hall, Spoken) == []


# The original


async def test_the_original_is_the_floors_own_sound_and_words() -> None:
    hall = Hall("en", "es")
    sound = (np.sin(2 * np.pi * 640 * np.arange(RATE_HZ) / RATE_HZ) * 8_000).astype(np.int16)
    floor = Steady(hall.clock, sound, RATE_HZ)
    running = asyncio.create_task(hall.channel("en", floor=floor).run())
    await asyncio.sleep(0.5)
    await hall.drafts.say(Draft(1, "en", "we"))
    await asyncio.sleep(0.1)
    await hall.say(TALK[0])
    await asyncio.sleep(1.0)
    await hall.end()
    await running

    (heard,) = tones_in(hall.sinks["en"].sound, RATE_HZ)
    assert heard.pitch_hz == 640
    assert heard.length_s == pytest.approx(1.0, abs=0.1)
    (draft,) = hall.sinks["en"].told("captions", "interim")
    (final,) = hall.sinks["en"].told("captions", "final")
    assert [(each["text"], each["by"]) for each in (draft, final)] == [
        ("we", "floor"), (TALK[0], "floor"),
    ]  # fmt: skip
    assert floor.closed
    (on_air, *_) = await hall.of(OnAir)
    assert (on_air.input, on_air.who) == (Input.FLOOR, "")


# What is told


async def test_listeners_and_organizers_learn_how_the_channel_does() -> None:
    hall = Hall("es")
    async with hall.on_air(hall.channel("es")):
        await asyncio.sleep(0.1)
        await hall.say(TALK[0])
        await hall.done(1)
        await asyncio.sleep(2.1)

    state = hall.sinks["es"].told("state", "state")[-1]
    assert state == {
        "kind": "state", "session": "live", "floor": "silent", "input": "machine",
        "who": "tones 1", "name": "", "since_s": hall.facts[-1][1]["since_s"],
        "reason": "started", "sound_unfit": False,
        "lag_s": pytest.approx(0.1, abs=0.11), "publisher": "channel.es.1",
    }  # fmt: skip
    name, facts = hall.facts[-1]
    assert (name, facts) == ("channel:es", {
        "owned": True, "input": "machine", "who": "tones 1", "reason": "started",
        "since_s": pytest.approx(0.0, abs=0.1), "holder": "", "forced": "",
        "policy": "human_first", "handover": None, "turn": None, "microphones": [], "alarms": [],
        "level_db": SILENCE_DB, "machine_able": True,
        "backlog_s": 0.0, "lag_s": state["lag_s"],
        "speed": 1.0, "skipped": 0,
        "quality": {**Quality("es").facts(), "lines": 1},
        "last_caption": rendered(TALK[0], "es"),
        "engine": "tones 1", "resting": [],
    })  # fmt: skip


async def test_a_channel_is_carried_into_as_many_rooms_as_are_planned() -> None:
    hall = Hall("es")
    async with hall.on_air(hall.channel("es")):
        await asyncio.sleep(0.1)

    assert hall.sinks["es"].shards == 1
