"""Interpreters' microphones in the stage room of a LiveKit server, for a channel job.

Hangs on a stage room that is joined anyway (`arrange`, `subscribe`, as `KeptRoom` calls them), or
joins one of its own. Only who is assigned is subscribed to.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from livekit import rtc

from translation.audio import Resampler, level_db
from translation.flow import cancel_and_wait
from translation.names import interpreter_of
from translation.path.cushion import Cushion
from translation.path.listen import RATE_HZ, WINDOW, Gate, GateSettings
from translation.ports import Microphone, VoiceActivity
from translation.transport.arrivals import Arrivals, packets_of
from translation.transport.kept_room import KeptRoom
from translation.transport.livekit_room import CHANNEL_RATE_HZ, PIECE_S, close_stream
from translation.values import Samples

QUIET_DB = -60.0
"""Below this nobody speaks, and the voice activity is not asked."""

SPEAKS = GateSettings(open_after_s=0.128, close_after_s=0.6)
"""Slower to open than the floor's: a click or a breath brings nobody back on air."""

GONE = Microphone()


@dataclass(slots=True)
class _Open:
    """One published microphone. `order`: the greater, the newer."""

    interpreter: str
    order: tuple[float, int]
    track: rtc.Track
    publication: rtc.RemoteTrackPublication
    voice: VoiceActivity
    muted: bool
    arrivals: Arrivals
    cushion: Cushion = field(default_factory=lambda: Cushion(CHANNEL_RATE_HZ))
    gate: Gate = field(default_factory=lambda: Gate(SPEAKS))
    levels: deque[float] = field(default_factory=lambda: deque(maxlen=5))
    resampler: Resampler = field(default_factory=lambda: Resampler(CHANNEL_RATE_HZ, RATE_HZ))
    rest: Samples = field(default_factory=lambda: np.zeros(0, np.int16))
    tasks: "list[asyncio.Task[None]]" = field(default_factory=list)

    def there(self, now_s: float) -> bool:
        return self.muted or self.arrivals.there(now_s)

    def state(self, now_s: float) -> Microphone:
        if not self.there(now_s):
            return GONE
        if self.muted:
            return Microphone(connected=True, muted=True)
        level = max(self.levels, default=GONE.level_db)
        return Microphone(connected=True, speaking=self.gate.open, level_db=round(level, 1))

    def hear(self, samples: Samples) -> None:
        self.cushion.push(samples)
        if self.muted:
            return
        self.levels.append(level_db(samples))
        self.rest = np.concatenate([self.rest, self.resampler.push(samples)])
        while len(self.rest) >= WINDOW:
            window, self.rest = self.rest[:WINDOW], self.rest[WINDOW:]
            loud = max(self.levels) > QUIET_DB
            sound = window.astype(np.float32) / 32768.0
            self.gate.update(self.voice.probability(sound) if loud else 0.0, WINDOW / RATE_HZ)

    def mute(self, muted: bool, now_s: float) -> None:
        """Whoever opens her microphone is believed to be there until packets fail to come."""
        self.muted = muted
        self.arrivals.believe(now_s)
        self.gate = Gate(SPEAKS)
        self.voice.reset()
        self.levels.clear()
        self.cushion.clear()


