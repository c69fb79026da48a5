"""A listener without a browser: asks the service for a channel, hears it, keeps what it heard."""

import asyncio
import json
import time
from typing import Any

import httpx
import numpy as np
from livekit import rtc
from numpy.typing import NDArray

from translation.flow import cancel_and_wait
from translation.names import CAPTIONS_TOPIC
from translation.values import Samples

RATE_HZ = 24_000


def fence_of(identity: str) -> int:
    return int(identity.rpartition(".")[2])


class Listener:
    """Hears the newest publisher of one channel; silence where nothing comes.

    `began`: wall clock (seconds since 1970) at the recording's first sample.
    """

    def __init__(self, base_url: str, session_id: str, language: str) -> None:
        self._base_url = base_url
        self._session_id = session_id
        self.language = language
        self.room = rtc.Room()
        self.captions: dict[int, str] = {}
        self.states: list[dict[str, Any]] = []
        self.publishers: list[str] = []
        self.reconnects = 0
        self.asked = self.first_sound = self.began = 0.0
        self._pieces: list[tuple[float, Samples]] = []
        self._readers: dict[str, asyncio.Task[None]] = {}

    async def __aenter__(self) -> "Listener":
        self.asked = time.time()
        async with httpx.AsyncClient(base_url=self._base_url, timeout=10) as client:
            answer = await client.post(
                f"/api/sessions/{self._session_id}/listen", json={"language": self.language}
            )
        answer.raise_for_status()
        told = answer.json()
        self.captions = {caption["id"]: caption["text"] for caption in told["captions"]}
        self.room.on("data_received", self._take_data)
        self.room.on("track_subscribed", self._follow)
        self.room.on("reconnecting", self._count_reconnect)
        self.room.on("disconnected", self._count_reconnect)
        await self.room.connect(told["url"], told["token"], rtc.RoomOptions(auto_subscribe=True))
        return self

    async def __aexit__(self, *_: object) -> None:
        await cancel_and_wait(*self._readers.values())
        await self.room.disconnect()

    def recording(self) -> Samples:
        """All that was heard, in real time from `began` on; silence where no packets came."""
        if not self._pieces:
            return np.zeros(0, np.int16)
        last_s, last = self._pieces[-1]
        whole = np.zeros(int((last_s - self.began) * RATE_HZ) + 2 * len(last), np.int16)
        position = 0
        for arrived_s, piece in self._pieces:
            due = int((arrived_s - self.began) * RATE_HZ)
            if due - position > 0.3 * RATE_HZ:
                position = due
            whole = whole if position + len(piece) <= len(whole) else np.pad(whole, (0, len(piece)))
            whole[position : position + len(piece)] = piece
            position += len(piece)
        return whole[:position]

    async def hears_out(self, silence_s: float = 1.0, most_s: float = 15.0) -> None:
        """Returns once nothing has been heard for a while: what was sent is late by what the
        machine and the jitter buffer held it up."""
        deadline = time.monotonic() + most_s
        await asyncio.sleep(silence_s)  # the silence before the last line is over by then
        while time.monotonic() < deadline:
            await asyncio.sleep(0.1)
            ended = bool(self._pieces) and time.time() - self._pieces[-1][0] > silence_s
            last = self.recording()[-int(silence_s * RATE_HZ) :].astype(int)
            if ended or (len(last) and np.abs(last).max() < 500):
                return

    def around(
        self, start_s: float, end_s: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What arrived between two moments (seconds since 1970), and when each sample did."""
        length_s = 0.02
        chosen = [(at, piece) for at, piece in self._pieces if start_s <= at <= end_s]
        if not chosen:
            return np.zeros(0), np.zeros(0)
        times = [at - length_s + np.arange(len(piece)) / RATE_HZ for at, piece in chosen]
        return np.concatenate([p for _, p in chosen]).astype(np.float64), np.concatenate(times)

    def _take_data(self, packet: rtc.DataPacket) -> None:
        message = json.loads(packet.data)
        if packet.topic == CAPTIONS_TOPIC and message["kind"] == "final":
            self.captions[message["id"]] = message["text"]
        elif message["kind"] == "state":
            self.states.append(message | {"arrived": time.time()})

    def _count_reconnect(self, *_: object) -> None:
        self.reconnects += 1

    def _follow(self, track: rtc.Track, _: object, participant: rtc.RemoteParticipant) -> None:
        newest = max([fence_of(p) for p in self.publishers], default=0)
        if fence_of(participant.identity) < newest:
            return
        for reader in self._readers.values():
            reader.cancel()
        self.publishers.append(participant.identity)
        self._readers[track.sid] = asyncio.create_task(self._read(track))

    async def _read(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream.from_track(
            track=track, sample_rate=RATE_HZ, num_channels=1, frame_size_ms=20, capacity=200
        )
        try:
            async for event in stream:
                now = time.time()
                self.first_sound = self.first_sound or now
                self.began = self.began or now
                self._pieces.append((now, np.frombuffer(event.frame.data, np.int16).copy()))
        finally:
            await stream.aclose()
