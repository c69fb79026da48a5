"""A room of a LiveKit server that a job stays in.

`livekit.rtc` cannot cross a fork: only a job's own process may import this module.
A room that is lost for good is joined anew, with growing waits, as long as the job lives; what is
played meanwhile is lost for that room only.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cache

from livekit import rtc

from translation.errors import TransportError
from translation.flow import cancel_and_wait
from translation.priority import started_go_first

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 10.0
SEND_TIMEOUT_S = 2.0
LONGEST_WAIT_S = 5.0


@cache
def start_sdk() -> None:
    """The SDK's threads, which begin with the first thing that is made, carry sound."""
    with started_go_first():
        rtc.AudioSource(48_000, 1)


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
        start_sdk()
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
