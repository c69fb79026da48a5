"""A page at its WebSocket, without a browser."""

import json
import socket
import uuid
from typing import Any

from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

WAIT_S = 10.0


class Page:
    """`seen`: every message, in the order in which they came."""

    def __init__(
        self, base_url: str, path: str, client: Client | None, *, origin: str | None = "own"
    ) -> None:
        cookie = client.cookies.get("sessionid") if client else None
        self._opened = connect(
            base_url.replace("http", "ws", 1) + path,
            origin=base_url if origin == "own" else origin,  # type: ignore[arg-type] # a str in its own dress
            additional_headers={"Cookie": f"sessionid={cookie.value}"} if cookie else {},
            open_timeout=WAIT_S,
            proxy=None,
            max_size=None,
        )
        self.socket = self._opened.__enter__()
        self.seen: list[dict[str, Any]] = []

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def next(self, type: str, **fields: Any) -> dict[str, Any]:
        """The next message of this type that has these fields; what comes before is `seen`."""
        while True:
            try:
                message: dict[str, Any] = json.loads(self.socket.recv(timeout=WAIT_S))
            except TimeoutError:
                raise AssertionError(f"no {type} {fields}; seen: {self.seen}") from None
            self.seen.append(message)
            if {"type": type, **fields}.items() <= message.items():
                return message

    def say(self, type: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": type, **fields}))

    def command(self, gesture: str, language: str = "es", **fields: Any) -> str:
        """The command's id."""
        id = fields.pop("id", str(uuid.uuid4()))
        self.say("command", id=id, language=language, gesture=gesture, **fields)
        return str(id)

    def asks(self, gesture: str, language: str = "es", **fields: Any) -> str | None:
        """A command's refusal."""
        id = self.command(gesture, language, **fields)
        refusal: str | None = self.next("answer", command_id=id)["refusal"]
        return refusal

    def nothing(self) -> list[dict[str, Any]]:
        """What came until an answer to a ping; all that the console had for this page by then."""
        before = len(self.seen)
        self.say("ping", t=7)
        self.next("pong", t=7)
        return self.seen[before:-1]

    def closed(self) -> tuple[int, str]:
        """The close code, and the code of the error before it."""
        try:
            while True:
                self.seen.append(json.loads(self.socket.recv(timeout=WAIT_S)))
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 0
        errors = [message["code"] for message in self.seen if message["type"] == "error"]
        return code, errors[-1] if errors else ""


class Unread:
    """A page that says hello and then reads nothing."""

    def __init__(self, base_url: str, path: str, client: Client) -> None:
        host = base_url.removeprefix("http://")
        name, _, port = host.partition(":")
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.connect((name, int(port)))
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {base_url}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Cookie: sessionid={client.cookies['sessionid'].value}\r\n\r\n".encode()
        )

    def __enter__(self) -> "Unread":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def read_to_the_end(self) -> int:
        """How many bytes there were until the other side closed."""
        self._socket.settimeout(WAIT_S)
        count = 0
        while data := self._socket.recv(65_536):
            count += len(data)
        return count
