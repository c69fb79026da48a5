"""A chat completion as it streams: the OpenAI protocol, which LiteLLM's gateway, vLLM, llama.cpp
and Ollama speak as well.

    POST /v1/chat/completions {"stream": true, ...}   ->   data: {"choices": [{"delta": ...}]}
                                                           data: [DONE]
"""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp

from translation.engines.openai_refusal import Remedies, refusal
from translation.errors import EngineBroken

LONGEST_LINE = 1 << 18
REMEDIES = Remedies(
    key="check LLM_KEY",
    unknown="model or address; check LLM_MODEL and LLM_URL",
    refused="check LLM_URL, LLM_MODEL and LLM_KEY",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """More of the answer. `tokens`: with the last one, what all of it cost, where the server says
    so."""

    text: str = ""
    tokens: int = 0


async def stream(
    http: aiohttp.ClientSession, url: str, *, key: str, body: dict[str, Any]
) -> AsyncGenerator[Piece, None]:
    """Raises `EngineBusy` (429), `EngineMissing` (key or model refused), `EngineBroken` (server
    failed, connection lost, answer cut off or no answer at all). Of what the server says nothing
    is repeated: it may quote what was said on the floor."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    asked = {**body, "stream": True, "stream_options": {"include_usage": True}}
    try:
        async with http.post(f"{url}/chat/completions", json=asked, headers=headers) as response:
            if response.status != 200:
                retry_after = response.headers.get("Retry-After", "")
                raise refusal(response.status, retry_after, url, REMEDIES)
            async for piece in _pieces(response):
                yield piece
    except (aiohttp.ClientError, ConnectionError, ValueError) as error:
        raise EngineBroken(
            f"the language model at {url} broke off ({type(error).__name__}); is it running?"
        ) from None


async def _pieces(response: aiohttp.ClientResponse) -> AsyncIterator[Piece]:
    finished = False
    async for line in response.content:
        name, _, value = line.strip().partition(b":")
        if name != b"data" or not value.strip():
            continue
        if value.strip() == b"[DONE]":
            break
        event = json.loads(value)
        if not isinstance(event, dict) or event.get("error"):
            raise EngineBroken("the language model reported an error in the middle of its answer")
        for choice in event.get("choices") or ():
            finished = _finished(choice.get("finish_reason")) or finished
            yield Piece(text=(choice.get("delta") or {}).get("content") or "")
        if event.get("usage"):
            yield Piece(tokens=int(event["usage"].get("total_tokens") or 0))
    if not finished:
        raise EngineBroken("the language model broke off in the middle of its answer")


def _finished(reason: str | None) -> bool:
    if reason in ("length", "content_filter"):
        raise EngineBroken(f"the language model did not end its answer: {reason}")
    return reason is not None
