"""One WebSocket of ElevenLabs' multi-context protocol: clauses in, sound out.

    ->  {"text": " ", "context_id": "c1", "voice_settings": {"speed": 1.1, ...}}    a context begins
    ->  {"text": "tenemos una casa ", "context_id": "c1", "flush": true}            a clause
    <-  {"audio": "<base64>", "alignment": {"chars": ["t", "e", ...], ...}, "contextId": "c1"}
    ->  {"text": "", "context_id": "c1"}                                            still here
    ->  {"context_id": "c1", "close_context": true}
    <-  {"isFinal": true, "contextId": "c1"}

Fields: https://elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input
The server does not say where a flushed clause ends: that is known when as many characters have
come back as were sent, or else by closing the context, which it does answer.
"""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from translation.engines.elevenlabs_errors import refused_handshake, told_error
from translation.errors import EngineBroken, EngineTimeout
from translation.flow import cancel_and_wait

RATE_HZ = 24_000
STABILITY, SIMILARITY = 0.5, 0.8
MOST_WAITING = 256
"""Messages; when nobody takes them any more the socket is not read, and the server waits."""

LARGEST_MESSAGE = 1 << 22


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds. `first_s`: from the clause to its first sound; `next_s`: between two chunks.
    `quiet_s`: after so long without a chunk a clause whose end was not seen is asked to end;
    `grace_s`: so long a clause whose end was seen may still say something. `alive_s`: how often an
    idle context says that it is still there; `kept_s`: an idle socket is closed after this."""

    connect_s: float = 3.0
    first_s: float = 3.0
    next_s: float = 2.0
    quiet_s: float = 0.5
    grace_s: float = 0.08
    alive_s: float = 10.0
    kept_s: float = 120.0
    close_s: float = 1.0
    server_idle_s: int = 60


BOUNDS = Bounds()


class StaleSocket(Exception):
    """The server had closed the connection before anything of the clause was heard."""


class Socket:
    """Opened with its first clause, and again whenever the server has closed it. Clauses follow
    one another."""

    def __init__(self, url: str, key: str, bounds: Bounds) -> None:
        self._url = url
        self._key = key
        self._bounds = bounds
        self._turn = asyncio.Lock()
        self._names = (f"c{number}" for number in count(1))
        self._connection: ClientConnection | None = None
        self._messages: asyncio.Queue[dict[str, Any] | Exception] = asyncio.Queue(MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        self._context = ""
        self._speed = 1.0
        self._unheard = 0
        """Characters sent in this context that have not come back."""
        self._last_s = 0.0

    async def say(self, text: str, speed: float) -> AsyncGenerator[bytes, None]:
        """Sound in 16 bits as it comes. Left early, the clause is cancelled."""
        async with self._turn:
            reused = await self._open()
            try:
                await self._begin(speed)
                await self._send(text=f"{text} ", flush=True)
            except ConnectionClosed as error:
                await self._drop()
                raise StaleSocket from error
            self._unheard += _spoken(text)
            heard = complete = False
            try:
                while not complete:
                    message = await self._next(heard)
                    if reused and not heard and _closed_for_idleness(message):
                        raise StaleSocket
                    if isinstance(message, Exception):
                        raise EngineBroken("ElevenLabs broke off") from message
                    sound, complete = self._take(message)
                    if sound:
                        heard = True
                        yield sound
            except (EngineTimeout, StaleSocket):
                await self._drop()
                raise
            finally:
                self._last_s = asyncio.get_running_loop().time()
                if not complete:
                    await self._abandon()

    async def aclose(self) -> None:
        await self._drop()

    # --- a clause ---

    async def _next(self, heard: bool) -> dict[str, Any] | Exception:
        """The next message; one that ends the clause where it is clear that nothing more comes."""
        bounds = self._bounds
        if not heard:
            wait_s = bounds.first_s
        else:
            wait_s = bounds.grace_s if self._unheard <= 0 else bounds.quiet_s
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                return await self._messages.get()
        if not heard:
            raise EngineTimeout(f"ElevenLabs did not begin to speak within {wait_s:g} s")
        if self._unheard <= 0:
            return {"clause_is_over": True}
        return await self._final()

    async def _final(self) -> dict[str, Any] | Exception:
        """Closing the context makes the server say what is left, and that it was the last."""
        with suppress(ConnectionClosed):
            await self._send(close_context=True)
        try:
            async with asyncio.timeout(self._bounds.next_s):
                return await self._messages.get()
        except TimeoutError:
            raise EngineTimeout(
                f"ElevenLabs was silent for {self._bounds.next_s:g} s in the middle of a clause"
            ) from None

    def _take(self, message: dict[str, Any]) -> tuple[bytes, bool]:
        """The sound of a message, and whether the clause is over."""
        if message.get("error"):
            raise told_error(str(message["error"]))
        try:
            sound = base64.b64decode(message.get("audio") or "", validate=True)
            alignment = message.get("alignment") or message.get("normalizedAlignment") or {}
            self._unheard -= _spoken("".join(alignment.get("chars") or ()))
        except (ValueError, TypeError, AttributeError) as error:
            raise EngineBroken("ElevenLabs sent a message that cannot be read") from error
        final = bool(message.get("isFinal") or message.get("is_final"))
        if final:
            self._context = ""
        over = final or bool(
            message.get("clause_is_over") or message.get("is_final_audio_for_turn")
        )
        if over:
            self._unheard = 0
        return sound, over

    async def _abandon(self) -> None:
        """What still comes of a clause that nobody wants is dropped with its context."""
        if self._connection is None or not self._context:
            return
        with suppress(ConnectionClosed, TimeoutError):
            async with asyncio.timeout(self._bounds.close_s):
                await self._send(close_context=True)
        self._context = ""

    # --- context and connection ---

    async def _begin(self, speed: float) -> None:
        if self._context and speed == self._speed:
            return
        if self._context:
            await self._send(close_context=True)
        self._context, self._speed, self._unheard = next(self._names), speed, 0
        while not self._messages.empty():
            self._messages.get_nowait()
        voice = {"stability": STABILITY, "similarity_boost": SIMILARITY, "speed": speed}
        await self._send(text=" ", voice_settings=voice)

    async def _send(self, **fields: Any) -> None:
        assert self._connection is not None  # noqa: S101 - `_open` comes first
        await self._connection.send(json.dumps({**fields, "context_id": self._context}))

    async def _open(self) -> bool:
        """Whether the connection was there already."""
        if self._connection is not None and all(not task.done() for task in self._tasks):
            return True
        await self._drop()
        try:
            self._connection = await connect(
                self._url,
                additional_headers={"xi-api-key": self._key},
                open_timeout=self._bounds.connect_s,
                close_timeout=self._bounds.close_s,
                max_size=LARGEST_MESSAGE,
            )
        except InvalidStatus as error:
            retry_after = error.response.headers.get("Retry-After", "")
            body = (error.response.body or b"").decode(errors="replace")
            raise refused_handshake(error.response.status_code, retry_after, body) from None
        except TimeoutError:
            raise EngineTimeout(
                f"ElevenLabs could not be reached within {self._bounds.connect_s:g} s"
            ) from None
        except (OSError, WebSocketException) as error:
            raise EngineBroken(
                f"ElevenLabs cannot be reached ({type(error).__name__}); check the network and"
                " ELEVENLABS_URL"
            ) from None
        self._last_s = asyncio.get_running_loop().time()
        self._tasks = [
            asyncio.create_task(self._read(self._connection), name="elevenlabs read"),
            asyncio.create_task(self._stay(self._connection), name="elevenlabs stay"),
        ]
        return False

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        tasks, self._tasks = self._tasks, []
        self._context = ""
        await cancel_and_wait(*tasks)
        if connection is not None:
            await connection.close()
        self._messages = asyncio.Queue(MOST_WAITING)

    async def _read(self, connection: ClientConnection) -> None:
        """Messages of the present context, in order; then the error that ended the connection."""
        try:
            async for data in connection:
                message = json.loads(data)
                whose = message.get("contextId", message.get("context_id"))
                if message.get("error") or whose == self._context:
                    await self._messages.put(message)
            raise ConnectionClosed(None, None)
        except (ConnectionClosed, ValueError, AttributeError) as error:
            await self._messages.put(error)

    async def _stay(self, connection: ClientConnection) -> None:
        """Says that it is still here, and leaves once that has been long enough."""
        loop = asyncio.get_running_loop()
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(self._bounds.alive_s)
                async with self._turn:
                    if loop.time() - self._last_s >= self._bounds.kept_s:
                        await connection.close()
                        return
                    if self._context:
                        await self._send(text="")


def _closed_for_idleness(message: dict[str, Any] | Exception) -> bool:
    if isinstance(message, Exception):
        return isinstance(message, ConnectionClosed)
    return message.get("error") == "input_timeout_exceeded"


def _spoken(text: str) -> int:
    """Characters that come back, whatever is made of the spaces."""
    return sum(not character.isspace() for character in text)
