"""The stage room and the listener rooms of a LiveKit server, for the jobs.

`livekit.rtc` cannot cross a fork: only a job's own process may import this module.
A room that is lost for good is joined anew, with growing waits, as long as the job lives; what is
played meanwhile is lost for that room only.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cache, partial

import numpy as np
from livekit import rtc

from translation.errors import TransportError
from translation.flow import SessionClock, cancel_and_wait
from translation.names import SPEAKER_PREFIX, channel_identity
from translation.path.listen import Mixer
from translation.ports import Passes
from translation.priority import started_go_first
from translation.values import Samples

log = logging.getLogger(__name__)

CHANNEL_RATE_HZ = 48_000
PIECE_S = 0.02
CUSHION_S = 0.06
"""Sound kept queued ahead of a track, so that a late loop is not heard."""

BITRATE = 48_000
CONNECT_TIMEOUT_S = 10.0
SEND_TIMEOUT_S = 2.0
LOST_S = 0.3
SILENT_AFTER_S = 0.5
"""No packets for so long: nobody is there. Before, they are only late, and silence put in between
would cut a word in two."""

LONGEST_WAIT_S = 5.0
STREAM_CLOSE_S = 1.0


@cache
def _start_sdk() -> None:
    """The SDK's threads, which begin with the first thing that is made, carry sound."""
    with started_go_first():
        rtc.AudioSource(CHANNEL_RATE_HZ, 1)


