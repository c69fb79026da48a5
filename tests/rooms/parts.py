"""What rooms needs from outside, in memory: a LiveKit of names and counts, a log, notes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rooms.media import MediaRoom, MediaServer
from rooms.parts import Parts, Streams
from translation.choice import EngineChoice, Slot, Wishes
from translation.log.memory import MemoryLog
from translation.ports import Logged
from translation.termbase import Concept
from translation.values import Entry, Plan

API_KEY = "testkey"
API_SECRET = "a-secret-of-the-tests-32-letters-long"
SUPPORTED = {("en", tag) for tag in ("es", "fr", "ca", "pt", "it")} | {("es", "en"), ("es", "fr")}


class MemoryMedia(MediaServer):
    """Rooms as LiveKit would list them; the tokens are real ones."""

    def __init__(self) -> None:
        super().__init__("ws://livekit.test", "wss://public.test", API_KEY, API_SECRET)
        self.rooms: dict[str, list[str]] = {}
        self.publishers: dict[str, int] = {}
        self.created_at = 0.0
        self.refusing: Exception | None = None

    def ensure_room(self, name: str) -> None:
        self._check()
        self.rooms.setdefault(name, [])

    def delete_room(self, name: str) -> None:
        self._check()
        self.rooms.pop(name, None)

    def list_rooms(self, names: list[str] | None = None) -> list[MediaRoom]:
        self._check()
        return [
            MediaRoom(name, len(inside), self.publishers.get(name, 0), self.created_at)
            for name, inside in self.rooms.items()
            if names is None or name in names
        ]

    def list_participants(self, room: str) -> list[str]:
        self._check()
        return list(self.rooms.get(room, []))

    def remove_participant(self, room: str, identity: str) -> None:
        self._check()
        self.rooms[room].remove(identity)

    def _check(self) -> None:
        if self.refusing:
            raise self.refusing


class BlockingMemoryLog:
    def __init__(self) -> None:
        self._log = MemoryLog()
        self.refusing: Exception | None = None

    def append(self, entry: Entry) -> bool:
        self._check()
        return self._log.append_now(entry)

    def read(self, *, after: str = "", limit: int = 10_000) -> list[Logged]:
        self._check()
        return self._log._entries[int(after or 0) :][:limit]

    def read_last(self, limit: int) -> list[Logged]:
        return self.read()[-limit:]

    def plan(self) -> Plan | None:
        plans = [logged.entry for logged in self.read() if isinstance(logged.entry, Plan)]
        return plans[-1] if plans else None

    def once(self, name: str) -> Entry | None:
        self._check()
        return self._log._seen.get(name)

    def keep_terms(self, concepts: Sequence[Concept]) -> str:
        self._check()
        return self._log.keep_terms(concepts)

    def delete(self) -> None:
        self._check()
        self._log = MemoryLog()

    def _check(self) -> None:
        if self.refusing:
            raise self.refusing


class MemoryAttention:
    def __init__(self) -> None:
        self.noted: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def note(self, session_id: str, language: str, listeners: int) -> None:
        self.noted[session_id][language] = listeners

    def listeners(self, session_id: str) -> dict[str, int]:
        return dict(self.noted[session_id])


class MemoryVitals:
    def __init__(self) -> None:
        self.facts: dict[str, Mapping[str, Any]] = {}

    def read(self, session_id: str) -> Mapping[str, Any]:
        return self.facts.get(session_id, {"floor": None, "channels": {}})


class MemoryJobs:
    def __init__(self) -> None:
        self.placed: list[str] = []
        self.waiting_s = 0.0

    def place(self, session_id: str) -> None:
        self.placed.append(session_id)

    def waits_s(self, session_id: str) -> float:
        return self.waiting_s


class MemoryEngines:
    """An install of eSpeak NG, Apertium and PocketSphinx; what it `lacks` for others. Wishes that
    name an engine of `poor` serve no more than it can."""

    def __init__(self) -> None:
        self.install = EngineChoice(
            {
                Slot.RECOGNITION: ("pocketsphinx",),
                Slot.TRANSLATION: ("apertium",),
                Slot.SPEECH: ("espeak-ng",),
            }
        )
        self.lacks = {"elevenlabs": "ElevenLabs has no key; set ELEVENLABS_KEY"}
        self.poor = {"piper": {"es"}}
        self.no_detection = "no engine for it is set up (IDENTIFICATION_ENGINE)"

    def unserved(self, source: str, target: str, wishes: Wishes) -> Slot | None:
        if not any(source == pair[0] for pair in SUPPORTED):
            return Slot.RECOGNITION
        if source != target and (source, target) not in SUPPORTED:
            return Slot.TRANSLATION
        voices = EngineChoice.of(wishes).over(self.install).chain(Slot.SPEECH, target)
        able = any(target in self.poor.get(name, {target}) for name in voices)
        return None if able else Slot.SPEECH

    def is_able(self, slot: Slot, name: str, source: str, target: str) -> bool:
        match slot:
            case Slot.RECOGNITION:
                return any(source == pair[0] for pair in SUPPORTED)
            case Slot.TRANSLATION:
                return (source, target) in SUPPORTED
        return target in self.poor.get(name, {target})

    def why_not(self, slot: Slot, name: str) -> str:
        return self.lacks.get(name, "")

    def why_no_detection(self) -> str:
        return self.no_detection


class MemoryConsoles:
    def __init__(self) -> None:
        self.told: list[str] = []

    def changed(self, session_id: str) -> None:
        self.told.append(session_id)


@dataclass
class Outside:
    """The same parts, as the tests reach them."""

    media: MemoryMedia
    logs: defaultdict[str, Any]
    attention: MemoryAttention
    vitals: MemoryVitals
    jobs: MemoryJobs
    engines: MemoryEngines
    consoles: Any
    streams: Callable[[], Streams]


def no_streams() -> Streams:
    raise AssertionError("this test follows nothing: see tests/rooms/live")


outside: Outside


def renew() -> Outside:
    """Forgets everything: each test begins in an empty world."""
    global outside
    outside = Outside(
        MemoryMedia(),
        defaultdict(BlockingMemoryLog),
        MemoryAttention(),
        MemoryVitals(),
        MemoryJobs(),
        MemoryEngines(),
        MemoryConsoles(),
        no_streams,
    )
    return outside


def parts() -> Parts:
    return Parts(
        media=outside.media,
        log=lambda session_id: outside.logs[session_id],
        attention=outside.attention,
        vitals=outside.vitals,
        jobs=outside.jobs,
        engines=outside.engines,
        consoles=outside.consoles,
        streams=outside.streams,
    )
