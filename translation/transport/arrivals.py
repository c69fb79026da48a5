"""Whether anything still comes from a microphone: LiveKit tells of a killed browser after some
twenty seconds, the count of received packets within one."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from livekit import rtc

LOOK_EVERY_S = 0.15
GONE_AFTER_S = 0.7
"""A microphone that is open and sends no packet for so long is gone (it is published without
DTX, so silence is sent too)."""

STATISTICS_MOST_S = 0.5


class Arrivals:
    """Of one microphone. `packets`: how many have come so far, all told."""

    def __init__(self, packets: Callable[[], Awaitable[int]]) -> None:
        self._packets = packets
        self._known = 0
        self._came_s = float("-inf")

    def there(self, now_s: float) -> bool:
        return now_s - self._came_s < GONE_AFTER_S

    def believe(self, now_s: float) -> None:
        """It is there until packets fail to come."""
        self._came_s = now_s

    async def watch(self) -> None:
        """For ever. One whose answer hangs holds up no other."""
        loop = asyncio.get_running_loop()
        while True:
            packets = 0
            with suppress(Exception):  # the SDK raises nothing more special; it may be closing
                async with asyncio.timeout(STATISTICS_MOST_S):
                    packets = await self._packets()
            if packets > self._known:
                self._known = packets
                self._came_s = loop.time()
            await asyncio.sleep(LOOK_EVERY_S)


async def packets_of(track: rtc.Track) -> int:
    """0 where the track cannot tell."""
    for each in await track.get_stats():
        if each.HasField("inbound_rtp"):
            return int(each.inbound_rtp.received.packets_received)
    return 0
