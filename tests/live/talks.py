"""What live tests ask of a session: what its log says, and whether a listener heard all of it."""

import asyncio
import time
from collections.abc import Callable
from itertools import groupby
from typing import Any

import httpx

from tests.listener import RATE_HZ, Listener
from tests.stack import Stack
from tests.tones import LONG_S, pitch_hz, tones_in
from translation.values import Drained, Segment, Spoken, Translation


async def until(what: Callable[[], object], most_s: float = 60.0) -> None:
    """Waits for something to be true."""
    deadline = time.monotonic() + most_s
    while not await asyncio.to_thread(what):
        assert time.monotonic() < deadline, f"not true within {most_s} s"
        await asyncio.sleep(0.1)


def of(service: Stack, session_id: str, kind: type, language: str = "es") -> list[Any]:
    return [
        entry
        for entry in service.entries(session_id)
        if isinstance(entry, kind) and getattr(entry, "language", language) in (language, "en")
    ]


def spoken_ids(service: Stack, session_id: str) -> list[int]:
    return [s.segment_id for s in of(service, session_id, Spoken) if s.skipped is None]


def start(organizer: httpx.Client, session_id: str, verb: str = "start") -> None:
    answer = organizer.post(f"/api/sessions/{session_id}/{verb}")
    assert answer.is_success, answer.text


async def end_and_drain(service: Stack, organizer: httpx.Client, session_id: str) -> None:
    """Ends the session and waits until all that was said is done with."""
    before = len(of(service, session_id, Drained))
    start(organizer, session_id, "end")

    def drained() -> bool:
        told = of(service, session_id, Drained)
        done = {s.segment_id for s in of(service, session_id, Spoken)}
        said = {s.id for s in of(service, session_id, Segment)}
        return len(told) > before and said <= done

    await until(drained, 120)


def check_heard_once(
    service: Stack, session_id: str, listener: Listener, *, again_s: float = 0.0
) -> None:
    """Every spoken line's tone, in order, whole, and none twice. A tone may be cut in two by a
    change of publisher (or by a machine that stalls); both parts are one line. `again_s`: how much
    of a line may be heard again, since its job was killed after it last told how far it was."""
    texts = {t.segment_id: t.text for t in of(service, session_id, Translation)}
    expected = [pitch_hz(texts[i]) for i in spoken_ids(service, session_id)]
    heard = [
        (pitch, sum(tone.length_s for tone in tones))
        for pitch, tones in groupby(
            tones_in(listener.recording(), RATE_HZ), key=lambda tone: tone.pitch_hz
        )
    ]
    lines = [(pitch, len(list(same))) for pitch, same in groupby(expected)]
    assert [pitch for pitch, _ in heard] == [pitch for pitch, _ in lines], heard
    for (_, length_s), (_, times) in zip(heard, lines, strict=True):
        assert (times - 0.2) * LONG_S < length_s < (times + 0.2) * LONG_S + again_s, heard
