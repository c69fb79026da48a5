"""A WAV file as it arrives, in pieces of any size: its samples, as mono.

    b"RIFF....WAVEfmt ........data...." ->  header is read, then [3, 17, -4, ...]

Sizes in the header are not believed: who streams does not know them yet.
"""

import numpy as np

from translation.errors import EngineBroken
from translation.values import Samples

LONGEST_HEADER = 4096
PCM, EXTENSIBLE = 1, 0xFFFE


class WavStream:
    """16-bit samples. With `rate_hz` given there is no header: raw, mono."""

    def __init__(self, *, rate_hz: int = 0) -> None:
        self.rate_hz = rate_hz
        """0 until the header has come."""
        self._channels = 1
        self._held = b""

    def push(self, data: bytes) -> Samples:
        """The samples that are whole. Raises `EngineBroken` for what is no such WAV."""
        self._held += data
        if not self.rate_hz and not self._read_header():
            return np.zeros(0, np.int16)
        frame = 2 * self._channels
        whole = len(self._held) - len(self._held) % frame
        frames = np.frombuffer(self._held[:whole], "<i2").reshape(-1, self._channels)
        self._held = self._held[whole:]
        mono = frames[:, 0] if self._channels == 1 else frames.mean(axis=1)
        return mono.astype(np.int16)

    def _read_header(self) -> bool:
        if len(self._held) >= 12 and (self._held[:4], self._held[8:12]) != (b"RIFF", b"WAVE"):
            raise EngineBroken("the server's sound is no WAV; set SPEECH_FORMAT=pcm, or another")
        at = 12
        while len(self._held) >= at + 8:
            name = self._held[at : at + 4]
            size = int.from_bytes(self._held[at + 4 : at + 8], "little")
            if name == b"data":
                if not self.rate_hz:
                    raise EngineBroken("the server's WAV does not say its rate")
                self._held = self._held[at + 8 :]
                return True
            if name == b"fmt " and len(self._held) >= at + 24:
                self._read_format(self._held[at + 8 : at + 24])
            at += 8 + size + size % 2
        if len(self._held) > LONGEST_HEADER:
            raise EngineBroken("the server's WAV holds no sound")
        self.rate_hz = 0  # read again with more of it
        return False

    def _read_format(self, fields: bytes) -> None:
        kind = int.from_bytes(fields[:2], "little")
        bits = int.from_bytes(fields[14:16], "little")
        if kind not in (PCM, EXTENSIBLE) or bits != 16:
            raise EngineBroken(
                f"the server's WAV is of kind {kind} with {bits} bits, not 16-bit PCM"
            )
        self._channels = max(1, int.from_bytes(fields[2:4], "little"))
        self.rate_hz = int.from_bytes(fields[4:8], "little")
