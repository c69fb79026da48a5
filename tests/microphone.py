"""An interpreter's microphone as a process of its own, so that it can be killed like a browser.

    python -m tests.microphone URL SOUND.npy       (the token on the first line of the input)

Publishes as the booth page does: 48 kHz, no DTX, 64 kbit/s. Each further line of the input is a
word: `mute`, `unmute`, `silence`, `talk`. Writes `on` once it is published, and `at MOMENT SAMPLE`
once a second: when (seconds since 1970) a sample of the sound was handed to the track.
"""

import asyncio
import sys
import time

import numpy as np
from livekit import rtc

RATE_HZ = 48_000
FRAME = RATE_HZ // 50
"""A packet, as browsers send it."""


async def words() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(url: str, path: str) -> None:
    sound = np.load(path)
    reader = await words()
    token = (await reader.readline()).decode().strip()
    room = rtc.Room()
    await room.connect(url, token, rtc.RoomOptions(auto_subscribe=False))
    source = rtc.AudioSource(RATE_HZ, 1, queue_size_ms=100)
    track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
    options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
    options.audio_encoding.max_bitrate = 64_000
    await room.local_participant.publish_track(track, options)
    tell("on")
    talking = True

    async def obey() -> None:
        nonlocal talking
        while word := (await reader.readline()).decode().strip():
            match word:
                case "mute":
                    track.mute()
                case "unmute":
                    track.unmute()
                case "silence" | "talk":
                    talking = word == "talk"

    obeying = asyncio.create_task(obey())
    due_s, sample = time.monotonic(), 0
    while not obeying.done():
        if sample % RATE_HZ == 0:
            tell(f"at {time.time()} {sample}")
        frame = np.take(sound, range(sample, sample + FRAME), mode="wrap") * talking
        await source.capture_frame(rtc.AudioFrame(frame.tobytes(), RATE_HZ, 1, FRAME))
        sample += FRAME
        due_s = max(due_s + FRAME / RATE_HZ, time.monotonic() - FRAME / RATE_HZ)
        await asyncio.sleep(due_s - time.monotonic())
    await room.disconnect()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
