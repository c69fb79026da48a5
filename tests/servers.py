"""Real servers for tests, each on a free loopback port, ended by the one who started it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parent.parent
START_S = 120
STOP_S = 10


@dataclass(frozen=True)
class RedisServer:
    url: str
    server: "Server"


@dataclass(frozen=True)
class LiveKitServer:
    url: str
    api_key: str
    api_secret: str
    server: "Server"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def require(program: str | Path | None, what: str) -> str:
    """The program's path. Without it the test is skipped; where CI is true it fails."""
    if not program:
        give_up(f"{what} is not installed; `make setup` installs it")
    return str(program)


def give_up(why: str) -> NoReturn:
    """This machine cannot run the test: it is skipped; where CI is true it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@dataclass
class Server:
    """A program under test conditions: it can be ended roughly and started again."""

    command: list[str]
    answers: Callable[[], bool]
    log: Path
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Returns with its first answer."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, stdout=output, stderr=subprocess.STDOUT, user=self.user
            )
        deadline = time.monotonic() + START_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(
                    f"{self.command[0]} did not start:"
                    f" {self.log.read_text(errors='replace')[-2000:]}"
                )
            time.sleep(0.02)

    def send(self, what: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(what)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running(
    command: list[str],
    answers: Callable[[], bool],
    log: Path,
    *,
    stop: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> Iterator[Server]:
    """The program, from its first answer on; ended afterwards."""
    server = Server(command, answers, log, user)
    try:
        server.start()
        yield server
    finally:
        server.stop(stop)


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    program = require(shutil.which("redis-server"), "redis-server")
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir"]

    def answers() -> bool:
        with redis.Redis.from_url(url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

    with running([*command, str(folder)], answers, folder / "redis.log") as server:
        yield RedisServer(url, server)


LIVEKIT_CONFIG = """\
port: {port}
bind_addresses: ["127.0.0.1"]
rtc:
  node_ip: 127.0.0.1
  use_external_ip: false
  udp_port: {udp}
  tcp_port: {tcp}
  enable_loopback_candidate: true
  interfaces: {{includes: [lo]}}
  stun_servers: ["127.0.0.1:3478"]
room: {{auto_create: false, empty_timeout: 3600, departure_timeout: 3600}}
keys: {{{key}: {secret}}}
webhook: {{api_key: {key}, urls: [{webhook}]}}
logging: {{level: warn}}
"""


@contextmanager
def livekit_server(folder: Path, webhook: str = "") -> Iterator[LiveKitServer]:
    """`webhook`: where it tells what happens; nowhere by default."""
    built = ROOT / "build" / "bin" / "livekit-server"
    found = os.environ.get("LIVEKIT_SERVER") or shutil.which("livekit-server")
    program = require(found or (built if built.exists() else None), "livekit-server")
    port, key, secret = free_port(), "testkey", "a-secret-of-the-tests-32-letters-long"
    config = folder / "livekit.yaml"
    config.write_text(
        LIVEKIT_CONFIG.format(
            port=port, udp=free_port(), tcp=free_port(), key=key, secret=secret, webhook=webhook
        )
    )

    def answers() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    command = [str(ROOT / "infra/go_first.sh"), program, "--config", str(config)]
    # On SIGTERM it waits for its participants.
    with running(command, answers, folder / "livekit.log", stop=signal.SIGKILL) as server:
        yield LiveKitServer(f"ws://127.0.0.1:{port}", key, secret, server)


@contextmanager
def postgres_server() -> Iterator[str]:
    """A cluster of its own. PostgreSQL does not run as root: there it runs as `postgres`, in a
    folder that this user can reach."""
    with TemporaryDirectory(prefix="interpret-postgres-") as folder:
        yield from _postgres_in(Path(folder))


def _postgres_in(folder: Path) -> Iterator[str]:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    home = Path(require(homes[-1] if homes else None, "PostgreSQL"))
    user = "postgres" if os.geteuid() == 0 else None
    data, port = folder / "data", free_port()
    if user:
        shutil.chown(folder, user)
    subprocess.run(
        [home / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        user=user,
        cwd="/",
    )
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def answers() -> bool:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return False
        return True

    options = ["-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    command = [str(home / "postgres"), "-D", str(data), *options]
    # SIGINT is PostgreSQL's “fast”: it does not wait for clients.
    with running(command, answers, folder / "log", stop=signal.SIGINT, user=user):
        yield url
