"""Rooms and tokens on a real LiveKit server: what a token does not allow, the server refuses."""

import asyncio
import base64
import json
import queue
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from livekit import rtc

from rooms.media import BadWebhook, MediaServer, MediaUnreachable, Webhook
from tests.servers import LiveKitServer, free_port, livekit_server
from translation.names import listener_room, stage_room

pytestmark = pytest.mark.livekit


@pytest.fixture
def media(livekit: LiveKitServer) -> MediaServer:
    return MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)


@asynccontextmanager
async def joined(livekit: LiveKitServer, token: str) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(livekit.url, token, rtc.RoomOptions(auto_subscribe=False))
    try:
        yield room
    finally:
        await room.disconnect()


async def publish(room: rtc.Room, source: "rtc.TrackSource.ValueType") -> None:
    audio = rtc.AudioSource(48_000, 1, queue_size_ms=100)
    try:
        track = rtc.LocalAudioTrack.create_audio_track("track", audio)
        options = rtc.TrackPublishOptions(source=source)
        await room.local_participant.publish_track(track, options)
    finally:
        await audio.aclose()


async def refuses(room: rtc.Room, source: "rtc.TrackSource.ValueType") -> None:
    """The server answers nothing at all to what a token does not allow."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(2):
            await publish(room, source)


async def until_counted(
    media: MediaServer, name: str, *, participants: int, publishers: int
) -> None:
    """LiveKit's list follows what is in a room by up to some seconds."""
    counted = None
    try:
        async with asyncio.timeout(12):
            while counted != (participants, publishers):
                (room,) = await sync_to_async(media.list_rooms)([name])
                counted = room.participants, room.publishers
                await asyncio.sleep(0.1)
    except TimeoutError:
        pytest.fail(f"participants and publishers: {counted}")


def test_a_room_is_created_once_and_deleted_once(media: MediaServer) -> None:
    media.ensure_room("s1.es.0")
    media.ensure_room("s1.es.0")
    assert [room.name for room in media.list_rooms(["s1.es.0", "s1.es.1"])] == ["s1.es.0"]
    media.delete_room("s1.es.0")
    media.delete_room("s1.es.0")
    assert media.list_rooms(["s1.es.0"]) == []
    assert media.list_participants("s1.es.0") == []
    media.remove_participant("s1.es.0", "nobody")


def test_a_livekit_that_is_not_there_is_named() -> None:
    port = free_port()
    media = MediaServer(f"ws://127.0.0.1:{port}", "", "key", "x" * 32)
    with pytest.raises(MediaUnreachable, match=f"127.0.0.1:{port}: start it, or set LIVEKIT_URL"):
        media.list_rooms()


def test_a_wrong_secret_is_named(livekit: LiveKitServer) -> None:
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, "x" * 32)
    with pytest.raises(MediaUnreachable, match="check LIVEKIT_API_KEY and LIVEKIT_API_SECRET"):
        media.list_rooms()


