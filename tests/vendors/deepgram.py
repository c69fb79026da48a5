"""An imitation of Deepgram's live transcription (no model): `wss://.../v1/listen`, with the ways in
which the real one fails. What it hears is sound that is written, a level a word
(`tests.translation.path.written_sound`).

Fields: https://developers.deepgram.com/reference/speech-to-text/listen-streaming
Closing codes: https://developers.deepgram.com/docs/stt-troubleshooting-websocket-data-and-net-errors
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.translation.path.written_sound import Reader
from translation.values import Samples, Word

KEY = "key-of-the-imitation"
MODELS = ("nova-3", "nova-2")
RATE_HZ = 16_000
INTERIM_EVERY_S = 0.4
ENDPOINT_S = 0.3


@dataclass
class Imitation:
    """`failures`: what the next connections meet, one each; then all goes well.

    busy (429, Retry-After: 3) | down (503) | credit (402) | language (400) | stall (never answers)
    | closed (1011 NET-0000 after the first second) | cut (the socket is gone after the first
    second) | nonsense (no JSON) | partial (every message in many frames) | terms (400 where there
    are any) | unanswered_finalize (as where little sound is left: nothing says that it is done)
    """

    vocabulary: Sequence[str]
    url: str = ""
    idle_s: float = 10.0
    failures: deque[str] = field(default_factory=deque)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Types of the text messages that came."""

    def refuse(self, connection: ServerConnection, request: Request) -> Response | None:
        query = parse_qs(urlsplit(request.path).query)
        failure = self.failures[0] if self.failures else ""
        status, code = 0, ""
        if request.headers.get("Authorization") != f"Token {KEY}":
            status, code = 401, "INVALID_AUTH"
        elif failure in ("busy", "down", "credit", "language"):
            status, code = {
                "busy": (429, "TOO_MANY_REQUESTS"), "down": (503, "UNAVAILABLE"),
                "credit": (402, "ASR_PAYMENT_REQUIRED"), "language": (400, "Bad Request"),
            }[failure]  # fmt: skip
            self.failures.popleft()
        elif failure == "terms" and query.get("keyterm"):
            status, code = 400, "Bad Request"
            self.failures.popleft()
        elif not _acceptable(query):
            status, code = 400, "Bad Request"
        if not status:
            self.asked.append(query)
            return None
        response = connection.respond(status, json.dumps({"err_code": code, "err_msg": code}))
        response.headers["dg-error"] = code
        if failure == "busy":
            response.headers["Retry-After"] = "3"
        return response

    async def listen(self, socket: ServerConnection) -> None:
        failure = self.failures.popleft() if self.failures else ""
        heard = _Heard(self.vocabulary)
        try:
            while True:
                message = await asyncio.wait_for(socket.recv(), self.idle_s)
                if failure == "stall":
                    continue
                if isinstance(message, bytes):
                    answers = heard.sound(np.frombuffer(message, "<i2").astype(np.int16))
                else:
                    self.texts.append(json.loads(message)["type"])
                    answers = heard.order(self.texts[-1], failure)
                if failure in ("closed", "cut") and heard.heard_s >= 1.0:
                    if failure == "closed":
                        await socket.close(1011, "NET-0000: no text frame was transmitted")
                    socket.transport.abort()
                    return
                for answer in answers:
                    await self._tell(socket, answer, failure)
                if self.texts and self.texts[-1] == "CloseStream":
                    return
        except TimeoutError:
            await socket.close(1011, "NET-0001: no sound was received")
        except ConnectionClosed:
            return

    async def _tell(self, socket: ServerConnection, answer: dict[str, Any], failure: str) -> None:
        text = "<html>" if failure == "nonsense" else json.dumps(answer)
        if failure == "partial":
            await socket.send([text[at : at + 40] for at in range(0, len(text), 40)])
        else:
            await socket.send(text)


def _acceptable(query: dict[str, list[str]]) -> bool:
    """Key terms: of nova-3 alone, 500 tokens in all of them (counted as three letters, or a
    digit; the real tokenizer is not published)."""
    terms = query.get("keyterm", [])
    (model,) = query.get("model", [""])
    tokens = sum(len(re.findall(r"\d|[^\d\s]{1,3}", term)) for term in terms)
    known = model in MODELS and query.get("encoding") == ["linear16"]
    return known and tokens <= 500 and (not terms or model == "nova-3")


class _Heard:
    """One connection: all its sound, and up to where it is final."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._stream = Reader(vocabulary).open()
        self._told_s = self._final_s = self.heard_s = 0.0
        self._quiet_s = 0.0

    def sound(self, samples: Samples) -> list[dict[str, Any]]:
        self._stream.push(samples)
        self.heard_s += len(samples) / RATE_HZ
        self._quiet_s = 0.0 if np.any(samples) else self._quiet_s + len(samples) / RATE_HZ
        if self._quiet_s >= ENDPOINT_S and self._words():
            return [self._results(final=True, speech_final=True)]
        if self.heard_s - self._told_s >= INTERIM_EVERY_S:
            return [self._results()]
        return []

    def order(self, kind: str, failure: str) -> list[dict[str, Any]]:
        if kind == "Finalize" and failure == "unanswered_finalize":
            return []
        if kind == "Finalize":
            return [self._results(final=True, from_finalize=True)]
        if kind == "CloseStream":
            return [{"type": "Metadata", "request_id": "imitation", "duration": self.heard_s}]
        return []

    def _words(self) -> list[Word]:
        return [w for w in self._stream.hypothesis() if w.start_s >= self._final_s - 0.01]

    def _results(self, *, final: bool = False, **told: bool) -> dict[str, Any]:
        words, begin_s = self._words(), self._final_s
        self._told_s = self.heard_s
        if final:
            self._final_s = self.heard_s
        last = len(words) - 1
        return {
            "type": "Results",
            "channel_index": [0, 1],
            "duration": self.heard_s - begin_s,
            "start": begin_s,
            "is_final": final,
            "speech_final": told.get("speech_final", False),
            "from_finalize": told.get("from_finalize", False),
            "channel": {"alternatives": [{
                "transcript": " ".join(word.text for word in words),
                "confidence": 0.99,
                "words": [
                    {
                        "word": w.text, "start": w.start_s, "end": w.end_s, "confidence": 0.99,
                        "punctuated_word": f"{w.text}." if final and n == last else w.text,
                    }
                    for n, w in enumerate(words)
                ],
            }]},
            "metadata": {"request_id": "imitation", "model_uuid": "imitation"},
        }  # fmt: skip


@asynccontextmanager
async def deepgram(vocabulary: Sequence[str]) -> AsyncIterator[Imitation]:
    """On a free port of this machine."""
    imitation = Imitation(vocabulary)
    async with serve(
        imitation.listen, "127.0.0.1", 0, process_request=imitation.refuse, close_timeout=0.2
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        imitation.url = f"ws://127.0.0.1:{port}"
        yield imitation
