"""An imitation of ElevenLabs' multi-context WebSocket (no model): the protocol as documented, with
the ways in which the real one fails.

Every character becomes 60 ms of a hum whose pitch is the character's. Fields as in
https://elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input
and, where that page is silent, as its users report: a flush is not answered with `isFinal`
(elevenlabs-docs issue 405), an idle socket is told `input_timeout_exceeded` and closed with 1008
(issue 426), more than 5 contexts are `max_active_conversations` (livekit/agents-js issue 1985).
"""

import asyncio
import base64
import http
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

KEY = "key-of-the-imitation"
VOICES = {"voice-a": 1.0, "voice-b": 1.6}
"""Their pitch."""

RATE_HZ = 24_000
CHARACTER_S = 0.06
CHUNK = 12
MOST_CONTEXTS = 5


@dataclass
class Context:
    """`text`: buffered; `speed`: as it was begun with."""

    speed: float = 1.0
    text: str = ""
    speaking: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Imitation:
    """`failures`: what the next connections or clauses meet, one each; then all goes well.

    On connecting: busy (HTTP 429, Retry-After: 7) | down (503) | refused (401).
    With a clause: concurrent (too_many_concurrent_requests) | quota | stall (no sound at all) |
    pause (silence in the middle) | closed (socket aborted in the middle) | nonsense (no JSON) |
    no_alignment | shared (the last chunk's characters begin before the clause's last) | fragments
    (WebSocket frames of 100 bytes) | odd (chunks that end within a sample) | garbled (no base64)
    """

    url: str = ""
    failures: deque[str] = field(default_factory=deque)
    idle_s: float = 20.0
    pace: float = 8.0
    """Times as quick as speech."""

    plan: int = 10
    """Clauses of the account at once."""

    most_at_once: int = 0
    connections: list[str] = field(default_factory=list)
    """The path of each, with what it asked for."""

    received: list[dict[str, Any]] = field(default_factory=list)
    _at_once: int = 0

    def failure(self, *kinds: str) -> str:
        return self.failures.popleft() if self.failures and self.failures[0] in kinds else ""

    # --- connecting ---

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        self.connections.append(request.path)
        parts = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match self.failure("busy", "down", "refused"):
            case "busy":
                refusal = _refusal(connection, 429, "too_many_concurrent_requests")
                refusal.headers["Retry-After"] = "7"
                return refusal
            case "down":
                return _refusal(connection, 503, "unavailable")
            case "refused":
                return _refusal(connection, 401, "needs_authorization")
        if request.headers.get("xi-api-key") != KEY:
            return _refusal(connection, 401, "invalid_api_key")
        steps = parts.path.split("/")
        if steps[:3] != ["", "v1", "text-to-speech"] or steps[4:] != ["multi-stream-input"]:
            return _refusal(connection, 404, "not_found")
        if steps[3] not in VOICES:
            return _refusal(connection, 404, "voice_not_found")
        if asked.get("output_format") != f"pcm_{RATE_HZ}" or not asked.get("model_id"):
            return _refusal(connection, 422, "invalid_parameters")
        return None

    # --- a connection ---

    async def serve(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        voice = urlsplit(connection.request.path).path.split("/")[3]
        contexts: dict[str, Context] = {}
        working: set[asyncio.Task[None]] = set()
        try:
            while True:
                try:
                    async with asyncio.timeout(self.idle_s):
                        message = json.loads(await connection.recv())
                except TimeoutError:
                    if working:
                        continue  # not idle: it speaks
                    await _tell(connection, "input_timeout_exceeded")
                    return
                self.received.append(message)
                if message.get("close_socket"):
                    return
                if not await self._take(connection, contexts, message, voice, working):
                    return
        except ConnectionClosed:
            return
        finally:
            for task in working:
                task.cancel()
            with suppress(ConnectionClosed):
                await connection.close(1008)

    async def _take(
        self,
        connection: ServerConnection,
        contexts: dict[str, Context],
        message: dict[str, Any],
        voice: str,
        working: set[asyncio.Task[None]],
    ) -> bool:
        name = message["context_id"]
        if message.get("close_context"):
            context = contexts.pop(name, None)
            if context is not None:
                _start(working, self._close(connection, context, name))
            return True
        if name not in contexts:
            if message["text"] != " ":
                await _tell(connection, "invalid_message")
                return False
            if len(contexts) == MOST_CONTEXTS:
                await _tell(connection, "max_active_conversations")
                return False
            contexts[name] = Context(message.get("voice_settings", {}).get("speed", 1.0))
            return True
        context = contexts[name]
        context.text += message.get("text", "")
        if message.get("flush") and context.text.strip():
            text, context.text = context.text, ""
            failure = self.failure(
                "concurrent", "quota", "stall", "pause", "closed", "nonsense", "no_alignment",
                "shared", "fragments", "odd", "garbled",
            )  # fmt: skip
            if failure == "concurrent" or self._at_once >= self.plan:
                await _tell(connection, "too_many_concurrent_requests")
                return False
            if failure == "quota":
                await _tell(connection, "quota_exceeded")
                return False
            _start(working, self._speak(connection, context, name, text, voice, failure))
        return True

    async def _close(self, connection: ServerConnection, context: Context, name: str) -> None:
        async with context.speaking:
            await connection.send(json.dumps({"isFinal": True, "contextId": name}))

    async def _speak(
        self,
        connection: ServerConnection,
        context: Context,
        name: str,
        text: str,
        voice: str,
        failure: str,
    ) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            async with context.speaking:
                await self._chunks(connection, context, name, text, voice, failure)
        except ConnectionClosed:
            pass
        finally:
            self._at_once -= 1

    async def _chunks(
        self,
        connection: ServerConnection,
        context: Context,
        name: str,
        text: str,
        voice: str,
        failure: str,
    ) -> None:
        left = b""
        for start in range(0, len(text), CHUNK):
            part = text[start : start + CHUNK]
            sound = left + voiced(part, VOICES[voice], context.speed)
            left = b""
            await asyncio.sleep(len(part) * CHARACTER_S / self.pace)
            last = start + CHUNK >= len(text)
            if failure == "stall" or (failure == "pause" and start):
                await asyncio.sleep(3600)
            if failure == "closed" and start:
                connection.transport.abort()
                return
            if failure == "odd" and not last:
                sound, left = sound[:-3], sound[-3:]
            shared = text[max(0, start - 4) : start] if failure == "shared" and last else ""
            message: dict[str, Any] = {
                "audio": base64.b64encode(sound).decode(),
                "alignment": _alignment(shared + part, context.speed),
                "normalizedAlignment": _alignment(shared + part, context.speed),
                "isFinal": None,
                "contextId": name,
            }
            if failure == "no_alignment":
                message["alignment"] = message["normalizedAlignment"] = None
            if failure == "garbled":
                message["audio"] = "*"
            data = "<html>" if failure == "nonsense" else json.dumps(message)
            size = 100 if failure == "fragments" else len(data)
            await connection.send([data[at : at + size] for at in range(0, len(data), size)])


@lru_cache(64)
def voiced(text: str, pitch: float, speed: float) -> bytes:
    """16-bit sound: 60 ms a character at speed 1, silence for spaces."""
    length = round(CHARACTER_S / speed * RATE_HZ)
    times = np.arange(length) / RATE_HZ
    hums = [
        np.sin(2 * np.pi * pitch * (200 + ord(c) % 40 * 10) * times) * (0 if c.isspace() else 6000)
        for c in text
    ]
    return np.concatenate(hums).astype("<i2").tobytes()


def _alignment(text: str, speed: float) -> dict[str, list[Any]]:
    each_ms = round(1000 * CHARACTER_S / speed)
    return {
        "chars": list(text),
        "charStartTimesMs": [number * each_ms for number in range(len(text))],
        "charDurationsMs": [each_ms] * len(text),
    }


async def _tell(connection: ServerConnection, code: str) -> None:
    message = {"message": f"{code}: in words", "error": code, "code": 1008}
    await connection.send(json.dumps(message))
    await connection.close(1008, code)


def _refusal(connection: ServerConnection, status: int, code: str) -> Response:
    body = {"detail": {"status": code, "message": f"{code}: in words"}}
    return connection.respond(http.HTTPStatus(status), json.dumps(body))


def _start(working: set[asyncio.Task[None]], work: Any) -> None:
    task = asyncio.create_task(work)
    working.add(task)
    task.add_done_callback(working.discard)


@asynccontextmanager
async def elevenlabs() -> AsyncIterator[Imitation]:
    """On a free port of this machine."""
    imitation = Imitation()
    server: Server
    async with serve(
        imitation.serve, "127.0.0.1", 0, process_request=imitation.admit, close_timeout=0.2
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        imitation.url = f"ws://127.0.0.1:{port}"
        yield imitation
