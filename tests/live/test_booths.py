"""Interpreters on real servers: one or two in a booth, a machine behind them, a listener who must
never have to reconnect."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from livekit import rtc
from livekit.rtc.participant import PublishTrackError

from tests.interpreter import Interpreter
from tests.listener import Listener
from tests.live.conftest import TALK, speaking
from tests.live.talks import of, spoken_ids, start, until
from tests.stack import Stack
from translation.audio import level_db, read_sound, resample
from translation.flow import cancel_and_wait
from translation.values import (
    Alarm,
    AlarmKind,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    OnAir,
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


@pytest.fixture(scope="module")
def voice() -> Samples:
    """A human reading, its pauses cut out, as an interpreter's voice."""
    sound = resample(read_sound(TALK[0], 24_000), 48_000).samples
    frames = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    power = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    said: Samples = frames[power > 0.1 * power.max()].ravel()
    return said


class Scene:
    """A session with a machine talk on its floor, its booths and a listener."""

    def __init__(self, service: Stack, organizer: httpx.Client, session_id: str) -> None:
        self.service, self.organizer, self.session_id = service, organizer, session_id
        self.listener: Listener

    def changes(self, language: str = "es") -> list[tuple[Input, Reason]]:
        entries = of(self.service, self.session_id, OnAir, language)
        return [(e.input, e.reason) for e in entries if e.language == language]

    async def on_air(self, what: Input, reason: Reason, language: str = "es") -> None:
        await until(lambda: self.changes(language)[-1:] == [(what, reason)], 30)

    def alarms(self) -> set[tuple[AlarmKind, bool]]:
        return {(a.alarm, a.on) for a in of(self.service, self.session_id, Alarm)}

    def post(self, path: str, **body: Any) -> None:
        answer = self.organizer.post(f"/api/sessions/{self.session_id}/{path}", json=body)
        assert answer.is_success, answer.text


@asynccontextmanager
async def scene(
    service: Stack, organizer: httpx.Client, folder: Path, voice: Samples, *names: str, **how: Any
) -> AsyncIterator[tuple[Scene, list[Interpreter]]]:
    """A live session into Spanish and French; interpreters of the Spanish booth, microphones
    open. The floor speaks all the time."""
    session_id, invitation = service.new_session(organizer, ["es", "fr"])
    links = [service.invite(organizer, session_id, "es", name, **how)["url"] for name in names]
    start(organizer, session_id)
    made = Scene(service, organizer, session_id)
    async with AsyncExitStack() as exits:
        made.listener = await exits.enter_async_context(
            Listener(service.base_url, session_id, "es")
        )
        await exits.enter_async_context(speaking(service, invitation))
        booth = []
        for link in links:
            interpreter = Interpreter(service.base_url, link, folder)
            booth.append(await exits.enter_async_context(interpreter))
            await interpreter.open_microphone(voice)
        for interpreter in booth:
            await interpreter.until(lambda: all(heard_open(booth[0], i) for i in booth))
        await until(lambda: spoken_ids(service, session_id), 60)
        try:
            yield made, booth
            assert (made.listener.reconnects, len(made.listener.publishers)) == (0, 1)
        finally:
            start(organizer, session_id, "end")  # its processes are the next test's


def heard_open(seen_by: Interpreter, interpreter: Interpreter, language: str = "es") -> bool:
    """Her microphone is open and she is heard to speak, as the channel's job says."""
    microphones = seen_by.facts[language].get("microphones", ())
    return any(m["id"] == interpreter.id and m["speaking"] for m in microphones)


def louder_than(listener: Listener, db: float, last_s: float = 1.0) -> bool:
    sound = listener.recording()[-int(last_s * 24_000) :]
    return len(sound) > 0 and level_db(sound) > db


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
