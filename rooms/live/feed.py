"""What happens in a session, told to every console of this process: one follower a session.

A feed lives as long as somebody listens to it. Where Redis is lost it tells its consoles so and
ends; their pages come back, and the next feed begins.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from rooms.domain import find
from rooms.domain.timeline import names_of_interpreters
from rooms.live import protocol
from rooms.live.read import read
from rooms.models import Session
from rooms.parts import Streams, parts
from translation.errors import InterpretError
from translation.flow import cancel_and_wait
from translation.log.presence import VITALS_S
from translation.values import (
    Alarm,
    AlarmKind,
    Answer,
    Draft,
    Entry,
    FloorActivity,
    Handover,
    Input,
    Interpreted,
    OnAir,
    Plan,
    Segment,
    Translation,
)

LOOK_BACK = 500
"""So many entries before the feed began are read: translations to come are of them."""

SEGMENTS_KEPT = 500
CHANNEL = "channel:"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """Something for consoles: the message, and its JSON, made once for all of them. `key`: a
    newer one of the same key makes this one worthless."""

    message: protocol.Message
    text: str
    key: str = ""


class Hearer(Protocol):
    """Neither may block, and neither may raise."""

    def told(self, told: Told) -> None: ...

    def lost(self) -> None:
        """The feed has ended: what happens is unknown from now on."""


def told(message: protocol.Message, key: str = "") -> Told:
    return Told(message, protocol.write(message), key)


class Feed:
    """`facts`: what the jobs said last, by the channel's language. `alarms`: those that are on."""

    def __init__(self, streams: Streams, session_id: str) -> None:
        self.facts: dict[str, dict[str, Any]] = {}
        self.alarms: dict[tuple[str, AlarmKind, str], Alarm] = {}
        self._streams = streams
        self._session_id = session_id
        self._hearers: set[Hearer] = set()
        self._segments: OrderedDict[int, Segment] = OrderedDict()
        self._fresh: dict[str, float] = {}
        self._names: dict[str, str] = {}
        self._spoken = ""
        self._task: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def ready(self) -> None:
        """From here on nothing is missed. Raises what kept the feed from beginning."""
        self._task = self._task or asyncio.create_task(
            self._run(), name=f"feed of {self._session_id}"
        )
        await asyncio.shield(self._ready)

    def channels(self) -> list[protocol.Message]:
        """How each channel is."""
        return [protocol.channel(language, facts) for language, facts in self.facts.items()]

    def alarms_in(self, language: str) -> set[tuple[AlarmKind, str]]:
        """Those that are on, each with whom it is about. A channel's job also knows those that
        began before this feed looked back."""
        reported = self.facts.get(language, {}).get("alarms") or ()
        logged = {(kind, who) for tag, kind, who in self.alarms if tag == language}
        return logged | {(AlarmKind(alarm["kind"]), alarm["who"]) for alarm in reported}

    def add(self, hearer: Hearer) -> None:
        self._hearers.add(hearer)

    def remove(self, hearer: Hearer) -> bool:
        """Whether anybody is left."""
        self._hearers.discard(hearer)
        return bool(self._hearers)

    @property
    def over(self) -> bool:
        return self._task is not None and self._task.done()

    async def aclose(self) -> None:
        await cancel_and_wait(self._task)

    async def _run(self) -> None:
        try:
            position = await self._begin()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._follow_log(position))
                group.create_task(self._follow_vitals())
                group.create_task(self._follow_drafts())
                group.create_task(self._forget_stale_facts())
        except* Exception as errors:  # whatever it is, the pages come back for another feed
            first = errors.exceptions[0]
            if not self._ready.done():
                self._ready.set_exception(first)
            if not isinstance(first, InterpretError):
                log.exception("a feed ended", exc_info=first)
            else:
                log.warning("a feed ended: %s", first)
            for hearer in tuple(self._hearers):
                hearer.lost()

    async def _begin(self) -> str:
        """What is known now; the log's last position."""
        session, self._names, last = await read(_beginning, self._session_id)
        self._spoken = session.floor_language or session.source_language
        for logged in last:
            match logged.entry:
                case Segment() as segment:
                    self._keep(segment)
                case Alarm() as alarm:
                    self._note_alarm(alarm)
        for name, facts in (await self._streams.vitals(self._session_id).read()).items():
            self._note(name, facts)
        self._ready.set_result(None)
        return last[-1].position if last else ""

    async def _follow_log(self, position: str) -> None:
        async for logged in self._streams.log(self._session_id).follow(after=position):
            message = await self._message(logged.entry)
            if message is not None:
                self._tell(told(message))

    async def _follow_vitals(self) -> None:
        async for name, facts in self._streams.vitals(self._session_id).follow():
            if language := self._note(name, facts):
                self._tell(told(protocol.channel(language, facts), f"channel {language}"))

    async def _follow_drafts(self) -> None:
        async for draft in self._streams.drafts(self._session_id).hear():
            self._tell(self._draft(draft))

    async def _forget_stale_facts(self) -> None:
        while True:
            await asyncio.sleep(1)
            oldest = time.monotonic() - VITALS_S
            for language in [tag for tag, at in self._fresh.items() if at < oldest]:
                del self._fresh[language], self.facts[language]
                self._tell(told(protocol.channel(language, None), f"channel {language}"))

    def _note(self, name: str, facts: dict[str, Any]) -> str:
        """The channel's language; "" for another job's report."""
        if not name.startswith(CHANNEL):
            return ""
        language = name.removeprefix(CHANNEL)
        self.facts[language], self._fresh[language] = facts, time.monotonic()
        return language

    def _note_alarm(self, alarm: Alarm) -> None:
        key = alarm.language, alarm.alarm, alarm.who
        if alarm.on:
            self.alarms[key] = alarm
        else:
            self.alarms.pop(key, None)

    def _draft(self, draft: Draft) -> Told:
        message = protocol.interim(draft, spoken=self._spoken)
        return told(message, f"draft {draft.language}")

    def _keep(self, segment: Segment) -> None:
        self._segments[segment.id] = segment
        if len(self._segments) > SEGMENTS_KEPT:
            self._segments.popitem(last=False)

    def _tell(self, one: Told) -> None:
        for hearer in tuple(self._hearers):
            hearer.told(one)

    async def _message(self, entry: Entry) -> protocol.Message | None:
        match entry:
            case Plan():
                self._spoken = entry.spoken_language
            case Segment():
                self._keep(entry)
                return protocol.final(entry, None)
            case Translation():
                return protocol.final(entry, self._segments.get(entry.segment_id))
            case Interpreted():
                return protocol.final(entry, None)
            case OnAir():
                return protocol.on_air(entry, await self._name(entry))
            case Answer():
                return protocol.answered(entry)
            case Handover():
                return protocol.handover(entry)
            case Alarm():
                self._note_alarm(entry)
                return protocol.alarm(entry)
            case FloorActivity():
                return protocol.floor(entry)
        return None

    async def _name(self, entry: OnAir) -> str:
        """Colleagues and organizers know each other's names, whoever else may read them."""
        if entry.input != Input.INTERPRETER:
            return ""
        if entry.who not in self._names:
            self._names = await read(names_of_interpreters, self._session_id)
        return self._names.get(entry.who, entry.name)


