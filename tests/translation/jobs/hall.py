"""One session in one event loop: everything around its jobs, kept where a test can look at it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Any, TypeVar

import numpy as np

from tests.tones import Tones, pitch_hz, tones_in
from tests.translation.entries import plan
from tests.translation.words import Words, rendered
from translation.choice import EngineChoice, Slot, Wishes
from translation.errors import EngineBroken
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.channel import Channel
from translation.jobs.channel_tools import ChannelTools
from translation.log.memory import MemoryDrafts, MemoryLog
from translation.path.listen import Ear
from translation.path.translate import translate_draft, translate_segment
from translation.ports import (
    PLAIN,
    Abilities,
    Condenser,
    FloorSource,
    Manner,
    Microphones,
    Ownership,
    Synthesiser,
)
from translation.values import (
    Draft,
    Drained,
    Entry,
    Plan,
    Samples,
    Segment,
    SessionState,
    Sound,
    Spoken,
)

E = TypeVar("E")
PIECE_S = 0.02
RATE_HZ = 24_000
LONGEST_WAIT_S = 60.0
"""On the loop's clock: who waits in vain is told at once."""


class Reading:
    """A `Synthesiser` that takes as long as a person would: 15 characters a second."""

    abilities = Abilities("reading", "1", "Apache-2.0", frozenset({"es", "fr"}))

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        yield Sound(np.full(int(len(text) / 15 / speed * RATE_HZ), 3000, np.int16), RATE_HZ)


class Hoarse:
    """A `Synthesiser` that counts what it is asked for and fails while it is `broken`."""

    abilities = Tones.abilities

    def __init__(self) -> None:
        self.broken = False
        self.asked: list[str] = []

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        self.asked.append(text)
        if self.broken:
            raise EngineBroken("the voice crashed; it is restarted")
        async for sound in Tones().speak(text, language=language, speed=speed):
            yield sound


class Recording:
    """A `ChannelSink` that keeps what it is given, from the moment it is there."""

    rate_hz = RATE_HZ

    def __init__(self, clock: SessionClock, identity: str) -> None:
        self.identity = identity
        self.messages: list[tuple[str, Mapping[str, Any]]] = []
        self.shards = 0
        self._clock = clock
        self.began_s = clock.now()
        self._pieces: list[Samples] = []
        self._count = 0

    @property
    def sound(self) -> Samples:
        return np.concatenate([np.zeros(0, np.int16), *self._pieces])

    def wanted(self) -> int:
        due = int((self._clock.now() - self.began_s) / PIECE_S) * int(PIECE_S * RATE_HZ)
        return max(0, due - self._count)

    async def play(self, samples: Samples) -> None:
        self._pieces.append(samples)
        self._count += len(samples)

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        self.messages.append((topic, message))

    async def carry(self, shards: int) -> None:
        self.shards = shards

    def pitches(self) -> list[int]:
        return [tone.pitch_hz for tone in tones_in(self.sound, RATE_HZ)]

    def told(self, topic: str, kind: str) -> list[Mapping[str, Any]]:
        return [m for name, m in self.messages if name == topic and m["kind"] == kind]


class Steady:
    """A `FloorSource`: sound in real time, then silence for ever (or the end)."""

    speakers = 1
    lost_s = 0.0

    def __init__(
        self, clock: SessionClock, sound: Samples, rate_hz: int = 16_000, *, ends: bool = False
    ) -> None:
        self.rate_hz = rate_hz
        self.closed = False
        self.messages: list[tuple[str, Mapping[str, Any]]] = []
        self._clock = clock
        self._sound = sound
        self._ends = ends

    async def pieces(self) -> AsyncGenerator[tuple[Samples, float], None]:
        began_s, length, start = self._clock.now(), int(PIECE_S * self.rate_hz), 0
        while not self._ends or start < len(self._sound):
            at_s = began_s + start / self.rate_hz
            await asyncio.sleep(max(0.0, at_s + PIECE_S - self._clock.now()))
            piece = self._sound[start : start + length]
            yield np.concatenate([piece, np.zeros(length - len(piece), np.int16)]), at_s
            start += length

    async def send(self, topic: str, message: Mapping[str, object]) -> None:
        self.messages.append((topic, message))

    async def aclose(self) -> None:
        self.closed = True