class BoothMicrophones:
    """`Microphones` of a stage room. `voice_activity` makes one detector a microphone."""

    rate_hz = CHANNEL_RATE_HZ

    def __init__(self, voice_activity: Callable[[], VoiceActivity]) -> None:
        self._voice_activity = voice_activity
        self._assigned: frozenset[str] = frozenset()
        self._open: dict[str, _Open] = {}
        self._count = 0
        self._room: rtc.Room | None = None
        self._own_room: KeptRoom | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @classmethod
    async def join(
        cls, *, url: str, token: Callable[[], str], voice_activity: Callable[[], VoiceActivity]
    ) -> "BoothMicrophones":
        """With a stage connection of its own. Raises `TransportError`."""
        microphones = cls(voice_activity)
        room = KeptRoom(url, token, arrange=microphones.arrange, subscribe=microphones.subscribe)
        await room.open()
        microphones._own_room = room
        return microphones

    def arrange(self, room: rtc.Room) -> None:
        """Before each new connection to the stage."""
        room.on("track_published", self._published)
        room.on("track_subscribed", self._subscribed)
        room.on("track_unsubscribed", lambda track, *_: self._drop(track.sid))
        room.on("track_muted", lambda _, publication: self._mute(publication.sid, muted=True))
        room.on("track_unmuted", lambda _, publication: self._mute(publication.sid, muted=False))
        room.on("disconnected", lambda *_: self._drop_all())

    def subscribe(self, room: rtc.Room) -> None:
        """After each new connection was made, and when it was found again."""
        self._room = room
        self._subscribe()

    def assign(self, interpreters: Collection[str]) -> None:
        if (assigned := frozenset(interpreters)) == self._assigned:
            return
        self._assigned = assigned
        for sid, microphone in list(self._open.items()):
            if microphone.interpreter not in assigned:
                microphone.publication.set_subscribed(False)
                self._drop(sid)
        self._subscribe()

    @property
    def subscribed(self) -> list[str]:
        """Whose sound comes here, an id for each open microphone."""
        return sorted(each.interpreter for each in self._open.values())

    def states(self) -> Mapping[str, Microphone]:
        now_s = asyncio.get_running_loop().time()
        current = {each: self._current(each) for each in self._assigned}
        return {each: mic.state(now_s) if mic else GONE for each, mic in current.items()}

    def pull(self, interpreter: str, count: int) -> Samples:
        sounds = {
            sid: mic.cushion.pull(count)
            for sid, mic in self._open.items()
            if mic.interpreter == interpreter
        }
        current = self._current(interpreter)
        return sounds[current.track.sid] if current else np.zeros(count, np.int16)

    async def aclose(self) -> None:
        """Leaves a room of its own; one that it hangs on is its owner's to leave."""
        self._drop_all()
        await cancel_and_wait(*self._closing)
        if self._own_room is not None:
            await self._own_room.aclose()

    def _current(self, interpreter: str) -> _Open | None:
        """Her newest microphone that is there, or else her newest."""
        now_s = asyncio.get_running_loop().time()
        hers = [each for each in self._open.values() if each.interpreter == interpreter]
        return max(hers, key=lambda each: (each.there(now_s), each.order), default=None)

    # --- the room ---

    def _subscribe(self) -> None:
        for participant in self._room.remote_participants.values() if self._room else ():
            for publication in participant.track_publications.values():
                self._published(publication, participant)

    def _published(
        self, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        wanted = interpreter_of(participant.identity) in self._assigned
        audio = publication.kind == rtc.TrackKind.KIND_AUDIO
        if wanted and audio and publication.sid not in self._open:
            publication.set_subscribed(True)

    def _subscribed(
        self,
        track: rtc.Track,
        publication: rtc.RemoteTrackPublication,
        participant: rtc.RemoteParticipant,
    ) -> None:
        interpreter = interpreter_of(participant.identity)
        if interpreter not in self._assigned or track.sid in self._open:
            return
        self._count += 1
        joined_s = participant.joined_at.timestamp() if participant.joined_at else 0.0
        microphone = _Open(
            interpreter, (joined_s, self._count), track, publication,
            self._voice_activity(), publication.muted, Arrivals(partial(packets_of, track)),
        )  # fmt: skip
        self._open[track.sid] = microphone
        microphone.tasks = [
            asyncio.create_task(self._read(microphone), name="read-microphone"),
            asyncio.create_task(microphone.arrivals.watch(), name="watch-microphone"),
        ]

    def _mute(self, sid: str, *, muted: bool) -> None:
        if microphone := self._open.get(sid):
            microphone.mute(muted, asyncio.get_running_loop().time())

    def _drop(self, sid: str) -> None:
        microphone = self._open.pop(sid, None)
        for task in microphone.tasks if microphone else ():
            task.cancel()
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _drop_all(self) -> None:
        for sid in list(self._open):
            self._drop(sid)

    async def _read(self, microphone: _Open) -> None:
        stream = rtc.AudioStream.from_track(
            track=microphone.track, sample_rate=CHANNEL_RATE_HZ, num_channels=1,
            frame_size_ms=int(PIECE_S * 1000), capacity=25,
        )  # fmt: skip
        try:
            async for event in stream:
                microphone.hear(np.frombuffer(event.frame.data, np.int16).copy())
        finally:
            await close_stream(stream)
