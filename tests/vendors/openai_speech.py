"""An imitation of an OpenAI-compatible speech server (no model): `POST /v1/audio/speech`, with the
ways in which the real ones fail. Every character becomes 60 ms of a hum of its own pitch.

Fields: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.vendors.elevenlabs import voiced
from tests.vendors.openai_server import error, refusal, serving

MODEL = "imitation-tts"
VOICES = {"alloy": 1.0, "nova": 1.6}
RATE_HZ = 24_000


@dataclass
class Imitation:
    """`failures`: what the next requests meet, one each; then all goes well.

    busy (429, Retry-After: 7) | down (503) | key (401) | model (404) | stall (headers, then
    nothing) | pause (silence in the middle) | closed (socket closed in the middle) | html (200 and
    no sound) | float (a WAV of 32-bit floats) | list (chunks before the sound, in the WAV)
    """

    url: str = ""
    failures: deque[str] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    piece: int = 3001
    pace: float = 8.0
    most_at_once: int = 0
    _now: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        failure = self.failures.popleft() if self.failures else ""
        if refused := _refused(request, body, failure):
            return refused
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            return await self._stream(request, body, failure)
        finally:
            self._now -= 1

    async def _stream(
        self, request: web.Request, body: dict[str, Any], failure: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "audio/wav"})
        await response.prepare(request)
        if failure == "stall":
            await asyncio.sleep(3600)
        sound = voiced(body["input"], VOICES[body["voice"]], body.get("speed", 1.0))
        data = sound if body["response_format"] == "pcm" else _header(failure) + sound
        if failure == "html":
            data = b"<html>this is no sound at all</html>"
        for at in range(0, len(data), self.piece):
            if at and failure == "pause":
                await asyncio.sleep(3600)
            if at and failure == "closed":
                assert request.transport is not None
                request.transport.abort()
                return response
            await response.write(data[at : at + self.piece])
            await asyncio.sleep(self.piece / 2 / RATE_HZ / self.pace)
        return response


def _header(failure: str) -> bytes:
    """With the sizes of one that streams."""
    kind, bits = (3, 32) if failure == "float" else (1, 16)
    fields = (
        kind.to_bytes(2, "little") + b"\1\0" + RATE_HZ.to_bytes(4, "little")
        + (RATE_HZ * bits // 8).to_bytes(4, "little")
        + (bits // 8).to_bytes(2, "little") + bits.to_bytes(2, "little")
    )  # fmt: skip
    more = b"LIST\x05\0\0\0INFO!\0" if failure == "list" else b""
    size = b"\xff\xff\xff\xff"
    return b"RIFF" + size + b"WAVEfmt \x10\0\0\0" + fields + more + b"data" + size


def _refused(request: web.Request, body: dict[str, Any], failure: str) -> web.Response | None:
    known = body.get("model") == MODEL
    if refused := refusal(request, model=known, failure=failure):
        return refused
    known = body.get("voice") in VOICES and body.get("response_format") in ("wav", "pcm")
    if not known or not 0.25 <= body.get("speed", 1.0) <= 4.0 or not body.get("input"):
        return error(400, "Invalid request", "invalid_request_error")
    return None


def expected(text: str, *, pitch: float = 1.0, speed: float = 1.0) -> bytes:
    return voiced(text, pitch, speed)


@asynccontextmanager
async def openai_speech() -> AsyncIterator[Imitation]:
    """On a free port of this machine."""
    imitation = Imitation()
    async with serving("/audio/speech", imitation.answer) as imitation.url:
        yield imitation
