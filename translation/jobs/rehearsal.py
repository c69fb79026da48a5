"""The whole path in one process and one event loop, no servers: a recording in, sound, captions
and a report out. The same floor and channel as in the jobs; only what carries is different."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from translation.engines.duty import said_by
from translation.engines.registry import recognises
from translation.errors import PairUnsupported, UnknownLanguage
from translation.flow import SessionClock, SkippingLoop, cancel_and_wait, outside_work
from translation.jobs.channel import Channel
from translation.jobs.channel_tools import ChannelTools
from translation.jobs.engines import Engines
from translation.jobs.floor import Floor, FloorTools
from translation.jobs.floor_log import FloorLog
from translation.languages import language as known_language
from translation.log.memory import MemoryDrafts, MemoryLog
from translation.path.translate import translate_draft, translate_segment
from translation.ports import PLAIN, FloorSource, Microphones, Translator
from translation.termbase import Concept
from translation.transport.sound_file import SoundFileFloor, SoundFileSink
from translation.values import ChannelPlan, Draft, Drained, Plan, SessionState

SESSION = "rehearsal"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of it: the log's entries, each language's sound, and what it cost.

    `heard_s`: segment -> seconds of the floor that had been heard when it was committed.
    `drafts`: interim captions and the session time of each; translated ones where asked for.
    """

    log: MemoryLog
    sinks: dict[str, SoundFileSink]
    duration_s: float
    cpu_s: float
    wall_s: float
    engines: dict[str, str]
    heard_s: dict[int, float]
    drafts: list[tuple[float, Draft]]


class _NotingDrafts(MemoryDrafts):
    def __init__(self, clock: SessionClock) -> None:
        super().__init__()
        self._clock = clock
        self.noted: list[tuple[float, Draft]] = []

    async def say(self, draft: Draft) -> None:
        self.noted.append((self._clock.now(), draft))
        await super().say(draft)


class _Here:
    """`Translations`, `VitalSigns` and `Attentive` of a rehearsal: done here, told to nobody."""

    def __init__(
        self,
        log: MemoryLog,
        translator: Translator,
        floor: SoundFileFloor,
        clock: SessionClock,
        drafts: MemoryDrafts | None,
    ) -> None:
        """`drafts`: where translated interim captions go; None: they are not translated."""
        self._log = log
        self._translator = translator
        self._floor = floor
        self._clock = clock
        self._drafts = drafts
        self._working: set[asyncio.Task[None]] = set()
        self.heard_s: dict[int, float] = {}

    async def order(self, session_id: str, segment_id: int) -> None:
        self.heard_s.setdefault(segment_id, self._floor.heard_s)
        self._begin(translate_segment(
            log=self._log, translator=self._translator, segment_id=segment_id, clock=self._clock
        ), f"translate {segment_id}")  # fmt: skip

    async def order_draft(self, session_id: str, draft: Draft) -> None:
        if self._drafts is not None and draft.segment_id:
            self._begin(translate_draft(
                log=self._log, drafts=self._drafts, translator=self._translator, draft=draft
            ), f"translate a draft of {draft.segment_id}")  # fmt: skip

    async def report(self, name: str, facts: dict[str, object]) -> None:
        return

    async def heard(self, language: str) -> bool:
        return True

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def aclose(self) -> None:
        await cancel_and_wait(*self._working)


def check(
    *,
    source: str,
    targets: Sequence[str],
    recognition: str,
    translator: Translator,
    speech: frozenset[str],
) -> None:
    """Raises `UnknownLanguage`, `PairUnsupported` or `EngineMissing` before any work is done."""
    if not targets:
        raise UnknownLanguage("--to names no language; give some, like es,fr")
    known_language(source)
    if source not in recognises(recognition):
        understood = ", ".join(sorted(recognises(recognition)))
        raise PairUnsupported(
            f"{recognition} does not recognise “{source}”; it recognises: {understood}"
        )
    for target in targets:
        known_language(target)
        if target == source:
            raise PairUnsupported(f"“{target}” is the language of the floor; leave it out of --to")
        if not translator.supports(source, target):
            _ = translator.abilities  # without its programs an engine says so
            raise PairUnsupported(f"no engine translates from “{source}” into “{target}”")
        if target not in speech:
            raise PairUnsupported(f"no engine speaks “{target}”")


