"""Interpreters on real servers: one or two in a booth, a machine behind them, a listener who must
never have to reconnect."""

import asyncio
import itertools
from contextlib import suppress
from pathlib import Path

import httpx
import numpy as np
import pytest
from livekit import rtc
from livekit.rtc.participant import PublishTrackError

from tests.listener import RATE_HZ as LISTENER_HZ
from tests.listener import Listener
from tests.live.scenes import heard_open, louder_than, scene
from tests.live.talks import of, until
from tests.stack import Stack
from tests.tones import pitch_hz, tones_in
from translation.audio import level_db
from translation.flow import cancel_and_wait
from translation.path.notices import NOTICES
from translation.values import (
    AlarmKind,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    Reason,
    Samples,
)

pytestmark = [
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]


GONE_S = 10.0
"""Within so long whoever was removed is out: LiveKit's webhook tells at once, the reconciliation
every five seconds."""
SILENT_DB = -70.0


async def test_partners_take_refuse_hand_over_and_give_back(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    async with scene(service, organizer, tmp_path, voice, "Ann", "Bob") as (made, (ann, bob)):
        answers = await asyncio.gather(ann.ask(Gesture.TAKE, "es"), bob.ask(Gesture.TAKE, "es"))
        assert sorted(answers, key=str) == [None, "partner_on_air"]
        first, second = (ann, bob) if answers[0] is None else (bob, ann)
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)

        assert await first.ask(Gesture.OFFER, "es", second.id, countdown_s=20) is None
        assert await second.ask(Gesture.ACCEPT, "es") is None
        assert await second.ask(Gesture.CANCEL, "es") is None
        assert await second.ask(Gesture.ASK, "es", first.id) is None
        assert await second.ask(Gesture.ASK, "es", first.id) == "handover_running"
        assert await first.ask(Gesture.ACCEPT, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.HANDED_OVER)

        assert await first.ask(Gesture.RELEASE, "es") == "not_on_air"
        assert await second.ask(Gesture.RELEASE, "es") is None
        await made.on_air(Input.MACHINE, Reason.RELEASED)
        await asyncio.sleep(1)

    stages = [h.stage for h in of(service, made.session_id, Handover)]
    assert HandoverStage.CANCELLED in stages
    assert stages[-1] == HandoverStage.DONE
    assert made.changes("fr")[-1][0] in (Input.MACHINE, Input.SLATE)
    assert {change[0] for change in made.changes("fr")} <= {Input.MACHINE, Input.SLATE}
    assert (AlarmKind.DOUBLE_MICROPHONE, True) in made.alarms()


async def test_the_machine_stands_in_and_the_interpreter_comes_back(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    async with scene(service, organizer, tmp_path, voice, "Ann") as (made, (ann,)):
        await ann.do("mute")
        await ann.until(lambda: not heard_open(ann, ann))
        assert await ann.ask(Gesture.TAKE, "es") == "no_microphone"
        await ann.do("unmute")
        await ann.until(lambda: heard_open(ann, ann))
        assert await ann.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)

        await ann.do("mute")
        await made.on_air(Input.MACHINE, Reason.MUTED)
        await ann.do("unmute")
        await made.on_air(Input.INTERPRETER, Reason.RETURNED)
        await ann.do("silence")
        await made.on_air(Input.MACHINE, Reason.SILENT)
        await ann.do("talk")
        await made.on_air(Input.INTERPRETER, Reason.RETURNED)
        await ann.kill_microphone()
        await made.on_air(Input.MACHINE, Reason.DISCONNECTED)
        await ann.open_microphone(voice)
        await made.on_air(Input.INTERPRETER, Reason.RETURNED)
        await asyncio.sleep(1)


