"""An interpreter without a browser: comes in by her link, holds her console's line, speaks from a
microphone that is a process of its own."""

import asyncio
import contextlib
import json
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.microphone import Microphone
from translation.flow import cancel_and_wait
from translation.values import Gesture, Samples

PATIENCE_S = 40.0


class Interpreter:
    """`messages`: all that her console was told, oldest first, each with `arrived` (seconds since
    1970). `facts`: of each channel, the newest."""

    def __init__(self, base_url: str, join_url: str, folder: Path) -> None:
        self._base_url = base_url
        self._join_url = join_url
        self._folder = folder
        self._http = httpx.AsyncClient(base_url=base_url, timeout=10, follow_redirects=True)
        self._line: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self.microphone: Microphone | None = None
        self._microphones: list[Microphone] = []
        self.session_id = ""
        self.id = ""
        self.messages: list[dict[str, Any]] = []
        self.facts: defaultdict[str, dict[str, Any]] = defaultdict(dict)

    async def __aenter__(self) -> "Interpreter":
        await self._claim()
        cookies = "; ".join(f"{c.name}={c.value}" for c in self._http.cookies.jar)
        address = self._base_url.replace("http", "ws", 1) + f"/ws/booth/{self.session_id}"
        self._line = await connect(
            address,
            origin=Origin(self._base_url),
            additional_headers={"Cookie": cookies},
        )
        self._reader = asyncio.create_task(self._read())
        hello = await self.told(lambda message: message["type"] == "hello")
        self.id = hello["me"]["id"]
        self.facts |= hello["facts"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close_microphone()
        await cancel_and_wait(self._reader)
        if self._line is not None:
            await self._line.close()
        await self._http.aclose()

    async def _claim(self) -> None:
        page = await self._http.get(self._join_url)
        page.raise_for_status()
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        claimed = await self._http.post(
            self._join_url,
            data={"csrfmiddlewaretoken": token}, headers={"Referer": self._base_url},
        )  # fmt: skip
        assert "/booth/" in str(claimed.url), claimed.text
        self.session_id = str(claimed.url).rpartition("/")[2]

    # --- the console ---

    async def _read(self) -> None:
        assert self._line is not None
        while True:
            try:
                text = await self._line.recv()
            except ConnectionClosed:
                return
            message = json.loads(text) | {"arrived": time.time()}
            self.messages.append(message)
            if message["type"] == "channel":
                self.facts[message["language"]] = message["facts"]
            self._changed.set()
            self._changed = asyncio.Event()

    async def told(self, what: Callable[[dict[str, Any]], bool], since: int = 0) -> dict[str, Any]:
        """The first message, old (from number `since` on) or to come, that fits."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            changed = self._changed
            for message in self.messages[since:]:
                if what(message):
                    return message
            assert time.monotonic() < deadline, f"not told; the last was {self.messages[-1:]}"
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await changed.wait()

    async def until(self, what: Callable[[], bool]) -> None:
        """Waits until something is true of what was told."""
        deadline = time.monotonic() + PATIENCE_S
        while not what():
            assert time.monotonic() < deadline, f"never true; the facts are {self.facts}"
            await asyncio.sleep(0.02)

    async def say(self, **message: Any) -> None:
        assert self._line is not None
        await self._line.send(json.dumps(message))

    async def ask(
        self, gesture: Gesture, language: str, to: str = "", countdown_s: float = 0.0
    ) -> str | None:
        """Returns why it was refused; None where it was done."""
        command_id, since = str(uuid.uuid4()), len(self.messages)
        await self.say(
            type="command", id=command_id, language=language, gesture=gesture.value, to=to,
            countdown_s=countdown_s,
        )  # fmt: skip
        answer = await self.told(
            lambda m: m["type"] == "answer" and m["command_id"] == command_id, since
        )
        refusal: str | None = answer["refusal"]
        return refusal

    # --- the microphone ---

    async def token(self) -> dict[str, str]:
        """A pass into the stage room: `url`, `token`, `identity`."""
        await self._http.get(f"/booth/{self.session_id}")
        answer = await self._http.post(
            f"/api/booth/{self.session_id}/token",
            headers={"X-CSRFToken": self._http.cookies["csrftoken"], "Referer": self._base_url},
        )
        answer.raise_for_status()
        told: dict[str, str] = answer.json()
        return told

    async def open_microphone(self, sound: Samples) -> None:
        """`sound`: 48 kHz, spoken over and over."""
        told = await self.token()
        path = self._folder / f"{self.id}.npy"
        self.microphone = await Microphone.open(told["url"], told["token"], sound, path)
        self._microphones.append(self.microphone)

    def sample_at(self, moment: float) -> int:
        """As `Microphone.sample_at`, by the one that she had then."""
        spoke = [each for each in self._microphones if each.spoke_before(moment)]
        return spoke[-1].sample_at(moment)

    async def close_microphone(self) -> None:
        if self.microphone is not None:
            await self.microphone.close()
            self.microphone = None

    async def kill_microphone(self) -> float:
        """As a browser that crashes. Returns when (seconds since 1970)."""
        assert self.microphone is not None
        moment = await self.microphone.kill()
        self.microphone = None
        return moment

    async def do(self, word: str) -> None:
        """As `Microphone.do`."""
        assert self.microphone is not None
        await self.microphone.do(word)
