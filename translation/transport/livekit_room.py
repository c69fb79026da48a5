"""The stage room and the listener rooms of a LiveKit server, for the jobs.

`livekit.rtc` cannot cross a fork: only a job's own process may import this module.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from functools import partial

import numpy as np
from livekit import rtc

from translation.flow import SessionClock, cancel_and_wait
from translation.names import SPEAKER_PREFIX, channel_identity
from translation.path.listen import Mixer
from translation.ports import Passes
from translation.transport.kept_room import KeptRoom, start_sdk
from translation.values import Samples

CHANNEL_RATE_HZ = 48_000
PIECE_S = 0.02
CUSHION_S = 0.06
"""Sound kept queued ahead of a track, so that a late loop is not heard."""

BITRATE = 64_000
"""Interpreters take a relay from what listeners hear."""

LOST_S = 0.3
SILENT_AFTER_S = 0.5
"""No packets for so long: nobody is there. Before, they are only late, and silence put in between
would cut a word in two."""

MOST_S = 10.0
STREAM_CLOSE_S = 1.0


class StageFloor:
    """`FloorSource`: every speaker's microphone in the stage room, mixed.

    The queue holds `most_s` of sound; when whoever reads is slower than real time for so long,
    the oldest goes, which `lost_s` counts.
    """

    def __init__(self, room: KeptRoom, clock: SessionClock, rate_hz: int, most_s: float) -> None:
        self.rate_hz = rate_hz
        self._room = room
        self._clock = clock
        self._mixer = Mixer(rate_hz)
        self._readers: dict[str, asyncio.Task[None]] = {}
        self._queue: asyncio.Queue[tuple[Samples, float]] = asyncio.Queue(int(most_s / PIECE_S))
        self._next_s = clock.now()
        self.lost_s = 0.0
        self._filler: asyncio.Task[None] | None = None

    @classmethod
    async def join(
        cls,
        *,
        url: str,
        token: Callable[[], str],
        clock: SessionClock,
        rate_hz: int,
        most_s: float = MOST_S,
    ) -> "StageFloor":
        room = KeptRoom(
            url, token, arrange=lambda r: floor._listen(r), subscribe=_subscribe_to_speakers
        )
        floor = cls(room, clock, rate_hz, most_s)
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
            oldest, _ = self._queue.get_nowait()
            self.lost_s += len(oldest) / self.rate_hz
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
        start_sdk()
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
