"""A speaker without a browser: joins a stage by its invitation and plays recordings there."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np
from livekit import rtc

from translation.audio import read_sound
from translation.names import STATE_TOPIC
from translation.values import Samples, SessionState

log = logging.getLogger(__name__)

RATE_HZ = 48_000
FRAME = RATE_HZ // 50
FRAME_S = FRAME / RATE_HZ
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 10.0


class StageClosed(Exception):
    """The stage cannot be entered now; the text says why. Later it may open."""


def demo_invitation(file: Path) -> Callable[[], str]:
    """Reads the demo's invitation anew each time: `createdemo` may have made another."""

    def read() -> str:
        try:
            return str(json.loads(file.read_text())["invitation"])
        except (OSError, ValueError, KeyError):
            raise StageClosed("there is no demo yet; manage.py createdemo --live") from None

    return read


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the stage answered: the token to connect with, and whether the session is live."""

    token: str
    live: bool


def enter(base_url: str, invitation: str) -> Entrance:
    """Raises `StageClosed`."""
    request = Request(  # noqa: S310 - http(s) by the settings' check
        f"{base_url}/api/stage",
        data=json.dumps({"invitation": invitation}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urlopen(request, timeout=10) as reply:  # noqa: S310 - as above
            answer = json.load(reply)
    except HTTPError as error:
        raise StageClosed(f"the stage answered {error.code}: {_message(error)}") from None
    except (OSError, ValueError) as error:
        raise StageClosed(f"{base_url} does not answer: {error}") from None
    live = answer["session"]["state"] == SessionState.LIVE
    return Entrance(token=answer["token"], live=live)


def _message(error: HTTPError) -> str:
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError):
        return error.reason


@dataclass(slots=True)
class Speaker:
    """`invitation` is asked before every attempt to connect. LiveKit is reached the way servers
    reach it, not by the address that browsers are given."""

    base_url: str
    livekit_url: str
    invitation: Callable[[], str]
    sounds: Sequence[Path]
    pause_s: float
    _live: asyncio.Event = field(default_factory=asyncio.Event)
    _gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def speak(self, *, once: bool) -> None:
        """Plays, and comes back for ever when the stage is closed or lost. Raises `BadSound`."""
        read = [await asyncio.to_thread(read_sound, path, RATE_HZ) for path in self.sounds]
        talk = [sound.samples for sound in read]
        wait_s = FIRST_WAIT_S
        while True:
            try:
                if await self._visit(talk, once=once):
                    return
                wait_s = FIRST_WAIT_S
            except (StageClosed, rtc.ConnectError) as error:
                log.info("waiting for the stage: %s", error)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            await asyncio.sleep(wait_s)

    async def _visit(self, talk: list[Samples], *, once: bool) -> bool:
        """One connection, until it is lost (False) or all was played once (True)."""
        entrance = await asyncio.to_thread(lambda: enter(self.base_url, self.invitation()))
        room = rtc.Room()
        self._gone.clear()
        self._heard(live=entrance.live)
        room.on("disconnected", lambda *_: self._gone.set())
        room.on("data_received", self._on_data)
        await room.connect(self.livekit_url, entrance.token, rtc.RoomOptions(auto_subscribe=False))
        source = rtc.AudioSource(RATE_HZ, 1, queue_size_ms=100)
        try:
            track = rtc.LocalAudioTrack.create_audio_track("talk", source)
            options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
            await room.local_participant.publish_track(track, options)
            log.info("on the stage")
            return await self._play(source, talk, once=once)
        finally:
            await room.disconnect()
            await source.aclose()

    async def _play(self, source: rtc.AudioSource, talk: list[Samples], *, once: bool) -> bool:
        pause = np.zeros(int(self.pause_s * RATE_HZ), np.int16)
        while True:
            for samples in (*talk, pause):
                await self._play_one(source, samples)
                if self._gone.is_set():
                    return False
            if once:
                return True

    async def _play_one(self, source: rtc.AudioSource, samples: Samples) -> None:
        """In real time by our own clock. After a stall it goes on from now: what was fed faster
        than it plays would stay queued, and the talk late by as much, for good."""
        due_s = time.monotonic()
        for start in range(0, len(samples), FRAME):
            if not self._live.is_set():
                await self._until_live()
            if self._gone.is_set():
                return
            frame = samples[start : start + FRAME]
            await source.capture_frame(rtc.AudioFrame(frame.tobytes(), RATE_HZ, 1, len(frame)))
            due_s = max(due_s + FRAME_S, time.monotonic() - FRAME_S)
            await asyncio.sleep(due_s - time.monotonic())

    async def _until_live(self) -> None:
        """Says nothing while the session is not live."""
        waits = [asyncio.create_task(event.wait()) for event in (self._live, self._gone)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _on_data(self, packet: rtc.DataPacket) -> None:
        if packet.topic != STATE_TOPIC:
            return
        try:
            state: Any = json.loads(packet.data)
            self._heard(live=state["session"] == SessionState.LIVE)
        except (ValueError, KeyError, TypeError):
            log.warning("a state message that cannot be read")

    def _heard(self, *, live: bool) -> None:
        if live:
            self._live.set()
        else:
            self._live.clear()