class KeptRoom:
    """A room that stays joined. `arrange` hangs handlers on each new connection before it is
    made; `publish` runs after it was made. `subscribe` asks for tracks then, and again whenever
    the SDK has found the room by itself: what it asks the server meanwhile is lost."""

    def __init__(
        self,
        url: str,
        token: Callable[[], str],
        *,
        arrange: Callable[[rtc.Room], None] | None = None,
        publish: Callable[[rtc.Room], Awaitable[None]] | None = None,
        subscribe: Callable[[rtc.Room], None] | None = None,
    ) -> None:
        self._url = url
        self._token = token
        self._arrange = arrange
        self._publish = publish
        self._subscribe = subscribe
        self._room: rtc.Room | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Joins. Raises `TransportError` where that fails the first time."""
        _start_sdk()
        lost = await self._join()
        self._keeper = asyncio.create_task(self._keep(lost), name="keep-room")

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        """Reliable data to everyone in the room; dropped while the room is lost."""
        if self._room is None or not self._room.isconnected():
            return
        data = json.dumps(message, ensure_ascii=False)
        with suppress(rtc.participant.PublishDataError, TimeoutError):
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._room.local_participant.publish_data(data, reliable=True, topic=topic)

    async def aclose(self) -> None:
        await cancel_and_wait(self._keeper)
        if self._room is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(3.0):
                    await self._room.disconnect()
            self._room = None

    async def _join(self) -> asyncio.Event:
        room, lost = rtc.Room(), asyncio.Event()
        room.on("disconnected", lambda *_: lost.set())
        if self._arrange is not None:
            self._arrange(room)
        if (subscribe := self._subscribe) is not None:
            room.on("reconnected", lambda: subscribe(room))
        options = rtc.RoomOptions(auto_subscribe=False)
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                await room.connect(self._url, self._token(), options)
            if self._publish is not None:
                await self._publish(room)
            if subscribe is not None:
                subscribe(room)
        except (rtc.ConnectError, rtc.participant.PublishTrackError, TimeoutError) as error:
            await room.disconnect()
            raise TransportError(
                f"a LiveKit room at {self._url} cannot be joined: {error}"
            ) from error
        self._room = room
        return lost

    async def _keep(self, lost: asyncio.Event) -> None:
        wait_s = 0.2
        while True:
            await lost.wait()
            try:
                lost, wait_s = await self._join(), 0.2
            except TransportError as error:
                log.warning("a room was lost; trying again in %.1f s: %s", wait_s, error)
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)


class StageFloor:
    """`FloorSource`: every speaker's microphone in the stage room, mixed.

    The queue holds `most_s` of sound; when whoever reads is slower than real time for so long,
    the oldest goes.
    """

    def __init__(
        self, room: KeptRoom, clock: SessionClock, rate_hz: int, most_s: float = 10.0
    ) -> None:
        self.rate_hz = rate_hz
        self._room = room
        self._clock = clock
        self._mixer = Mixer(rate_hz)
        self._readers: dict[str, asyncio.Task[None]] = {}
        self._queue: asyncio.Queue[tuple[Samples, float]] = asyncio.Queue(int(most_s / PIECE_S))
        self._next_s = clock.now()
        self._filler: asyncio.Task[None] | None = None

    @classmethod
    async def join(
        cls, *, url: str, token: Callable[[], str], clock: SessionClock, rate_hz: int
    ) -> "StageFloor":
        room = KeptRoom(
            url, token, arrange=lambda r: floor._listen(r), subscribe=_subscribe_to_speakers
        )
        floor = cls(room, clock, rate_hz)
        await room.open()
        floor._filler = asyncio.create_task(floor._fill(), name="floor-silence")
        return floor

    @property
    def speakers(self) -> int:
        return len(self._readers)

    async def pieces(self) -> AsyncGenerator[tuple[Samples, float], None]:
        while True:
            yield await self._queue.get()

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        await self._room.send(topic, message)

    async def aclose(self) -> None:
        await cancel_and_wait(self._filler, *self._readers.values())
        await self._room.aclose()

    def _listen(self, room: rtc.Room) -> None:
        room.on("track_published", _subscribe_speaker)
        room.on("track_subscribed", self._start_reading)
        room.on("track_unsubscribed", lambda track, *_: self._stop_reading(track.sid))
        room.on("disconnected", lambda *_: self._stop_all())

    def _start_reading(self, track: rtc.Track, *_: object) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO and track.sid not in self._readers:
            self._readers[track.sid] = asyncio.create_task(self._read(track), name="read-speaker")

    def _stop_reading(self, sid: str) -> None:
        if reader := self._readers.pop(sid, None):
            reader.cancel()

    def _stop_all(self) -> None:
        for sid in list(self._readers):
            self._stop_reading(sid)

    async def _read(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream.from_track(
            track=track, sample_rate=self.rate_hz, num_channels=1,
            frame_size_ms=int(PIECE_S * 1000), capacity=100,
        )  # fmt: skip
        try:
            async for event in stream:
                samples = np.frombuffer(event.frame.data, np.int16).copy()
                mixed = self._mixer.push(track.sid, samples, self._clock.now())
                if mixed is not None:
                    self._emit(mixed)
        finally:
            self._mixer.leave(track.sid)
            await close_stream(stream)

    def _emit(self, samples: Samples) -> None:
        """A sample cannot arrive before it was said: an early piece sets the floor's time at
        once, a late one (the network's doing) only slowly, unless time was lost."""
        length_s = len(samples) / self.rate_hz
        late_s = self._clock.now() - length_s - self._next_s
        if late_s < 0 or late_s > LOST_S:
            self._next_s += late_s
        else:
            self._next_s += 0.01 * late_s
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait((samples, self._next_s))
        self._next_s += length_s

    async def _fill(self) -> None:
        """Silence while nobody sends, so that time goes on."""
        silence = np.zeros(int(PIECE_S * self.rate_hz), np.int16)
        while True:
            await asyncio.sleep(PIECE_S)
            now = self._clock.now()
            if self._mixer.silent_since(now) > SILENT_AFTER_S:
                while self._next_s < now - 2 * PIECE_S:
                    self._emit(silence)


async def close_stream(stream: rtc.AudioStream) -> None:
    """The SDK waits for the stream's end, which does not come where its track has gone."""
    with suppress(TimeoutError):
        async with asyncio.timeout(STREAM_CLOSE_S):
            await stream.aclose()


def _subscribe_to_speakers(room: rtc.Room) -> None:
    for participant in room.remote_participants.values():
        for publication in participant.track_publications.values():
            _subscribe_speaker(publication, participant)


def _subscribe_speaker(
    publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
) -> None:
    if (
        participant.identity.startswith(SPEAKER_PREFIX)
        and publication.kind == rtc.TrackKind.KIND_AUDIO
    ):
        publication.set_subscribed(True)


class ListenerRooms:
    """`ChannelSink`: one track, carried into every listener room of one language."""

    rate_hz = CHANNEL_RATE_HZ

    def __init__(self, passes: Passes, session_id: str, language: str, fence: int) -> None:
        self._passes = passes
        self._session_id = session_id
        self._language = language
        self.identity = channel_identity(language, fence)
        _start_sdk()
        self._source = rtc.AudioSource(CHANNEL_RATE_HZ, 1, queue_size_ms=200)
        self._rooms: dict[int, KeptRoom] = {}
        self._carrying = asyncio.Lock()
        self._queued_until_s = 0.0

    async def carry(self, shards: int) -> None:
        """Raises `TransportError` where a room cannot be joined; asked again, tries again."""
        wanted = set(range(shards))
        async with self._carrying:
            for shard in set(self._rooms) - wanted:
                await self._rooms.pop(shard).aclose()
            for shard in wanted - set(self._rooms):
                token = partial(self._token, shard)
                room = KeptRoom(self._passes.url, token, publish=self._publish)
                await room.open()
                self._rooms[shard] = room

    def wanted(self) -> int:
        now = asyncio.get_running_loop().time()
        short_s = CUSHION_S - max(0.0, self._queued_until_s - now)
        return max(0, int(short_s / PIECE_S)) * int(PIECE_S * CHANNEL_RATE_HZ)

    async def play(self, samples: Samples) -> None:
        now = asyncio.get_running_loop().time()
        self._queued_until_s = max(self._queued_until_s, now) + len(samples) / CHANNEL_RATE_HZ
        await self._source.capture_frame(
            rtc.AudioFrame(samples.tobytes(), CHANNEL_RATE_HZ, 1, len(samples))
        )

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        await asyncio.gather(*(room.send(topic, message) for room in self._rooms.values()))

    async def aclose(self) -> None:
        await asyncio.gather(*(room.aclose() for room in self._rooms.values()))
        await self._source.aclose()

    def _token(self, shard: int) -> str:
        return self._passes.channel_token(self._session_id, self._language, shard, self.identity)

    async def _publish(self, room: rtc.Room) -> None:
        track = rtc.LocalAudioTrack.create_audio_track(self._language, self._source)
        options = rtc.TrackPublishOptions(
            source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False, red=True
        )
        options.audio_encoding.max_bitrate = BITRATE
        await room.local_participant.publish_track(track, options)
