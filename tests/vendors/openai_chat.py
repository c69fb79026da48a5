"""An imitation of an OpenAI-compatible chat server (no model): the protocol of streamed chat
completions, with the ways in which the real ones fail.

What it answers is `Spanish<we saw it>`: the target language from the prompt, and the user's text.
Fields as in the API reference: https://platform.openai.com/docs/api-reference/chat-streaming
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.vendors.openai_server import error, refusal, serving

MODEL = "imitation-1"
THINKS_S = 0.02


@dataclass
class Imitation:
    """`failures`: what the next requests meet, one each; then all goes well.

    busy (429, Retry-After: 7) | down (503) | key (401) | model (404) | stall (headers, then
    nothing) | closed (socket closed in the middle) | cut (finish_reason length) | filter | mute (an
    empty answer) | endless | nonsense (no JSON) | error (an error event in the stream)
    """

    url: str = ""
    failures: deque[str] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    frame_bytes: int = 0
    with_usage: bool = True
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
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await asyncio.sleep(3600 if failure == "stall" else THINKS_S)
        if failure == "nonsense":
            await response.write(b"data: <html>\n\n")
            return response
        text = "" if failure == "mute" else _rendered(body)
        words = [" blah"] * 5000 if failure == "endless" else text.split(" ")
        for number, word in enumerate(words):
            if failure == "closed" and number == 1:
                assert request.transport is not None
                request.transport.abort()
                return response
            if failure == "error" and number == 1:
                await self._write(response, {"error": {"message": "overloaded", "code": 500}})
                return response
            await self._write(response, _chunk({"content": word if number == 0 else f" {word}"}))
        reason = {"cut": "length", "filter": "content_filter"}.get(failure, "stop")
        await self._write(response, _chunk({}, reason))
        if self.with_usage and body.get("stream_options", {}).get("include_usage"):
            usage = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
            await self._write(response, {**_chunk({}), "choices": [], "usage": usage})
        await response.write(b"data: [DONE]\n\n")
        return response

    async def _write(self, response: web.StreamResponse, event: dict[str, Any]) -> None:
        data = b": keep-alive\n\ndata: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"
        size = self.frame_bytes or len(data)
        for start in range(0, len(data), size):
            await response.write(data[start : start + size])
            if self.frame_bytes:
                await asyncio.sleep(0)


def _refused(request: web.Request, body: dict[str, Any], failure: str) -> web.Response | None:
    known = body.get("model") == MODEL
    if refused := refusal(request, model=known, failure=failure):
        return refused
    roles = [message["role"] for message in body["messages"]]
    if roles != ["system", "user"] or body.get("stream") is not True:
        return error(400, f"unexpected request: {roles}", "invalid_request_error")
    return None


def _chunk(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
        "system_fingerprint": None,
        "choices": [choice],
        "usage": None,
    }


def _rendered(body: dict[str, Any]) -> str:
    rules, text = (message["content"] for message in body["messages"])
    target = rules.partition(" into ")[2].partition(".")[0]
    return f"{target}<{text}>"


@asynccontextmanager
async def openai_chat() -> AsyncIterator[Imitation]:
    """On a free port of this machine."""
    imitation = Imitation()
    async with serving("/chat/completions", imitation.answer) as imitation.url:
        yield imitation