async def test_a_removed_interpreter_is_heard_no_more_and_her_pass_is_useless(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    async with scene(service, organizer, tmp_path, voice, "Ann") as (made, (ann,)):
        service.change_channel(organizer, made.session_id, "es", policy="human_only")
        assert await ann.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)
        await until(lambda: louder_than(made.listener, -45), 20)
        told = await ann.token()

        removed = await asyncio.to_thread(organizer.delete, f"/api/assignments/{ann.id}")
        assert removed.is_success
        await until(lambda: not interpreters_on_stage(service, made.session_id), GONE_S)
        await made.on_air(Input.SLATE, Reason.REMOVED)
        await until(lambda: not louder_than(made.listener, SILENT_DB), GONE_S)
        with pytest.raises(httpx.HTTPStatusError):
            await ann.token()

        silent_from = len(made.listener.recording())
        await thrown_out(told, voice)
        await until(lambda: not interpreters_on_stage(service, made.session_id), GONE_S)
        await asyncio.sleep(1)  # what was under way to the listener
        heard = made.listener.recording()[silent_from:]
        assert len(heard) > 0
        assert level_db(heard) < SILENT_DB


async def thrown_out(told: dict[str, str], voice: Samples) -> None:
    """Whoever comes with an old pass and speaks is not let in, or not for long."""
    room, gone = rtc.Room(), asyncio.Event()
    room.on("disconnected", lambda *_: gone.set())
    source = rtc.AudioSource(48_000, 1, queue_size_ms=100)

    async def speak() -> None:
        track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
        with suppress(PublishTrackError):  # she is out already
            await room.local_participant.publish_track(track, options)
            for at in itertools.count(0, 960):
                frame = np.take(voice, range(at, at + 960), mode="wrap")
                await source.capture_frame(rtc.AudioFrame(frame.tobytes(), 48_000, 1, 960))

    try:
        await room.connect(told["url"], told["token"], rtc.RoomOptions(auto_subscribe=False))
    except rtc.ConnectError:
        return
    speaking = asyncio.create_task(speak())
    try:
        async with asyncio.timeout(GONE_S):
            await gone.wait()
    finally:
        await cancel_and_wait(speaking)
        await room.disconnect()
        await source.aclose()


def interpreters_on_stage(service: Stack, session_id: str) -> list[str]:
    """Blocking."""
    there = service.media().list_participants(f"{session_id}.stage")
    return [identity for identity in there if identity.startswith("interpreter.")]


async def test_the_organizer_decides_who_may_speak(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    async with scene(service, organizer, tmp_path, voice, "Ann") as (made, (ann,)):
        made.post("channels/es/force", to="floor")
        await made.on_air(Input.FLOOR, Reason.FORCED)
        assert await ann.ask(Gesture.TAKE, "es") == "forced"
        await until(lambda: louder_than(made.listener, -45), 20)
        made.post("channels/es/force", to="")
        await made.on_air(Input.MACHINE, Reason.FORCED)

        service.change_channel(organizer, made.session_id, "es", policy="machine_only")
        assert await ann.ask(Gesture.TAKE, "es") == "policy"
        service.change_channel(organizer, made.session_id, "es", policy="human_only")
        await made.on_air(Input.SLATE, Reason.POLICY)
        assert await ann.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)
        await asyncio.sleep(1)


async def test_retour_goes_into_the_floors_channel_while_the_floor_speaks_the_booths_language(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    async with scene(service, organizer, tmp_path, voice, "Ann", retour=True) as (made, (ann,)):
        assert await ann.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)
        made.post("floor-language", language="es")
        await made.on_air(Input.FLOOR, Reason.FLOOR_LANGUAGE)
        await ann.until(lambda: heard_open(ann, ann, "en"))
        assert await ann.ask(Gesture.TAKE, "en") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN, "en")
        async with Listener(service.base_url, made.session_id, "en") as original:
            await until(lambda: louder_than(original, -40), 20)
            await until(lambda: any(str(i).startswith("i") for i in original.captions), 60)
        made.post("floor-language", language="en")
        await made.on_air(Input.FLOOR, Reason.FLOOR_LANGUAGE, "en")
        await asyncio.sleep(1)