async def test_a_listener_can_say_nothing_and_is_counted(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    name = listener_room("s2", "es", 0)
    await sync_to_async(media.ensure_room)(name)
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    async with (
        joined(livekit, media.channel_token("s2", "es", 0, "channel.es.1")) as witness,
        joined(livekit, media.channel_token("s2", "es", 0, "channel.es.2")) as channel,
        joined(livekit, media.listener_token("s2", "es", 0, "listener.1")) as listener,
    ):
        witness.on("data_received", lambda packet: heard.put_nowait(packet.data))
        await refuses(listener, rtc.TrackSource.SOURCE_MICROPHONE)
        await listener.local_participant.publish_data(b"from a listener", reliable=True)
        await asyncio.sleep(0.2)  # the listener's packet would be first
        await channel.local_participant.publish_data(b"from a channel", reliable=True)
        async with asyncio.timeout(5):
            assert await heard.get() == b"from a channel"
        await until_counted(media, name, participants=3, publishers=0)


async def test_listeners_do_not_see_each_other_but_see_the_channel(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    name = listener_room("s3", "es", 0)
    await sync_to_async(media.ensure_room)(name)
    async with (
        joined(livekit, media.channel_token("s3", "es", 0, "channel.es.1")) as channel,
        joined(livekit, media.listener_token("s3", "es", 0, "listener.1")),
        joined(livekit, media.listener_token("s3", "es", 0, "listener.2")) as listener,
    ):
        await publish(channel, rtc.TrackSource.SOURCE_MICROPHONE)
        assert list(listener.remote_participants) == ["channel.es.1"]
        await until_counted(media, name, participants=3, publishers=1)


async def test_a_speaker_can_publish_a_microphone_but_no_screen(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    await sync_to_async(media.ensure_room)(stage_room("s4"))
    seen: asyncio.Queue[int] = asyncio.Queue()
    async with (
        joined(livekit, media.floor_token("s4", "floor.1")) as floor,
        joined(livekit, media.speaker_token("s4", "speaker.a.1")) as speaker,
    ):
        floor.on("track_published", lambda track, _: seen.put_nowait(track.source))
        await refuses(speaker, rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO)
        await publish(speaker, rtc.TrackSource.SOURCE_MICROPHONE)
        async with asyncio.timeout(5):
            assert await seen.get() == rtc.TrackSource.SOURCE_MICROPHONE


async def test_an_interpreter_can_publish_a_microphone_on_the_stage_and_nothing_else(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    await sync_to_async(media.ensure_room)(stage_room("s9"))
    seen: asyncio.Queue[int] = asyncio.Queue()
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    async with (
        joined(livekit, media.floor_token("s9", "floor.1")) as floor,
        joined(livekit, media.interpreter_token("s9", "interpreter.a.1")) as interpreter,
    ):
        floor.on("track_published", lambda track, _: seen.put_nowait(track.source))
        floor.on("data_received", lambda packet: heard.put_nowait(packet.data))
        for source in (
            rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO,
            rtc.TrackSource.SOURCE_CAMERA,
            rtc.TrackSource.SOURCE_UNKNOWN,
        ):
            await refuses(interpreter, source)
        await interpreter.local_participant.publish_data(b"from an interpreter", reliable=True)
        await publish(interpreter, rtc.TrackSource.SOURCE_MICROPHONE)
        async with asyncio.timeout(5):
            assert await seen.get() == rtc.TrackSource.SOURCE_MICROPHONE
        assert heard.empty()
        me = interpreter.local_participant
        await me.set_metadata("I am the floor")
        await me.set_name("floor.9")
        await asyncio.sleep(0.3)
        there = floor.remote_participants["interpreter.a.1"]
        assert (there.metadata, there.name) == ("", "")


@pytest.mark.parametrize("who", ["speaker", "interpreter", "floor", "stage_listen"])
async def test_a_token_of_the_stage_opens_no_listener_room(
    livekit: LiveKitServer, media: MediaServer, who: str
) -> None:
    """The room stands in the signed token: another room needs another signature."""
    room = listener_room("s10", "es", 0)
    await sync_to_async(media.ensure_room)(room)
    await sync_to_async(media.ensure_room)(stage_room("s10"))
    token = getattr(media, f"{who}_token")("s10", f"{who}.a.1")
    head, claims, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert said["video"]["room"] == stage_room("s10")
    said["video"]["room"] = room
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    with pytest.raises(rtc.ConnectError, match=r"401|(?i:unauthorized)"):
        async with joined(livekit, f"{head}.{forged}.{signature}"):
            pass
    async with joined(livekit, token):
        (listeners,) = await sync_to_async(media.list_rooms)([room])
        assert listeners.participants == 0


async def test_a_listener_publishes_nothing_whatever_it_says_it_is(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    name = listener_room("s11", "es", 0)
    await sync_to_async(media.ensure_room)(name)
    async with joined(livekit, media.listener_token("s11", "es", 0, "channel.es.99")) as room:
        for source in (rtc.TrackSource.SOURCE_MICROPHONE, rtc.TrackSource.SOURCE_UNKNOWN):
            await refuses(room, source)
        await until_counted(media, name, participants=1, publishers=0)


async def test_a_removed_interpreter_is_out_and_is_put_out_again(
    livekit: LiveKitServer, media: MediaServer
) -> None:
    """This LiveKit revokes no token: it lets her in again, and only we send her away again."""
    stage = stage_room("s12")
    await sync_to_async(media.ensure_room)(stage)
    token = media.interpreter_token("s12", "interpreter.a.1")
    for _ in range(2):
        async with joined(livekit, token) as room:
            gone = asyncio.Event()
            room.on("disconnected", lambda *_, gone=gone: gone.set())
            await sync_to_async(media.remove_participant)(stage, "interpreter.a.1")
            async with asyncio.timeout(5):
                await gone.wait()


async def test_a_removed_speaker_is_out(livekit: LiveKitServer, media: MediaServer) -> None:
    await sync_to_async(media.ensure_room)(stage_room("s5"))
    async with joined(livekit, media.speaker_token("s5", "speaker.a.1")) as room:
        gone = asyncio.Event()
        room.on("disconnected", lambda *_: gone.set())
        await sync_to_async(media.remove_participant)(stage_room("s5"), "speaker.a.1")
        async with asyncio.timeout(5):
            await gone.wait()


async def test_an_expired_token_is_refused(livekit: LiveKitServer) -> None:
    media = MediaServer(
        livekit.url, livekit.url, livekit.api_key, livekit.api_secret, timedelta(minutes=-10)
    )
    await sync_to_async(media.ensure_room)(listener_room("s6", "es", 0))
    with pytest.raises(rtc.ConnectError, match=r"401|(?i:unauthorized)"):
        async with joined(livekit, media.listener_token("s6", "es", 0, "listener.1")):
            pass


async def test_a_token_opens_one_room_only(livekit: LiveKitServer, media: MediaServer) -> None:
    """The room stands in the token; there is no other way to say which."""
    await sync_to_async(media.ensure_room)(listener_room("s7", "es", 0))
    token = media.listener_token("s7", "fr", 0, "listener.1")  # that room does not exist
    with pytest.raises(rtc.ConnectError):
        async with joined(livekit, token):
            pass


class Hearing(BaseHTTPRequestHandler):
    """Keeps what LiveKit posts."""

    posts: "queue.Queue[tuple[bytes, str]]" = queue.Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posts.put((body, self.headers["Authorization"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_what_livekit_posts_passes_for_a_webhook(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Hearing) as ear:
        threading.Thread(target=ear.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{ear.server_port}/"
        with livekit_server(tmp_path, webhook=url) as server:
            media = MediaServer(server.url, server.url, server.api_key, server.api_secret)
            media.ensure_room("s8.es.0")
            body, token = Hearing.posts.get(timeout=10)
        ear.shutdown()
    assert media.verify_webhook(body, token) == Webhook("room_started", "s8.es.0", "")
    with pytest.raises(BadWebhook):
        media.verify_webhook(body + b" ", token)
