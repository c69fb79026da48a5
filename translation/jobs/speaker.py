"""Lines of text into a machine's playout, in the voice that is chosen now."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass

import numpy as np

from translation.engines.duty import ready, said_by
from translation.errors import InterpretError
from translation.flow import SessionClock, offload, outside_work
from translation.path.loudness import levelled
from translation.path.pace import without_pauses
from translation.path.speak import Began, Ended, Playout
from translation.path.voicing import Loudnesses, Voicing
from translation.ports import Manner, Synthesiser
from translation.values import Entry, Samples, Segment, Speaking, Spoken


@dataclass(frozen=True, slots=True)
class Line:
    """A segment as it is to be said: `text`, or `said` instead, as in `Speaking`."""

    segment: Segment
    text: str
    said: str
    speed: float


@dataclass(frozen=True, slots=True)
class _Handed:
    """A line that is with the playout."""

    line: Line
    engine: str


class Speaker:
    """`pronounce`: a text as the voice should read it. `manner`: whose voice speaks now. `write`
    puts an entry into the log."""

    def __init__(
        self,
        language: str,
        rate_hz: int,
        voice: Synthesiser,
        clock: SessionClock,
        *,
        manner: Callable[[], Manner],
        pronounce: Callable[[str], str],
        write: Callable[[Entry], Awaitable[None]],
    ) -> None:
        self._language = language
        self._rate_hz = rate_hz
        self._clock = clock
        self._manner = manner
        self._pronounce = pronounce
        self._write = write
        self._voice = voice
        self._said_by = ""
        self.playout = Playout(rate_hz)
        self.pulled = 0
        """Samples, all told."""
        self._speaking_with: list[Synthesiser] = []
        self._loudnesses = Loudnesses()
        self._events: asyncio.Queue[Began | Ended] = asyncio.Queue()
        self._handed: dict[int, _Handed] = {}
        self._pool = ThreadPoolExecutor(1, "resample")

    @property
    def voice(self) -> Synthesiser:
        """Of the next line."""
        return self._voice

    def speak_with(self, voice: Synthesiser) -> None:
        """From the next line on; the one under way is said to its end."""
        self._voice, self._said_by = voice, ""

    @property
    def who(self) -> str:
        """Engine and voice: of the last line, or those that would say the first."""
        return self._said_by or said_by(self._voice, self._language, self._manner())

    @property
    def voices(self) -> list[Synthesiser]:
        """In use: the one of the next line, and those of what is being said."""
        return [self._voice, *self._speaking_with]

    async def ready(self) -> None:
        """The voice can begin at once. One that cannot says why when it is asked to speak."""
        voice = self._voice
        with suppress(InterpretError), outside_work(), self._using(voice):
            await ready(voice, self._language, self._manner())

    async def say(self, line: Line, heard_before: Callable[[int], float]) -> None:
        """Chunks go to the playout as they come. An engine that fails after its first chunk
        leaves the line short; one that fails before leaves no line. `heard_before`: seconds of a
        segment that listeners heard before a restart. Raises `EngineError`."""
        engine, manner = self._voice, self._manner()
        skip, opened, abilities, segment_id = 0, False, engine.abilities, line.segment.id
        by = said_by(engine, self._language, manner)
        voicing = Voicing(
            self._rate_hz, self._loudnesses, by,
            known_lufs=abilities.loudness_lufs,
            without_pauses=without_pauses(line.speed, abilities.speeds),
        )  # fmt: skip
        read = self._pronounce(line.said or line.text)
        spoken = engine.speak(read, language=self._language, speed=line.speed, manner=manner)
        with outside_work(), self._using(engine):
            try:
                async with aclosing(spoken) as sounds:  # type: ignore[type-var]
                    async for sound in sounds:
                        samples = await offload(self._pool, voicing.push, sound)
                        if not opened:
                            opened = True
                            who = sound.engine or by
                            self._handed[segment_id] = _Handed(line, who)
                            if engine is self._voice:
                                self._said_by = who
                            heard_s = heard_before(segment_id)
                            skip = int(heard_s * self._rate_hz)
                            self.playout.open(segment_id, skip_s=heard_s)
                        skip = self._put(samples, skip, voicing)
                if opened:
                    rest = await offload(self._pool, voicing.finish)
                    self._put(rest, skip, voicing)
            finally:
                if opened:
                    self.playout.close()

    def _put(self, samples: Samples, skip: int, voicing: Voicing) -> int:
        """Returns how many samples are still to be left out."""
        self.playout.put(samples[skip:], voicing.level.apply)
        return max(0, skip - len(samples))

    async def clip(self, text: str) -> Samples:
        """The voice's own sound of a text that is not in the log; empty where it fails."""
        await self.ready()
        pieces = [np.zeros(0, np.int16)]
        voicing = Voicing(self._rate_hz, Loudnesses(), "")
        engine = self._voice
        with suppress(InterpretError), outside_work(), self._using(engine):
            spoken = engine.speak(text, language=self._language, speed=1.0, manner=self._manner())
            async for sound in spoken:
                pieces.append(voicing.push(sound))
            pieces.append(voicing.finish())
        return levelled(np.concatenate(pieces), self._rate_hz)

    @contextmanager
    def _using(self, voice: Synthesiser) -> Iterator[None]:
        self._speaking_with.append(voice)
        try:
            yield
        finally:
            self._speaking_with.remove(voice)

    # --- the track ---

    def pull(self, count: int) -> Samples:
        samples, events = self.playout.pull(count)
        self.pulled += count
        for event in events:
            self._events.put_nowait(event)
        return samples

    async def record(self, began: Callable[[Segment, float], None]) -> None:
        """Writes what was played into the log, beside the track so that it never waits; `began`
        is told of each line's first sample and its session time."""
        while True:
            event = await self._events.get()
            now = self._clock.now()
            match event:
                case Began():
                    handed = self._handed.pop(event.segment_id)
                    line = handed.line
                    began(line.segment, now)
                    entry = Speaking(
                        event.segment_id, self._language, handed.engine, line.speed, now, line.said
                    )
                    await self._write(entry)
                case Ended():
                    await self._write(Spoken(event.segment_id, self._language, now))
            self._events.task_done()

    async def recorded(self) -> None:
        """All that was played stands in the log."""
        await self._events.join()

    def close(self) -> None:
        self._pool.shutdown(wait=False)
