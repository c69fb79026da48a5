"""One Apertium pipeline, kept open: a sentence in, its translation out in 2 to 7 ms.

`apertium -z -f none eng-spa` answers null-terminated blocks, in Debian two blocks late, so every
sentence is followed by two empty ones. Each sentence carries its number in a superblank, which
comes back untouched: the answers to a caller who went away are told from one's own and dropped.

we have seen it  ->  `we have seen it.[][r17]\\0[][\\n]\\0[][\\n]\\0`
                 ->  `lo hemos visto.[][r17]\\0`  ->  lo hemos visto
"""

import asyncio
import os
import re
import signal
import unicodedata
from contextlib import suppress

from translation.errors import EngineBroken, EngineMissing, EngineTimeout

START_TIMEOUT_S = 15.0
"""A pipeline is a dozen programs with their dictionaries: 0.2 to 0.7 s, more on a busy machine."""

LONGEST_ANSWER = 1 << 20
PUSH_THROUGH = b"[][\n]\0[][\n]\0"

_RESERVED = re.compile(r"[\^$\[\]{}/\\@<>*]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SUPERBLANK = re.compile(r"(?<!\\)\[.*?(?<!\\)\]", re.DOTALL)
MASKS = tuple(chr(0xE000 + number) for number in range(16))
"""Stand for what must stay as it is; they go through as superblanks, which nothing changes."""

_MASK = re.compile(f"[{MASKS[0]}-{MASKS[-1]}]")
_KEPT = re.compile(r"(?<!\\)\[k(\d+)\]")
_SENTENCE_END = (".", "?", "!", "…")


class Pipeline:
    """One request at a time, in turn. After an error it starts anew with the next request."""

    def __init__(self, program: str, mode: str) -> None:
        self.mode = mode
        self._program = program
        self._lock = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._number = 0
        self._callers = 0
        self._closed = False

    @property
    def busy(self) -> bool:
        return self._callers > 0

    @property
    def process_id(self) -> int | None:
        """Of the process group, while there is one."""
        return self._process.pid if self._process is not None else None

    async def translate(self, text: str, timeout_s: float) -> str:
        """Raises `EngineTimeout`, `EngineBroken`; the pipeline is ended then. One that dies
        under a sentence is started again and given a second chance."""
        self._callers += 1
        try:
            async with self._lock:
                return await self._translate(one_line(text), timeout_s)
        finally:
            self._callers -= 1

    async def aclose(self) -> None:
        """Ends the programs at once; a request under way fails."""
        self._closed = True
        await self._end()

    async def _translate(self, text: str, timeout_s: float) -> str:
        for last_chance in (False, True):
            try:
                process = await self._running()
                return await self._ask(process, text, timeout_s)
            except TimeoutError:
                await self._end()
                raise EngineTimeout(
                    f"Apertium's {self.mode} did not answer within {timeout_s:g} s;"
                    " it is started again for the next sentence"
                ) from None
            except (OSError, EOFError, asyncio.LimitOverrunError) as error:
                await self._end()
                if last_chance:
                    raise EngineBroken(f"Apertium's {self.mode} broke down twice") from error
        raise AssertionError("unreachable")

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        if self._closed:
            raise EngineBroken(f"Apertium's {self.mode} is closed")
        await self._end()
        try:
            self._process = await asyncio.create_subprocess_exec(
                self._program, "-z", "-u", "-f", "none", self.mode,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=LONGEST_ANSWER,
                start_new_session=True,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise EngineMissing(f"{self._program} is gone; install apertium again") from error
        await self._ask(self._process, "", START_TIMEOUT_S)
        return self._process

    async def _ask(self, process: asyncio.subprocess.Process, text: str, timeout_s: float) -> str:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        self._number += 1
        mark = f"[r{self._number}]"
        async with asyncio.timeout(timeout_s):
            process.stdin.write(_block(text, mark) + PUSH_THROUGH)
            await process.stdin.drain()
            while True:
                answer = (await process.stdout.readuntil(b"\0")).decode(errors="replace")
                if mark in answer:
                    return _plain(answer, full_stop_added=not text.endswith(_SENTENCE_END))

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _block(text: str, mark: str) -> bytes:
    """A sentence as the pipeline wants it: escaped, ended by a full stop and a null."""
    stop = "" if text.endswith(_SENTENCE_END) else "."
    kept = _MASK.sub(_as_blank, _RESERVED.sub(_escape, text))
    return f"{kept}{stop}[]{mark}\0".encode(errors="replace")


def _as_blank(mask: re.Match[str]) -> str:
    return f"[k{ord(mask[0])}]"


def _escape(reserved: re.Match[str]) -> str:
    return f"\\{reserved[0]}"


def _plain(answer: str, *, full_stop_added: bool) -> str:
    kept = _KEPT.sub(lambda kept: chr(int(kept[1])), answer.rstrip("\0"))
    text = _ESCAPED.sub(r"\1", _SUPERBLANK.sub("", kept)).strip()
    return text.removesuffix(".").rstrip() if full_stop_added else text


def one_line(text: str) -> str:
    """Without control characters, every run of white space one space."""
    printable = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join("".join(printable).split())