def rehearse(
    *,
    sound: Path,
    source: str,
    targets: Sequence[str],
    engines: Engines,
    translator: Callable[[], Translator],
    pace: float,
    progress: Callable[[float, float], None],
) -> Rehearsed:
    """`pace` 1.0 is real time, 0 skips all waiting (computing takes what it takes).
    `progress` is told seconds heard and seconds in all."""
    with asyncio.Runner(loop_factory=SkippingLoop if pace == 0 else None) as runner:
        return runner.run(_rehearse(sound, source, targets, engines, translator(), progress))


async def _rehearse(
    sound: Path,
    source: str,
    targets: Sequence[str],
    engines: Engines,
    translator: Translator,
    progress: Callable[[float, float], None],
) -> Rehearsed:
    try:
        return await rehearsing(
            sound=sound, source=source, targets=targets, engines=engines, translator=translator,
            progress=progress,
        )  # fmt: skip
    finally:
        await translator.aclose()


async def rehearsing(
    *,
    sound: Path,
    source: str,
    targets: Sequence[str],
    engines: Engines,
    translator: Translator,
    progress: Callable[[float, float], None],
    terms: Sequence[Concept] = (),
    interim: bool = False,
) -> Rehearsed:
    """One recording on the running loop; the translator stays open. `interim`: captions that
    still change are translated too, as they are in a session."""
    floor = SoundFileFloor(sound)
    synthesiser = engines.synthesiser(targets[0], ())
    # Everybody has loaded before the talk begins, as in the jobs.
    await _warm(translator, source, targets)
    log = MemoryLog()
    channels = tuple(ChannelPlan(tag, spoken_notice=False) for tag in targets)
    wall_s, cpu_s, epoch_s = time.monotonic(), _cpu_s(), time.time()
    clock = floor.clock = SessionClock(epoch_s)
    drafts = _NotingDrafts(clock)
    here = _Here(log, translator, floor, clock, drafts if interim else None)
    glossary = log.keep_terms(terms)
    plan = Plan(SESSION, source, SessionState.LIVE, channels, epoch_s, glossary=glossary)
    await log.append(plan)
    recogniser = engines.recogniser(source, ())
    assert recogniser is not None  # noqa: S101 - `check` has looked
    ear = engines.ear(source)
    sinks = {tag: SoundFileSink(clock) for tag in targets}

    async def no_stage() -> FloorSource:
        raise NotImplementedError("a rehearsal passes no floor through")

    async def no_booth() -> Microphones:
        raise NotImplementedError("a rehearsal has no booth")

    working = [
        asyncio.create_task(
            Channel(
                plan, tag,
                ChannelTools(
                    log=log, drafts=drafts, translations=here, vitals=here, attentive=here,
                    synthesiser=lambda _: synthesiser, sink=sinks[tag], clock=clock,
                    stage=no_stage, microphones=no_booth, serves=lambda *_: True, ear=None,
                ),
                owner=None,
            ).run(),
            name=f"channel {tag}",
        )
        for tag in targets
    ]  # fmt: skip
    telling = asyncio.create_task(_tell(floor, progress), name="progress")
    tools = FloorTools(
        log=log, drafts=drafts, translations=here, vitals=here,
        ear=lambda *_: ear, source=floor, clock=clock,
    )  # fmt: skip
    try:
        await Floor(FloorLog(plan), tools, owner=None).run()
        ended = replace(plan, state=SessionState.ENDED)
        written = [logged.entry for logged in await log.read(limit=10**9)]
        drained = next(entry for entry in reversed(written) if isinstance(entry, Drained))
        await log.append(ended)
        await log.append(drained)
        await asyncio.gather(*working)
    finally:
        await cancel_and_wait(telling, *working)
        await here.aclose()
    progress(floor.duration_s, floor.duration_s)
    voices = dict.fromkeys(said_by(synthesiser, tag, PLAIN) for tag in targets)
    used = {
        "recognition": recogniser.abilities.label,
        "translation": translator.abilities.label,
        "speech": ", ".join(voices),
    }
    return Rehearsed(
        log=log,
        sinks=sinks,
        duration_s=floor.duration_s,
        cpu_s=_cpu_s() - cpu_s,
        wall_s=time.monotonic() - wall_s,
        engines=used,
        heard_s=here.heard_s,
        drafts=drafts.noted,
    )


async def _warm(translator: Translator, source: str, targets: Sequence[str]) -> None:
    with outside_work():
        texts = await translator.translate("hello", source=source, targets=targets)
    for text in texts.values():
        if isinstance(text, Exception):
            raise text


async def _tell(floor: SoundFileFloor, progress: Callable[[float, float], None]) -> None:
    while True:
        progress(floor.heard_s, floor.duration_s)
        await asyncio.sleep(0.5)


def _cpu_s() -> float:
    """CPU time of this process and of those it has ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
