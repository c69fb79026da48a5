import socket

import pytest

from infra.run.ports import Taken, http_answers, is_ours_to_start, redis_answers, require_free
from tests.servers import free_port

pytestmark = pytest.mark.slow

DEFAULT = "redis://127.0.0.1:6390/0"


def ours(url: str, *, default: str = DEFAULT) -> bool:
    return is_ours_to_start(
        url, variable="REDIS_URL", default=default, what="Redis", answers=redis_answers
    )


def test_a_free_port_is_no_trouble() -> None:
    require_free("127.0.0.1", free_port(), what="the web server", remedy="set BASE_URL")


@pytest.mark.parametrize("udp", [False, True])
def test_a_taken_port_is_told_in_one_line(udp: bool) -> None:
    with socket.socket(type=socket.SOCK_DGRAM if udp else socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        if not udp:
            other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Taken) as told:
            require_free("127.0.0.1", port, what="LiveKit", remedy="set LIVEKIT_URL", udp=udp)
    line = str(told.value)
    assert "\n" not in line
    assert str(port) in line
    assert "LiveKit" in line
    assert "set LIVEKIT_URL" in line


def test_a_server_elsewhere_is_not_started() -> None:
    assert not ours("redis://cache.example:6379/0")


def test_a_loopback_server_is_started_where_nothing_listens() -> None:
    assert ours(f"redis://127.0.0.1:{free_port()}/0")


@pytest.mark.redis
def test_an_existing_server_at_a_chosen_address_is_used(redis_url: str) -> None:
    assert not ours(redis_url)


@pytest.mark.redis
def test_whatever_listens_at_the_default_address_is_never_shared(redis_url: str) -> None:
    with pytest.raises(Taken):
        ours(redis_url, default=redis_url)


def test_something_else_at_a_chosen_address_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Taken):
            ours(f"redis://127.0.0.1:{other.getsockname()[1]}/0")


def test_nobody_answers_where_nobody_listens() -> None:
    assert not http_answers(f"ws://127.0.0.1:{free_port()}")
