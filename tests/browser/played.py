"""The jobs' part in a session, played: what a page would be told while interpreters and machines
work, without either."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import httpx
import redis
import redis.asyncio
from playwright.sync_api import BrowserContext

from tests.stack import Stack
from translation.log.presence import Vitals
from translation.log.redis_streams import BlockingRedisLog, RedisDrafts
from translation.values import Draft, Entry

MACHINE: dict[str, Any] = {
    "owned": True, "input": "machine", "who": "espeak-ng 1.51", "reason": "started",
    "since_s": 0.0, "turn": None, "holder": "", "forced": "", "policy": "human_first",
    "handover": None, "microphones": [], "alarms": [], "level_db": -22.0, "machine_able": True,
    "backlog_s": 0.4, "lag_s": 1.4, "speed": 1.0, "skipped": 0,
    "quality": {
        "lines": 20, "skipped": 0, "condensed": 0, "doubted": 0, "terms": 0, "terms_kept": 0,
    },
    "last_caption": "", "engine": "espeak-ng 1.51", "resting": [],
}  # fmt: skip
"""How a channel's job reports a machine that speaks."""


def sign_in(browser: BrowserContext, person: httpx.Client, web: Stack) -> None:
    """The browser has the person's cookies."""
    cookies = [(cookie.name, cookie.value or "") for cookie in person.cookies.jar]
    browser.add_cookies([{"name": n, "value": v, "url": web.base_url} for n, v in cookies])


class PlayedJobs:
    """Tells `facts`, by the channel's language, again and again as long as it is entered; before
    each time `change` may put others there. `drafts`: interim captions told with them."""

    def __init__(self, redis_url: str, session_id: str, *, every_s: float = 1.0) -> None:
        self.facts: dict[str, dict[str, Any]] = {}
        self.drafts: list[Draft] = []
        self.change: Callable[[int], None] = lambda _: None
        self._redis_url = redis_url
        self._session_id = session_id
        self._every_s = every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._tell()))

    def __enter__(self) -> "PlayedJobs":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def write(self, *entries: Entry) -> None:
        """Into the session's log."""
        with redis.Redis.from_url(self._redis_url) as client:
            log = BlockingRedisLog(client, self._session_id)
            for entry in entries:
                log.append(entry)

    async def _tell(self) -> None:
        async with redis.asyncio.Redis.from_url(self._redis_url) as client:
            vitals = Vitals(client, self._session_id)
            drafts = RedisDrafts(client, self._session_id)
            number = 0
            while not await asyncio.to_thread(self._over.wait, self._every_s):
                number += 1
                self.change(number)
                for language, facts in tuple(self.facts.items()):
                    await vitals.report(f"channel:{language}", facts)
                for draft in tuple(self.drafts):
                    await drafts.say(draft)