class Hall:
    """`Translations`, `Attentive` and `VitalSigns` of its session; everybody listens at first.
    Segments in `unanswered` are ordered in vain."""

    def __init__(
        self,
        *languages: str,
        voice: Synthesiser | None = None,
        translator: Words | None = None,
        condenser: Condenser | None = None,
        voices: Mapping[str, Synthesiser] | None = None,
    ) -> None:
        """`voices`: by the names that a plan may wish for; the first of a chain that is there."""
        self.voices = voices or {}
        self.log = MemoryLog()
        self.drafts = MemoryDrafts()
        self.clock = SessionClock.starting_now()
        self.voice = voice or Tones()
        self.translator = translator or Words()
        self.condenser = condenser
        self.audience = set(languages)
        self.unanswered: set[int] = set()
        self.ordered: list[int] = []
        self.ordered_drafts: list[Draft] = []
        self.facts: list[tuple[str, dict[str, Any]]] = []
        self.sinks: dict[str, Recording] = {}
        self.languages = languages
        self.said = 0
        self.log.append_now(self.plan())

    def plan(self, state: SessionState = SessionState.LIVE, *languages: str) -> Plan:
        return plan(*(languages or self.languages), state=state)

    def wished_voice(self, language: str, wishes: Wishes) -> Synthesiser:
        names = EngineChoice.of(wishes).chain(Slot.SPEECH, language)
        return next((self.voices[name] for name in names if name in self.voices), self.voice)

    async def order(self, session_id: str, segment_id: int) -> None:
        self.ordered.append(segment_id)
        if segment_id not in self.unanswered:
            await translate_segment(
                log=self.log, translator=self.translator, segment_id=segment_id, clock=self.clock
            )

    async def order_draft(self, session_id: str, draft: Draft) -> None:
        self.ordered_drafts.append(draft)
        await translate_draft(
            log=self.log, drafts=self.drafts, translator=self.translator, draft=draft
        )

    async def heard(self, language: str) -> bool:
        return language in self.audience

    async def report(self, name: str, facts: dict[str, object]) -> None:
        self.facts.append((name, facts))

    async def say(self, text: str) -> int:
        """A clause that ends now."""
        self.said += 1
        now = self.clock.now()
        await self.log.append(Segment(self.said, "en", text, now - 1.0, now, now))
        await self.order("s1", self.said)
        return self.said

    def channel(
        self,
        language: str,
        *,
        log: MemoryLog | None = None,
        floor: FloorSource | None = None,
        booth: Microphones | None = None,
        ear: Callable[[str, Wishes], Ear] | None = None,
        recognises: bool = True,
        may_play: Callable[[], bool] = lambda: True,
        owner: Ownership | None = None,
        note: str = "",
        handed_over: bool = False,
    ) -> Channel:
        sink = self.sinks[language] = Recording(self.clock, f"channel.{language}.1")

        async def stage() -> FloorSource:
            assert floor is not None
            return floor

        async def microphones() -> Microphones:
            assert booth is not None
            return booth

        tools = ChannelTools(
            log=log or self.log, drafts=self.drafts, translations=self, vitals=self,
            attentive=self, synthesiser=partial(self.wished_voice, language), sink=sink,
            clock=self.clock, stage=stage, microphones=microphones,
            serves=lambda spoken, _: spoken != language, ear=ear,
            recognises=lambda _: recognises, may_play=may_play, condenser=self.condenser,
        )  # fmt: skip
        return Channel(
            self.plan(), language, tools, owner=owner, note=note, handed_over=handed_over
        )

    @asynccontextmanager
    async def on_air(self, *channels: Channel) -> AsyncIterator[None]:
        """The channels at work. Those that have not ended with the block are cut off in it."""
        tasks = [asyncio.create_task(channel.run()) for channel in channels]
        try:
            yield
        finally:
            await cancel_and_wait(*tasks)
        for task in tasks:
            if not task.cancelled():
                task.result()

    async def finish(self, *channels: Channel) -> None:
        """Runs the channels until all that was said is spoken and the session has ended."""
        working = asyncio.gather(*(channel.run() for channel in channels))
        await self.end()
        async with asyncio.timeout(LONGEST_WAIT_S):
            await working

    async def end(self, state: SessionState = SessionState.ENDED) -> None:
        await self.log.append(self.plan(state))
        await self.log.append(Drained(self.said, self.clock.now()))

    async def until(self, wanted: Callable[[Entry], bool]) -> Entry:
        """The first entry of the log, old or to come, that is wanted."""
        async with asyncio.timeout(LONGEST_WAIT_S), aclosing(self.log.follow()) as entries:
            async for logged in entries:
                if wanted(logged.entry):
                    return logged.entry
        raise AssertionError("a log has no end")

    async def done(self, number: int, language: str = "es") -> Spoken:
        found = await self.until(
            lambda e: isinstance(e, Spoken) and (e.segment_id, e.language) == (number, language)
        )
        assert isinstance(found, Spoken)
        return found

    async def of(self, kind: type[E], language: str = "") -> list[E]:
        """The log's entries of a kind: of one language, or of all."""
        entries: list[Any] = [each.entry for each in await self.log.read()]
        found = [entry for entry in entries if isinstance(entry, kind)]
        return [e for e in found if not language or getattr(e, "language", "") == language]


def pitches(language: str, *texts: str) -> list[int]:
    """What a listener to a channel hears of these clauses."""
    return [pitch_hz(rendered(text, language)) for text in texts]
