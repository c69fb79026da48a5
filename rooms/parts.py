"""What rooms needs from outside, made by the factory that `settings.PARTS_FACTORY` names."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from rooms.media import MediaServer
from translation.choice import EngineChoice, Slot, Wishes
from translation.ports import Drafts, Logged, SessionLog
from translation.termbase import Concept
from translation.values import Entry, Plan


class BlockingLog(Protocol):
    """One session's log, for callers without an event loop. Raises `LogUnreachable`."""

    def append(self, entry: Entry) -> bool: ...

    def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]: ...

    def read_last(self, limit: int) -> list[Logged]:
        """The newest entries, oldest first."""

    def plan(self) -> Plan | None: ...

    def once(self, name: str) -> Entry | None:
        """What was written once under a key of `codec.once_key`."""

    def keep_terms(self, concepts: Sequence[Concept]) -> str:
        """Stores a glossary with the log; gives the fingerprint by which a plan names it."""

    def delete(self) -> None: ...


class Attention(Protocol):
    """Which languages somebody listens to; a note is kept for 30 s."""

    def note(self, session_id: str, language: str, listeners: int) -> None: ...

    def listeners(self, session_id: str) -> dict[str, int]: ...


class Vitals(Protocol):
    """How the jobs of a session are: `{"floor": {...} | None, "translation": {...} | None,
    "channels": {tag: {...}}}`."""

    def read(self, session_id: str) -> Mapping[str, Any]: ...


class Jobs(Protocol):
    def place(self, session_id: str) -> None:
        """Asks for the jobs that the session's plan needs; returns at once."""

    def waits_s(self, session_id: str) -> float:
        """For how long a job was asked for that no process has begun yet; 0 where none waits."""


class Engines(Protocol):
    """The engines of this install. `install`: what it chooses itself."""

    @property
    def install(self) -> EngineChoice: ...

    def unserved(self, source: str, target: str, wishes: Wishes) -> Slot | None:
        """The first slot in which none serves a floor in `source` that is heard in `target`."""

    def is_able(self, slot: Slot, name: str, source: str, target: str) -> bool:
        """Does one engine do its part where a floor in `source` is heard in `target`?"""

    def why_not(self, slot: Slot, name: str) -> str:
        """What this install lacks to offer an engine; "" where it lacks nothing."""

    def why_no_detection(self) -> str:
        """What this install lacks to find out which language is spoken; "" where nothing."""


class Consoles(Protocol):
    """The open pages of booths and control rooms."""

    def changed(self, session_id: str) -> None:
        """They read the session again, and whoever may not see it any more is sent away."""


class VitalsStream(Protocol):
    """How the jobs of one session are, by their reports' names (`floor`, `channel:es`)."""

    async def read(self) -> dict[str, dict[str, Any]]: ...

    def follow(self) -> AsyncGenerator[tuple[str, dict[str, Any]], None]: ...


class ChatStore(Protocol):
    """What was said in a session's chat lately, oldest first; nothing of it is kept for good."""

    async def add(self, session_id: str, item: dict[str, Any]) -> None: ...

    async def last(self, session_id: str) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Streams:
    """What consoles follow, on the event loop they were made on; by the session's id."""

    log: Callable[[str], SessionLog]
    vitals: Callable[[str], VitalsStream]
    drafts: Callable[[str], Drafts]
    chat: ChatStore
    aclose: Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Parts:
    """`log` gives a session's log by the session's id; `streams` is called on a running loop."""

    media: MediaServer
    log: Callable[[str], BlockingLog]
    attention: Attention
    vitals: Vitals
    jobs: Jobs
    engines: Engines
    consoles: Consoles
    streams: Callable[[], Streams]


@cache
def parts() -> Parts:
    return cast(Parts, import_string(settings.PARTS_FACTORY)())