async def test_two_booths_work_at_once_and_hand_over_within_theirs(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    """A countdown that runs out, a request that is declined, a turn that is too long."""
    async with scene(service, organizer, tmp_path, voice, "Ann", "Bob", french=["Cleo"]) as (
        made,
        (ann, bob, cleo),
    ):
        assert await cleo.ask(Gesture.TAKE, "es") == "not_assigned"
        taking = ann.ask(Gesture.TAKE, "es"), cleo.ask(Gesture.TAKE, "fr")
        assert set(await asyncio.gather(*taking)) == {None}
        await made.on_air(Input.INTERPRETER, Reason.TAKEN, "es")
        await made.on_air(Input.INTERPRETER, Reason.TAKEN, "fr")
        assert [made.on_air_now(tag) for tag in ("es", "fr")] == [ann.id, cleo.id]

        service.change_channel(organizer, made.session_id, "es", turn_s=10)
        await made.rings(AlarmKind.SOLO_TOO_LONG, on=True)
        assert await ann.ask(Gesture.OFFER, "es", bob.id, countdown_s=2) is None
        assert await bob.ask(Gesture.ACCEPT, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.HANDED_OVER)
        assert made.on_air_now("es") == bob.id
        await made.rings(AlarmKind.SOLO_TOO_LONG, on=False)

        assert await ann.ask(Gesture.ASK, "es", bob.id, countdown_s=2) is None
        assert await bob.ask(Gesture.DECLINE, "es") is None
        assert await ann.ask(Gesture.CANCEL, "es") == "no_handover"
        assert made.on_air_now("es") == bob.id

        assert await cleo.ask(Gesture.RELEASE, "fr") is None
        await made.on_air(Input.MACHINE, Reason.RELEASED, "fr")
        assert made.on_air_now("es") == bob.id

    told = [h for h in of(service, made.session_id, Handover) if h.language == "es"]
    opened, counting, done, asked, declined = told
    stages = [h.stage for h in (opened, counting, done, asked, declined)]
    assert stages == [
        HandoverStage.OPEN, HandoverStage.COUNTING, HandoverStage.DONE,
        HandoverStage.OPEN, HandoverStage.DECLINED,
    ]  # fmt: skip
    assert counting.switch_s - counting.at_s == pytest.approx(2.0)
    assert 0.0 <= done.at_s - counting.switch_s < 1.0
    assert [change[0] for change in made.changes("fr")][-2:] == [Input.INTERPRETER, Input.MACHINE]


async def test_what_the_organizer_wants_of_a_channel_is_what_happens_in_it(
    service: Stack, organizer: httpx.Client, tmp_path: Path, voice: Samples
) -> None:
    """Machine first, an interpreter by order, people only, the notice; and whoever talks muted."""
    async with scene(service, organizer, tmp_path, voice, "Ann", "Bob") as (made, (ann, bob)):
        service.change_channel(
            organizer, made.session_id, "es", policy="machine_first", spoken_notice=True
        )
        assert await ann.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)
        await ann.do("mute")
        await made.on_air(Input.MACHINE, Reason.MUTED)
        await until(lambda: pitch_hz(NOTICES["es"]) in heard(made.listener), 20)
        await ann.say(type="report", muted_talking=True)
        await made.rings(AlarmKind.MUTED_TALKING, on=True)
        await ann.say(type="report", muted_talking=False)
        await made.rings(AlarmKind.MUTED_TALKING, on=False)
        await ann.do("unmute")
        await ann.until(lambda: heard_open(ann, ann))
        await asyncio.sleep(1)
        assert made.on_air_now("es") == "machine"  # it is hers no more

        made.post("channels/es/force", to=bob.id)
        await made.on_air(Input.INTERPRETER, Reason.FORCED)
        assert made.on_air_now("es") == bob.id
        assert await ann.ask(Gesture.TAKE, "es") == "forced"
        made.post("channels/es/force", to="")
        await made.on_air(Input.MACHINE, Reason.FORCED)

        service.change_channel(organizer, made.session_id, "es", policy="human_only")
        await made.on_air(Input.SLATE, Reason.POLICY)
        await made.rings(AlarmKind.NOBODY_ON_AIR, on=True)
        assert await bob.ask(Gesture.TAKE, "es") is None
        await made.on_air(Input.INTERPRETER, Reason.TAKEN)
        await made.rings(AlarmKind.NOBODY_ON_AIR, on=False)
        await asyncio.sleep(1)


def heard(listener: Listener) -> set[int]:
    return {tone.pitch_hz for tone in tones_in(listener.recording(), LISTENER_HZ)}
