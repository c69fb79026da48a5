"""Which servers a run starts itself, and whether the ports they need are free."""

import socket
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import urlopen

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ANSWER_S = 5
STANDARD = {"redis": 6379, "ws": 80, "http": 80}
"""The ports of what a run can start itself, where an address names none."""


class Taken(SystemExit):
    """A port is not free, or something else answers there. Its text is the one line to show."""


class Silent(SystemExit):
    """A server that this run needs and does not start itself does not answer. Its text likewise."""


def port_of(url: str) -> int:
    """0 for what a run cannot start: by TLS, or no port at all."""
    parts = urlsplit(url)
    return parts.port or STANDARD.get(parts.scheme, 0)


def require_free(host: str, port: int, *, what: str, remedy: str, udp: bool = False) -> None:
    kind = socket.SOCK_DGRAM if udp else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as probe:
        if not udp:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            protocol = "UDP port" if udp else "Port"
            raise Taken(
                f"{protocol} {port} is in use, and {what} needs it: {remedy}"
                " (is another `make run` going?)"
            ) from None


def is_ours_to_start(
    url: str, *, variable: str, default: str, what: str, answers: Callable[[str], bool]
) -> bool:
    """Whether the run has to start the server of a URL.

    A server elsewhere is used as it is; one that does not answer ends the run (`Silent`). So is one
    that already answers at a loopback address somebody chose; where nothing listens, ours is
    started there. The default address is never shared: whatever listens there was not meant for
    this run.
    """
    parts, port = urlsplit(url), port_of(url)
    if parts.hostname not in LOOPBACK or parts.scheme not in STANDARD:
        if not answers(url):
            place = parts.netloc.rpartition("@")[2] or parts.path
            remedy = f"start it, or correct {variable} in .env"
            raise Silent(f"{what} does not answer at {place}: {remedy}")
        return False
    if url != default and answers(url):
        return False
    remedy = f"end what uses it, or set {variable} in .env to another port"
    require_free("127.0.0.1", port, what=what, remedy=remedy)
    return True


def redis_answers(url: str) -> bool:
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(url, socket_timeout=ANSWER_S) as client:
            return bool(client.ping())
    except RedisError:
        return False


def http_answers(url: str) -> bool:
    """Whether a web server (LiveKit's counts) answers with success."""
    address = url.replace("ws", "http", 1) if url.startswith("ws") else url
    try:
        with urlopen(address, timeout=ANSWER_S) as reply:  # noqa: S310 - http(s) by the settings' check
            return bool(reply.status == 200)
    except OSError:
        return False
