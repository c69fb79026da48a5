import socket

import pytest

from infra.run.ports import (
    Silent,
    Taken,
    http_answers,
    is_ours_to_start,
    port_of,
    redis_answers,
    require_free,
)
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


def test_a_server_elsewhere_is_used_and_not_started() -> None:
    assert not is_ours_to_start(
        "redis://cache.example:6379/0",
        variable="REDIS_URL", default=DEFAULT, what="Redis", answers=lambda url: True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("redis://:hidden@127.0.0.2:1/0", "127.0.0.2:1"),
        ("redis://cache.invalid", "cache.invalid"),
        ("unix:///nowhere/redis.sock", "/nowhere/redis.sock"),
    ],
)
def test_a_server_elsewhere_that_does_not_answer_is_told_at_once(url: str, place: str) -> None:
    with pytest.raises(Silent) as told:
        ours(url)
    assert str(told.value) == (
        f"Redis does not answer at {place}: start it, or correct REDIS_URL in .env"
    )


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("redis://127.0.0.1/0", 6379),
        ("redis://127.0.0.1:6390/0", 6390),
        ("ws://localhost", 80),
        ("wss://livekit.example.org", 0),
        ("unix:///run/redis.sock", 0),
    ],
)
def test_an_address_without_a_port_means_the_usual_one(url: str, port: int) -> None:
    assert port_of(url) == port


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
