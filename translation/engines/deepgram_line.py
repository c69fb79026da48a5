"""A connection to Deepgram's live transcription, from worker threads. It stays open between
utterances: while nothing is said it is kept alive, so that a pause costs no new connection.

    ->  sound (16-bit, 16 kHz), {"type": "KeepAlive" | "Finalize" | "CloseStream"}
    <-  {"type": "Results", "start", "duration", "is_final", "from_finalize", "channel": ...}

Fields: https://developers.deepgram.com/reference/speech-to-text/listen-streaming
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from translation.errors import (
    EngineBroken,
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
)
from translation.values import Samples

RATE_HZ = 16_000
LONGEST_WAIT_S = 60.0
LARGEST_MESSAGE = 1 << 20


class RequestRefused(EngineMissing):
    """The server wants no such connection: model, language or terms."""


class Line:
    """`take`: gets every `Results` message; `lost`: told when the line has broken; both on the
    line's own thread. `keep_alive_s`: the server closes a line on which it hears nothing for 10 s.
    Raises `EngineMissing` (key, credit, model), `EngineBusy`, `EngineTimeout`, `EngineBroken`."""

    def __init__(
        self,
        url: str,
        *,
        key: str,
        timeout_s: float,
        keep_alive_s: float,
        take: Callable[[Mapping[str, Any]], None],
        lost: Callable[[], None],
    ) -> None:
        self._take = take
        self._lost = lost
        self._timeout_s = timeout_s
        self._keep_alive_s = keep_alive_s
        self._sending = threading.Lock()
        self._sent_at_s = time.monotonic()
        self.error: EngineError | None = None
        self.sent = 0
        """Samples so far: the server's clock."""
        self._open = ExitStack()
        self._socket = _opened(self._open, url, key, timeout_s)
        self._thread = threading.Thread(target=self._receive, name="deepgram", daemon=True)
        self._thread.start()

    @property
    def usable(self) -> bool:
        return self.error is None

    def send(self, samples: Samples) -> None:
        self._send(samples.astype("<i2").tobytes())
        self.sent += len(samples)

    def finalize(self) -> None:
        """What was sent is to be recognised to its end, now."""
        self._send('{"type": "Finalize"}')

    def close(self) -> None:
        with suppress(EngineError):
            self._send('{"type": "CloseStream"}')
        self._open.close()
        self._thread.join(self._timeout_s)

    def _send(self, message: bytes | str) -> None:
        """Raises what the line broke of."""
        if self.error is not None:
            raise self.error
        try:
            with self._sending:
                self._socket.send(message)
                self._sent_at_s = time.monotonic()
        except (ConnectionClosed, OSError) as error:
            raise self._broken(error) from None

    def _receive(self) -> None:
        try:
            while True:
                try:
                    message = self._socket.recv(timeout=self._keep_alive_s / 2)
                except TimeoutError:
                    if time.monotonic() - self._sent_at_s >= self._keep_alive_s:
                        self._send('{"type": "KeepAlive"}')
                    continue
                self._read(message)
        except EngineError as error:
            self.error = self.error or error
        except (ConnectionClosed, OSError) as error:
            self._broken(error)
        finally:
            self._open.close()
            self._lost()

    def _read(self, message: str | bytes) -> None:
        try:
            told = json.loads(message)
            kind = told.get("type")
        except (ValueError, AttributeError):
            raise EngineBroken("Deepgram sent something that is no message") from None
        if kind == "Error":
            raise EngineBroken("Deepgram reported an error in the middle of an utterance")
        if kind == "Results":
            self._take(told)

    def _broken(self, error: Exception) -> EngineError:
        told = error.rcvd if isinstance(error, ConnectionClosed) else None
        reason = told.reason if told else ""
        code = reason.split(":")[0][:40] or type(error).__name__
        self.error = self.error or EngineBroken(f"Deepgram broke off ({code})")
        return self.error


def _opened(until: ExitStack, url: str, key: str, timeout_s: float) -> ClientConnection:
    try:
        return until.enter_context(connect(
            url,
            additional_headers={"Authorization": f"Token {key}"},
            open_timeout=timeout_s,
            close_timeout=1.0,
            ping_interval=5.0,
            ping_timeout=timeout_s,
            max_size=LARGEST_MESSAGE,
            compression=None,
        ))  # fmt: skip
    except InvalidStatus as error:
        raise _refused(error) from None
    except TimeoutError:
        raise EngineTimeout(f"Deepgram did not answer in {timeout_s:g} s") from None
    except (OSError, InvalidHandshake) as error:
        raise EngineBroken(
            f"Deepgram cannot be reached ({type(error).__name__}); check DEEPGRAM_URL"
        ) from None


def _refused(error: InvalidStatus) -> EngineError:
    status, headers = error.response.status_code, error.response.headers
    if status in (401, 403):
        return EngineMissing("Deepgram refuses the key; check DEEPGRAM_KEY")
    if status == 402:
        return EngineMissing("the Deepgram account has no credit left")
    if status == 429:
        wait = headers.get("Retry-After", "")
        after_s = min(LONGEST_WAIT_S, float(wait) if wait.isdigit() else 1.0)
        return EngineBusy(f"Deepgram is asked too often; again in {after_s:g} s", after_s=after_s)
    if status < 500:
        return RequestRefused(
            f"Deepgram refuses the connection (HTTP {status}); does DEEPGRAM_MODEL know the"
            " language?"
        )
    return EngineBroken(f"Deepgram failed (HTTP {status})")
