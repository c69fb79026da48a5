"""The web as uvicorn serves it, in this process, over a real Redis."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from django.test import Client

from interpret.settings import channel_layers
from interpret.wiring import streams
from rooms.domain.booths import invite_interpreter
from rooms.live.groups import LayerConsoles
from rooms.models import Assignment, Session
from rooms.parts import parts as rooms_parts
from tests.rooms.live.page import Page
from tests.rooms.parts import Outside
from tests.rooms.test_redis_log import RedisLogs
from tests.servers import free_port
from translation.log.redis_client import redis_client


@dataclass(frozen=True)
class Web:
    base_url: str
    redis_url: str

    def page(self, path: str, client: Client | None = None, **options: Any) -> Page:
        return Page(self.base_url, path, client, **options)

    def booth(self, session: Session, client: Client | None, **options: Any) -> Page:
        return self.page(f"/ws/booth/{session.id}", client, **options)

    def control(self, session: Session, client: Client | None, **options: Any) -> Page:
        return self.page(f"/ws/control/{session.id}", client, **options)


@pytest.fixture
def web(redis_url: str, outside: Outside, settings: Any, transactional_db: None) -> Iterator[Web]:
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.CHANNEL_LAYERS = channel_layers(redis_url)
    settings.WHITENOISE_AUTOREFRESH = False  # files as in earnest
    outside.logs = RedisLogs(redis_url)
    outside.consoles = LayerConsoles()
    outside.streams = lambda: streams(redis_client(redis_url))
    rooms_parts.cache_clear()
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            "interpret.asgi:application", host="127.0.0.1", port=port, log_level="warning"
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the web did not start"
        time.sleep(0.01)
    try:
        yield Web(f"http://127.0.0.1:{port}", redis_url)
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the web does not end"
        outside.logs.client.close()


@pytest.fixture
def live(web: Web, live: Session) -> Session:
    """Its log is in Redis."""
    return live


def interpreter(
    session: Session, name: str, language: str = "es", **options: Any
) -> tuple[Assignment, Client]:
    """Somebody who has opened her invitation's link, and her browser."""
    invited = invite_interpreter(session=session, language=language, name=name, **options)
    client = Client()
    assert client.post(f"/booth/join/{invited.token}").status_code == 302
    invited.assignment.refresh_from_db()
    return invited.assignment, client
