"""The stage as the floor's job hears it and a channel's rooms, over a real LiveKit."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from livekit import rtc
from livekit.rtc._proto.room_pb2 import (
    SIMULATE_FULL_RECONNECT,
    SIMULATE_SIGNAL_RECONNECT,
    SimulateScenarioKind,
)

from rooms.media import MediaServer
from tests.servers import LiveKitServer
from translation.audio import read_sound, resample
from translation.flow import SessionClock, cancel_and_wait
from translation.names import listener_room, speaker_identity, stage_room
from translation.path.listen import RATE_HZ
from translation.transport.livekit_room import ListenerRooms, StageFloor

pytestmark = [pytest.mark.livekit, pytest.mark.slow]

PATIENCE_S = 20.0
TALK = "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0890.wav"


@asynccontextmanager
async def speaker(media: MediaServer, session_id: str) -> AsyncIterator[rtc.Room]:
    """One tone without an end."""
    room, source = rtc.Room(), rtc.AudioSource(48_000, 1, queue_size_ms=100)
    token = media.speaker_token(session_id, speaker_identity("1", "a"))
    await room.connect(media.url, token, rtc.RoomOptions(auto_subscribe=False))
    track = rtc.LocalAudioTrack.create_audio_track("talk", source)
    options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
    await room.local_participant.publish_track(track, options)
    tone = np.sin(2 * np.pi * 500 * np.arange(960) / 48_000) * 8_000
    frame = rtc.AudioFrame(tone.astype(np.int16).tobytes(), 48_000, 1, 960)

    async def speak() -> None:
        while True:
            await source.capture_frame(frame)
            await asyncio.sleep(0.019)

    speaking = asyncio.create_task(speak())
    try:
        yield room
    finally:
        await cancel_and_wait(speaking)
        await room.disconnect()
        await source.aclose()


async def hears(floor: StageFloor) -> None:
    """Returns at the first sound from now on."""
    async with asyncio.timeout(PATIENCE_S), aclosing(floor.pieces()) as pieces:
        async for samples, _ in pieces:
            if np.abs(samples.astype(int)).max() > 2_000:
                return


async def passes_over(floor: StageFloor, length_s: float) -> None:
    """What was under way while the connection was away."""
    with suppress(TimeoutError):
        async with asyncio.timeout(length_s), aclosing(floor.pieces()) as pieces:
            async for _ in pieces:
                pass


async def received(track: rtc.Track, *, packets: int) -> tuple[int, int]:
    """Bytes of payload and packets, as soon as there are so many."""
    while True:
        for each in await track.get_stats():
            found = each.inbound_rtp
            if each.HasField("inbound_rtp") and found.received.packets_received >= packets:
                return int(found.inbound.bytes_received), int(found.received.packets_received)
        await asyncio.sleep(0.1)


async def test_a_channel_is_sent_with_what_an_interpreter_needs_for_a_relay(
    livekit: LiveKitServer,
) -> None:
    """At least 64 kbit/s, and each packet (20 ms) holds the one before it again (RED)."""
    session_id = uuid4().hex[:12]
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)
    await asyncio.to_thread(media.ensure_room, listener_room(session_id, "es", 0))
    talk = resample(read_sound(Path(TALK), 24_000), 48_000).samples
    sink, room = ListenerRooms(media, session_id, "es", 1), rtc.Room()
    subscribed: asyncio.Future[rtc.Track] = asyncio.get_running_loop().create_future()
    room.on("track_subscribed", lambda track, *_: subscribed.set_result(track))

    async def play() -> None:
        at = 0
        while True:
            count = sink.wanted()
            await sink.play(np.take(talk, range(at, at + count), mode="wrap"))
            at += count
            await asyncio.sleep(0.01)

    try:
        await sink.carry(1)
        playing = asyncio.create_task(play())
        await room.connect(livekit.url, media.listener_token(session_id, "es", 0, "listener.1"))
        async with asyncio.timeout(PATIENCE_S):
            track = await subscribed
            begun = await received(track, packets=100)  # the encoder finds its pace
            now = await received(track, packets=begun[1] + 200)
        await cancel_and_wait(playing)
    finally:
        await room.disconnect()
        await sink.aclose()
    bytes_a_packet = (now[0] - begun[0]) / (now[1] - begun[1])
    assert bytes_a_packet > 0.95 * 2 * 64_000 / 8 * 0.02


@pytest.mark.parametrize("scenario", [SIMULATE_SIGNAL_RECONNECT, SIMULATE_FULL_RECONNECT])
@pytest.mark.parametrize("who", ["floor", "speaker"])
async def test_a_connection_that_comes_back_is_heard_again(
    livekit: LiveKitServer, who: str, scenario: "SimulateScenarioKind.ValueType"
) -> None:
    session_id = uuid4().hex[:12]
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)
    await asyncio.to_thread(media.ensure_room, stage_room(session_id))
    async with speaker(media, session_id) as stage:
        floor = await StageFloor.join(
            url=media.url, token=partial(media.floor_token, session_id, "floor.1"),
            clock=SessionClock(time.time()), rate_hz=RATE_HZ,
        )  # fmt: skip
        try:
            await hears(floor)
            room = {"floor": floor._room._room, "speaker": stage}[who]
            assert room is not None
            back = asyncio.Event()
            room.on("reconnected", back.set)
            await room.simulate_scenario(scenario)
            async with asyncio.timeout(PATIENCE_S):
                await back.wait()
            await passes_over(floor, 1.5)
            await hears(floor)
        finally:
            await floor.aclose()


async def test_sound_that_nobody_reads_in_time_is_counted(livekit: LiveKitServer) -> None:
    session_id = uuid4().hex[:12]
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)
    await asyncio.to_thread(media.ensure_room, stage_room(session_id))
    floor = await StageFloor.join(
        url=media.url, token=partial(media.floor_token, session_id, "floor.1"),
        clock=SessionClock(time.time()), rate_hz=RATE_HZ, most_s=0.5,
    )  # fmt: skip
    try:
        assert floor.lost_s == 0.0
        async with asyncio.timeout(PATIENCE_S):
            while floor.lost_s < 0.5:  # noqa: ASYNC110 - it only counts
                await asyncio.sleep(0.05)
        await passes_over(floor, 0.2)
        lost_s = floor.lost_s
        await passes_over(floor, 1.0)
        assert floor.lost_s == lost_s
    finally:
        await floor.aclose()


async def test_a_channel_leaves_the_rooms_that_it_shall_carry_no_longer(
    livekit: LiveKitServer,
) -> None:
    session_id = uuid4().hex[:12]
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)
    names = [listener_room(session_id, "es", shard) for shard in range(3)]

    def publishing() -> list[str]:
        return sorted(room.name for room in media.list_rooms(names) if room.publishers)

    async def carries(sink: ListenerRooms, shards: int) -> None:
        await sink.carry(shards)
        async with asyncio.timeout(PATIENCE_S):
            while await asyncio.to_thread(publishing) != names[:shards]:  # noqa: ASYNC110 - LiveKit's word
                await asyncio.sleep(0.1)

    for name in names:
        await asyncio.to_thread(media.ensure_room, name)
    sink = ListenerRooms(media, session_id, "es", 1)
    try:
        await carries(sink, 3)
        await carries(sink, 1)
        await carries(sink, 2)
    finally:
        await sink.aclose()
