"""An imitation of an OpenAI-compatible transcription server (no model): what it hears is sound that
is written, a level a word (`tests.translation.path.written_sound`), with the ways in which the real
ones fail.

Fields as in the API reference: https://platform.openai.com/docs/api-reference/audio
"""

import asyncio
import io
import json
import wave
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from aiohttp import BodyPartReader, web

from tests.translation.path.written_sound import Reader
from tests.vendors.openai_server import error, refusal, serving
from translation.values import Samples, Word

MODEL = "imitation-whisper"


@dataclass
class Imitation:
    """`failures`: what the next requests meet, one each; then all goes well.

    busy (429, Retry-After: `retry_after`) | down (503) | key (401) | model (404)
    | format (400: this model has no word times) | stall (headers, then nothing)
    | pause (stops in the middle of the body) | cut (closes there) | pieces (the body comes in small
    pieces) | closed (socket closed) | nonsense (no JSON) | segments (times of segments only)
    """

    vocabulary: Sequence[str]
    url: str = ""
    retry_after: str = "1"
    thinks_s: float = 0.0
    """Before it answers."""
    failures: deque[str] = field(default_factory=deque)
    requests: list[dict[str, str]] = field(default_factory=list)
    heard_s: list[float] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        fields, samples = await _form(request)
        self.requests.append(fields)
        self.heard_s.append(len(samples) / 16_000)
        failure = self.failures.popleft() if self.failures else ""
        if refused := _refused(request, fields, failure, self.retry_after):
            return refused
        if failure == "closed":
            _abort(request)
            return web.Response()
        if failure == "nonsense":
            return web.Response(text="<html>", content_type="text/html")
        await asyncio.sleep(self.thinks_s)
        stream = Reader(self.vocabulary).open()
        stream.push(samples)
        told = _verbose(stream.hypothesis(), fields, with_words=failure != "segments")
        if failure in ("stall", "pause", "cut", "pieces"):
            return await _slowly(request, json.dumps(told).encode(), failure)
        return web.json_response(told)


async def _slowly(request: web.Request, body: bytes, failure: str) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    if failure == "pieces":
        for at in range(0, len(body), 50):
            await response.write(body[at : at + 50])
            await asyncio.sleep(0.001)
        return response
    if failure != "stall":
        await response.write(body[: len(body) // 2])
    if failure == "cut":
        await asyncio.sleep(0.05)  # what was written goes out first
        _abort(request)
        return response
    await asyncio.sleep(3600)
    return response


def _abort(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()


async def _form(request: web.Request) -> tuple[dict[str, str], Samples]:
    fields: dict[str, str] = {}
    samples: Samples = np.zeros(0, np.int16)
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "file":
            with wave.open(io.BytesIO(bytes(await part.read())), "rb") as file:
                assert (file.getnchannels(), file.getframerate()) == (1, 16_000)
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
        else:
            fields[str(part.name)] = await part.text()
    return fields, samples


def _refused(
    request: web.Request, fields: dict[str, str], failure: str, retry_after: str
) -> web.Response | None:
    known = fields.get("model") == MODEL
    if refused := refusal(request, model=known, failure=failure, retry_after=retry_after):
        return refused
    if failure == "format" or fields.get("response_format") != "verbose_json":
        return error(400, "response_format is not supported", "unsupported_value")
    return None


def _verbose(words: list[Word], fields: dict[str, str], *, with_words: bool) -> dict[str, Any]:
    """The text is written as a sentence, the words are bare, as OpenAI's are."""
    text = " ".join(word.text for word in words)
    text = text[:1].upper() + text[1:] + ("." if text else "")
    answer: dict[str, Any] = {
        "task": "transcribe",
        "language": "english",
        "duration": words[-1].end_s if words else 0.0,
        "text": text,
        "segments": [
            {
                "id": 0, "seek": 0, "start": words[0].start_s, "end": words[-1].end_s,
                "text": f" {text}", "tokens": [], "temperature": 0.0, "avg_logprob": -0.2,
                "compression_ratio": 1.0, "no_speech_prob": 0.01,
            }
        ] if words else [],
    }  # fmt: skip
    if with_words and fields.get("timestamp_granularities[]") == "word":
        answer["words"] = [{"word": w.text, "start": w.start_s, "end": w.end_s} for w in words]
    return answer


@asynccontextmanager
async def openai_transcription(vocabulary: Sequence[str]) -> AsyncIterator[Imitation]:
    """On a free port of this machine."""
    imitation = Imitation(vocabulary)
    async with serving("/audio/transcriptions", imitation.answer) as imitation.url:
        yield imitation
