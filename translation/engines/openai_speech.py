"""Speech from a server that speaks the OpenAI protocol: OpenAI's own, or one at home (Kokoro,
Speaches, LocalAI, LiteLLM's gateway ...). One request a clause, its answer streamed.

    POST /v1/audio/speech {"model", "input", "voice", "response_format": "wav", "speed"}  ->  bytes

Fields: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from urllib.parse import urlsplit

import aiohttp

from translation.engines.openai_refusal import Remedies, refusal
from translation.engines.units import CHARACTERS
from translation.engines.wav_stream import WavStream
from translation.errors import (
    EngineBroken,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
)
from translation.languages import LANGUAGES
from translation.ports import PLAIN, Abilities, Manner
from translation.values import Sound
from translation.voices import Voices

NAME = "openai"
PCM_HZ = 24_000
"""Raw samples say no rate; OpenAI's are of this one."""

SLOWEST, FASTEST = 0.8, 1.2
"""The protocol takes 0.25 to 4; beyond these, models that stretch what they have spoken sound so,
and people do not like to listen to it for an hour."""

MOST_CHARACTERS = 4096
PIECE = 4800
"""Bytes handed on at once: a tenth of a second."""

REMEDIES = Remedies(
    key="check SPEECH_KEY",
    unknown="model, voice or address; check SPEECH_URL, SPEECH_MODEL and SPEECH_VOICES",
    refused="check SPEECH_VOICES and SPEECH_FORMAT",
)


class OpenAISpeech:
    """`url`: up to `/v1`. `format`: `wav` or `pcm` (24 kHz; begins a little sooner on servers that
    only stream that). `voices` says which languages the server speaks. `first_s` bounds the time
    to the first sound, `next_s` the silence between two pieces; at most `at_once` clauses are
    under way, more wait within `first_s`."""

    def __init__(
        self,
        *,
        url: str,
        model: str,
        voices: Voices,
        key: str = "",
        format: str = "wav",
        first_s: float = 3.0,
        next_s: float = 2.0,
        at_once: int = 8,
    ) -> None:
        if not url or not model:
            raise EngineMissing("no speech server is named; set SPEECH_URL and SPEECH_MODEL")
        if not voices.languages(NAME):
            raise EngineMissing(
                'the speech server has no voice; set SPEECH_VOICES={"openai": {"*": "<voice>"}}'
            )
        self._url = url.rstrip("/")
        self._model = model
        self._voices = voices
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._format = format
        self._first_s = first_s
        self._next_s = next_s
        self._free = asyncio.Semaphore(at_once)
        self._http: aiohttp.ClientSession | None = None
        self._characters = 0
        self.abilities = Abilities(
            name="OpenAI speech",
            version=model,
            licence="the model's or its provider's terms",
            languages=voices.languages(NAME) & frozenset(LANGUAGES),
            needs_network=urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"),
            speeds=(SLOWEST, FASTEST),
        )

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        """Pieces as they come. Raises `PairUnsupported`, `EngineMissing` (key, model or voice
        refused), `EngineBusy`, `EngineTimeout`, `EngineBroken`."""
        voice = self.voice(language, manner)
        if not voice:
            raise PairUnsupported(
                f"the speech server has no voice for “{language}”; choose one in SPEECH_VOICES"
            )
        said = " ".join(text.split())[:MOST_CHARACTERS]
        if not any(character.isalnum() for character in said):
            return
        asked = {
            "model": self._model,
            "input": said,
            "voice": voice,
            "response_format": self._format,
            "speed": round(min(FASTEST, max(SLOWEST, speed)), 2),
        }
        self._characters += len(said)
        read = WavStream() if self._format == "wav" else WavStream(rate_hz=PCM_HZ)
        async with aclosing(self._within_time(asked)) as pieces:
            async for piece in pieces:
                samples = read.push(piece)
                if len(samples):
                    yield Sound(samples, read.rate_hz)
        if not read.rate_hz:
            raise EngineBroken(f"{self._url} answered without a sound; try SPEECH_FORMAT=pcm")

    def voice(self, language: str, manner: Manner) -> str:
        """As the server calls it; "" where none is chosen for the language."""
        return manner.voices.over(self._voices).of(NAME, language, manner.gender)

    @property
    def units(self) -> dict[str, float]:
        """Sent to be spoken: what vendors bill."""
        return {CHARACTERS: self._characters}

    async def aclose(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    async def _within_time(self, asked: dict[str, object]) -> AsyncGenerator[bytes, None]:
        wait_s, what = self._first_s, "begin to speak"
        async with aclosing(self._answer(asked)) as pieces:
            while True:
                try:
                    async with asyncio.timeout(wait_s):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    raise EngineTimeout(f"{self._url} did not {what} within {wait_s:g} s") from None
                if piece is None:
                    return
                yield piece
                wait_s, what = self._next_s, "go on"

    async def _answer(self, asked: dict[str, object]) -> AsyncGenerator[bytes, None]:
        try:
            async with (
                self._free,
                self._client.post(
                    f"{self._url}/audio/speech", json=asked, headers=self._headers
                ) as response,
            ):
                if response.status != 200:
                    retry_after = response.headers.get("Retry-After", "")
                    raise refusal(response.status, retry_after, self._url, REMEDIES)
                async for piece in response.content.iter_chunked(PIECE):
                    yield piece
        except (aiohttp.ClientError, ConnectionError) as error:
            raise EngineBroken(
                f"the speech server at {self._url} broke off ({type(error).__name__}); is it"
                " running?"
            ) from None

    @property
    def _client(self) -> aiohttp.ClientSession:
        """Made on the loop that first asks."""
        if self._http is None:
            self._http = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._first_s)
            )
        return self._http