class Feeds:
    """The feeds of one event loop, each made when it is first wanted."""

    def __init__(self, streams: Streams) -> None:
        self.chat = streams.chat
        self._streams = streams
        self._feeds: dict[str, Feed] = {}

    async def join(self, session_id: str, hearer: Hearer) -> Feed:
        """Raises `InterpretError` where Redis cannot be reached."""
        feed = self._feeds.get(session_id)
        if feed is None or feed.over:
            feed = self._feeds[session_id] = Feed(self._streams, session_id)
        feed.add(hearer)
        try:
            await feed.ready()
        except BaseException:
            await self.leave(session_id, feed, hearer)
            raise
        return feed

    async def leave(self, session_id: str, feed: Feed, hearer: Hearer) -> None:
        if feed.remove(hearer):
            return
        if self._feeds.get(session_id) is feed:
            del self._feeds[session_id]
        await feed.aclose()

    async def aclose(self) -> None:
        for feed in tuple(self._feeds.values()):
            await feed.aclose()
        await self._streams.aclose()


_feeds: WeakKeyDictionary[asyncio.AbstractEventLoop, Feeds] = WeakKeyDictionary()


def feeds() -> Feeds:
    loop = asyncio.get_running_loop()
    if loop not in _feeds:
        _feeds[loop] = Feeds(parts().streams())
    return _feeds[loop]


async def close_feeds() -> None:
    """Of the running loop, if there were any."""
    if mine := _feeds.pop(asyncio.get_running_loop(), None):
        await mine.aclose()


def _beginning(session_id: str) -> tuple[Session, dict[str, str], list[Any]]:
    session = find.session(id=session_id)
    names = names_of_interpreters(session_id)
    return session, names, parts().log(session_id).read_last(LOOK_BACK)
