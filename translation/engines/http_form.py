"""A form with a file, posted from a worker thread over a connection that stays open."""

import http.client
import socket
import time
import uuid
from collections.abc import Sequence
from contextlib import closing
from urllib.parse import urlsplit

from translation.errors import EngineBroken, EngineTimeout

LONGEST_ANSWER = 4_000_000
"""Bytes; a transcript of half a minute has a few thousand."""


class FormPost:
    """One server; one request at a time. `timeout_s` bounds the whole answer."""

    def __init__(self, url: str, *, headers: dict[str, str], timeout_s: float) -> None:
        self._url = url
        parts = urlsplit(url)
        self._path = parts.path or "/"
        self._headers = headers
        self._timeout_s = timeout_s
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)

    def post(
        self, fields: Sequence[tuple[str, str]], *, file: bytes, name: str
    ) -> tuple[int, str, bytes]:
        """Status, `Retry-After`, body. Raises `EngineTimeout`, `EngineBroken`."""
        boundary = uuid.uuid4().hex
        body = _form(fields, file, name, boundary)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", **self._headers}
        until_s = time.monotonic() + self._timeout_s
        try:
            return self._exchange(body, headers, until_s)
        except TimeoutError:
            self.close()
            raise EngineTimeout(f"{self._url} did not answer in {self._timeout_s:g} s") from None
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise EngineBroken(
                f"{self._url} broke off ({type(error).__name__}); is it running?"
            ) from None

    def close(self) -> None:
        self._connection.close()

    def _exchange(
        self, body: bytes, headers: dict[str, str], until_s: float
    ) -> tuple[int, str, bytes]:
        try:
            line, response = self._ask(body, headers, until_s)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()  # an idle connection that the server has closed meanwhile
            line, response = self._ask(body, headers, until_s)
        with closing(response):
            answer = b""
            while piece := response.read1(65_536):
                answer += piece
                if len(answer) > LONGEST_ANSWER:
                    raise http.client.HTTPException("an answer without end")
                line.settimeout(_left_s(until_s))
            if response.length:
                raise http.client.IncompleteRead(answer, response.length)
            return response.status, response.headers.get("Retry-After", ""), answer

    def _ask(
        self, body: bytes, headers: dict[str, str], until_s: float
    ) -> tuple[socket.socket, http.client.HTTPResponse]:
        """The beginning of the answer, and what the rest of it is read from."""
        self._connection.timeout = _left_s(until_s)
        if self._connection.sock is None:
            self._connection.connect()
        line = self._connection.sock
        line.settimeout(_left_s(until_s))
        self._connection.request("POST", self._path, body, headers)
        response = self._connection.getresponse()
        line.settimeout(_left_s(until_s))
        return line, response


def _left_s(until_s: float) -> float:
    left_s = until_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


def _form(fields: Sequence[tuple[str, str]], file: bytes, name: str, boundary: str) -> bytes:
    """RFC 7578; the file comes last."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    return ("".join(parts) + head).encode() + file + f"\r\n--{boundary}--\r\n".encode()
