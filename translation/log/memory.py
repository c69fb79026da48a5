"""A session log and drafts within one process: for rehearsals and tests. Gone with the process."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from translation.log.codec import once_key
from translation.ports import Logged, Ownership
from translation.termbase import Concept, fingerprint, to_json
from translation.values import Draft, Entry, Plan, Segment


class MemoryLog:
    def __init__(self) -> None:
        self._entries: list[Logged] = []
        self._seen: dict[str, Entry] = {}
        self._grew = asyncio.Event()
        self._terms: dict[str, Sequence[Concept]] = {}

    async def append(self, entry: Entry, *, owner: Ownership | None = None) -> bool:
        return self.append_now(entry)

    def append_now(self, entry: Entry) -> bool:
        key = once_key(entry)
        if key in self._seen:
            return False
        if key:
            self._seen[key] = entry
        self._entries.append(Logged(f"{len(self._entries) + 1:012d}", entry))
        self._grew.set()
        self._grew = asyncio.Event()
        return True

    async def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]:
        return self._entries[int(after or 0) :][:limit]

    async def follow(self, *, after: str = "") -> AsyncGenerator[Logged, None]:
        position = after
        while True:
            grew = self._grew
            for logged in await self.read(after=position):
                position = logged.position
                yield logged
            if position == (self._entries[-1].position if self._entries else after):
                await grew.wait()

    async def segment(self, segment_id: int) -> Segment | None:
        found = self._seen.get(f"segment:{segment_id}")
        return found if isinstance(found, Segment) else None

    async def terms(self, fingerprint: str) -> Sequence[Concept]:
        return self._terms.get(fingerprint, ())

    def keep_terms(self, concepts: Sequence[Concept]) -> str:
        """Their fingerprint, by which a plan names them."""
        name = fingerprint(to_json(concepts))
        self._terms[name] = tuple(concepts)
        return name

    async def plan(self) -> Plan | None:
        plans = [logged.entry for logged in self._entries if isinstance(logged.entry, Plan)]
        return plans[-1] if plans else None


class MemoryDrafts:
    """Each hearer has a bounded queue; when it is full the oldest draft goes: it is stale."""

    def __init__(self, *, bound: int = 100) -> None:
        self._bound = bound
        self._hearers: set[asyncio.Queue[Draft]] = set()

    async def say(self, draft: Draft) -> None:
        for queue in self._hearers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(draft)

    async def hear(self) -> AsyncGenerator[Draft, None]:
        queue: asyncio.Queue[Draft] = asyncio.Queue(self._bound)
        self._hearers.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._hearers.discard(queue)
