"""ElevenLabs: speech over its multi-context WebSocket, one socket a language and voice.

A socket keeps one context for as long as the speed stays the same, so that clause after clause is
one person speaking on; each clause is flushed and begins to sound with its first chunk.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from urllib.parse import urlencode, urlsplit

import numpy as np

from translation.engines.elevenlabs_socket import BOUNDS, RATE_HZ, Bounds, Socket, StaleSocket
from translation.engines.units import CHARACTERS
from translation.errors import (
    EngineBroken,
    EngineBusy,
    EngineMissing,
    LogUnreachable,
    PairUnsupported,
)
from translation.flow import cancel_and_wait
from translation.languages import coded
from translation.languages import language as known_language
from translation.ports import PLAIN, Abilities, Manner, Places
from translation.values import Sound
from translation.voices import Voices

NAME = "elevenlabs"
SLOWEST, FASTEST = 0.7, 1.2

PLACE_S = 1.0
"""A clause waits so long for a place among those that are spoken at once."""

ASK_EVERY_S = 0.05

log = logging.getLogger(__name__)


class ElevenLabs:
    """`voices`: at least one, from the account's library. `at_once`: how many clauses the account's
    plan allows at a time; `places` counts them over all processes, without it this one counts its
    own. Raises `EngineMissing` without a key or a voice."""

    def __init__(
        self,
        *,
        key: str,
        voices: Voices,
        model: str = "eleven_flash_v2_5",
        url: str = "wss://api.elevenlabs.io",
        at_once: int = 4,
        places: Places | None = None,
        bounds: Bounds = BOUNDS,
    ) -> None:
        if not key:
            raise EngineMissing("ElevenLabs has no key; set ELEVENLABS_KEY")
        if not voices.languages(NAME):
            raise EngineMissing(
                'ElevenLabs has no voice; set SPEECH_VOICES={"elevenlabs": {"*": "<voice id>"}}'
            )
        self._key = key
        self._voices = voices
        self._model = model
        self._url = url.rstrip("/")
        self._bounds = bounds
        self._at_once = at_once
        self._free = asyncio.Semaphore(at_once)
        self._places = places
        self._sockets: dict[tuple[str, str], Socket] = {}
        self._characters = 0
        self.abilities = Abilities(
            name="ElevenLabs",
            version=model,
            licence="ElevenLabs' terms of service",
            languages=coded(NAME) & voices.languages(NAME),
            needs_network=urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"),
            speeds=(SLOWEST, FASTEST),
        )

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """Chunks of 24 kHz as they come. Raises `PairUnsupported`, `EngineMissing` (key, voice,
        model or credit refused), `EngineBusy`, `EngineTimeout`, `EngineBroken`."""
        code = known_language(language).elevenlabs
        voice = self.voice(language, manner)
        if not code or not voice:
            raise PairUnsupported(
                f"ElevenLabs has no voice for “{language}”; choose one in SPEECH_VOICES"
            )
        said = " ".join(text.split())
        if not any(character.isalnum() for character in said):
            return
        speed = round(min(FASTEST, max(SLOWEST, speed)), 2)
        async with self._place(), aclosing(self._said(said, code, voice, speed)) as chunks:
            self._characters += len(said)
            held = b""
            async for chunk in chunks:
                held += chunk
                whole = len(held) - len(held) % 2
                if whole:
                    yield Sound(np.frombuffer(held[:whole], "<i2").astype(np.int16), RATE_HZ)
                held = held[whole:]

    def voice(self, language: str, manner: Manner) -> str:
        """Its id; "" where none is chosen for the language."""
        return manner.voices.over(self._voices).of(NAME, language, manner.gender)

    @property
    def units(self) -> dict[str, float]:
        """Sent to be spoken: what vendors bill."""
        return {CHARACTERS: self._characters}

    async def aclose(self) -> None:
        sockets, self._sockets = self._sockets, {}
        closing = [asyncio.create_task(socket.aclose()) for socket in sockets.values()]
        if closing:
            await asyncio.wait(closing, timeout=self._bounds.close_s)
            await cancel_and_wait(*closing)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """One of this process's, then one of all processes'."""
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(PLACE_S):
                    await held.enter_async_context(self._free)
                    await held.enter_async_context(self._shared_place())
            except TimeoutError:
                raise EngineBusy(
                    f"{self._at_once} clauses are with ElevenLabs already; ELEVENLABS_AT_ONCE says"
                    " how many the account's plan allows"
                ) from None
            yield

    @asynccontextmanager
    async def _shared_place(self) -> AsyncIterator[None]:
        """Where nobody can count them, the vendor will say when there are too many."""
        place, places = "", self._places
        try:
            while places is not None:
                if place := await places.take():
                    break
                await asyncio.sleep(ASK_EVERY_S)
        except LogUnreachable as error:
            log.warning("clauses with ElevenLabs are counted in this process alone: %s", error)
        try:
            yield
        finally:
            if places is not None and place:
                with suppress(LogUnreachable):
                    await places.give_back(place)

    async def _said(
        self, text: str, code: str, voice: str, speed: float
    ) -> AsyncGenerator[bytes, None]:
        """A socket that the server has closed while it was idle is opened again, once."""
        for attempt in (1, 2):
            socket = self._socket(code, voice)
            try:
                async with aclosing(socket.say(text, speed)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                return
            except StaleSocket as stale:
                if attempt == 2:
                    raise EngineBroken("ElevenLabs closes every connection at once") from stale

    def _socket(self, code: str, voice: str) -> Socket:
        if (code, voice) not in self._sockets:
            asked = {
                "model_id": self._model,
                "language_code": code,
                "output_format": f"pcm_{RATE_HZ}",
                "auto_mode": "true",
                "sync_alignment": "true",
                "inactivity_timeout": self._bounds.server_idle_s,
            }
            url = f"{self._url}/v1/text-to-speech/{voice}/multi-stream-input?{urlencode(asked)}"
            self._sockets[code, voice] = Socket(url, self._key, self._bounds)
        return self._sockets[code, voice]
