"""Files as the event loop serves them. A warning would be an error here, and the answer a 500."""

from pathlib import Path

import httpx
import pytest

from tests.rooms.live.conftest import Web

pytestmark = pytest.mark.redis

STYLES = Path("rooms/static/rooms/plain.css")


def test_a_file_is_served_whole_and_once(web: Web) -> None:
    with httpx.Client(base_url=web.base_url) as client:
        answer = client.get("/static/rooms/plain.css")
        assert (answer.status_code, answer.content) == (200, STYLES.read_bytes())
        known = {"If-Modified-Since": answer.headers["Last-Modified"]}
        again = client.get("/static/rooms/plain.css", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        head = client.head("/static/rooms/plain.css")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["Content-Length"]) == len(answer.content)
