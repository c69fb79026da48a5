"""Talks through the path itself, as a rehearsal at pace 0, and what came of each."""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from translation.audio import read_sound, write_wav
from translation.engines.fallback_speech import close
from translation.engines.units import units_of
from translation.errors import BadTermbase
from translation.evaluation.cost import Meter
from translation.evaluation.intervals import SEED
from translation.evaluation.manifest import Recording, Talk
from translation.flow import SkippingLoop
from translation.jobs.engines import Engines
from translation.jobs.rehearsal import Rehearsed, rehearsing
from translation.ports import Translator
from translation.termbase import Concept
from translation.termbase_csv import read_csv
from translation.termbase_tbx import read_tbx
from translation.transport.sound_file import FLOOR_RATE_HZ
from translation.values import Draft, Segment, SkipReason, Sound, Speaking, Spoken, Translation


@dataclass(frozen=True, slots=True)
class Part:
    """A recording and where it lies within its talk."""

    recording: Recording
    start_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a segment in a language; the moments are session times. `spoken_by`: the
    engine whose voice it was."""

    segment: Segment
    translation: Translation | None
    started_s: float | None
    ended_s: float | None
    skipped: SkipReason | None
    spoken_by: str = ""

    @property
    def lag_s(self) -> float | None:
        """From the end of what was said to the start of its speech."""
        return None if self.started_s is None else self.started_s - self.segment.floor_end_s

    @property
    def ear_voice_span_s(self) -> float | None:
        """From the start of what was said to the start of its speech."""
        return None if self.started_s is None else self.started_s - self.segment.floor_start_s


@dataclass(frozen=True, slots=True)
class Run:
    """One talk, interpreted. `heard_s`: segment -> how much of the floor had been heard when it
    was committed. `engines`: slot -> the label of the one that was to serve. `units`: what vendors
    bill for it. `gpu_s` is None without a GPU. `terms`: how many were listened for."""

    talk: Talk
    parts: tuple[Part, ...]
    segments: tuple[Segment, ...]
    rendered: Mapping[str, tuple[Rendered, ...]]
    heard_s: Mapping[int, float]
    drafts: tuple[tuple[float, Draft], ...]
    engines: Mapping[str, str]
    units: Mapping[str, float]
    duration_s: float
    cpu_s: float
    wall_s: float
    gpu_s: float | None
    terms: int = 0

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def recognised_by(self) -> list[str]:
        """Labels, one a segment."""
        return [segment.engine for segment in self.segments] or [self.engines["recognition"]]

    def translated_by(self, target: str) -> list[str]:
        made = [each.translation.engine for each in self.rendered[target] if each.translation]
        return made or [self.engines["translation"]]

    def spoken_by(self, target: str) -> list[str]:
        spoke = [each.spoken_by for each in self.rendered[target] if each.spoken_by]
        return spoke or [self.engines["speech"]]


def named(labels: Iterable[str]) -> str:
    """Who served, the one that did most first: `Whisper small 1.1, PocketSphinx 5.1`."""
    return ", ".join(label for label, _ in Counter(filter(None, labels)).most_common())


def run_all(
    talks: Sequence[tuple[Talk, Sequence[str]]],
    *,
    engines: Callable[[], Engines],
    translator: Callable[[], Translator],
    progress: Callable[[float, str], None],
) -> list[Run]:
    """Talks, each with its targets, one after another. `engines` are made anew for every talk, as
    every session has its own: what a recogniser has learned of one microphone must not help (or
    hurt) with the next; what they keep open is closed after each. `progress` is told how many
    talks are done (and which part of the next), and which is next. Raises what the path raises."""
    runs = []
    with (
        asyncio.Runner(loop_factory=SkippingLoop) as runner,
        tempfile.TemporaryDirectory(prefix="evaluate-") as folder,
    ):
        kept_open = translator()
        try:
            for number, (talk, targets) in enumerate(talks):

                def told(heard_s: float, all_s: float, number: int = number) -> None:
                    progress(number + heard_s / all_s, talks[number][0].name)

                seed()
                work = _run(talk, targets, engines(), kept_open, Path(folder), told)
                runs.append(runner.run(work))
        finally:
            runner.run(kept_open.aclose())
    return runs


async def _run(
    talk: Talk,
    targets: Sequence[str],
    engines: Engines,
    translator: Translator,
    folder: Path,
    progress: Callable[[float, float], None],
) -> Run:
    sound, parts = _joined(talk, folder)
    recogniser = engines.recogniser(talk.language, ())
    synthesiser = engines.synthesiser(targets[0], ())
    if recogniser is None:
        raise ValueError(f"no engine recognises “{talk.language}”; leave its talks out")
    terms = _terms(talk)
    used: dict[str, Any] = {
        "recognition": recogniser,
        "translation": translator,
        "speech": synthesiser,
    }
    labels = {slot: engine.abilities.label for slot, engine in used.items()}
    before = units_of(*used.values())
    try:
        with Meter() as meter:
            rehearsed = await rehearsing(
                sound=sound, source=talk.language, targets=targets, engines=engines,
                translator=translator, progress=progress, terms=terms, interim=True,
            )  # fmt: skip
    finally:
        if (hang_up := getattr(recogniser, "close", None)) is not None:
            hang_up()
        await close(synthesiser)
    units = {unit: count - before.get(unit, 0) for unit, count in units_of(*used.values()).items()}
    segments, rendered = await _rendered(rehearsed, targets)
    return Run(
        talk=talk, parts=parts, segments=segments, rendered=rendered,
        heard_s=rehearsed.heard_s, drafts=tuple(rehearsed.drafts), engines=labels, units=units,
        duration_s=rehearsed.duration_s,
        cpu_s=meter.cpu_s, wall_s=meter.wall_s, gpu_s=meter.gpu_s,
        terms=sum(concept.term(talk.language) is not None for concept in terms),
    )  # fmt: skip


def _joined(talk: Talk, folder: Path) -> tuple[Path, tuple[Part, ...]]:
    """The talk's sound, and where each of its recordings begins."""
    sounds = [read_sound(recording.path, FLOOR_RATE_HZ) for recording in talk.recordings]
    parts, start_s = [], 0.0
    for recording, sound in zip(talk.recordings, sounds, strict=True):
        parts.append(Part(recording, start_s, sound.duration_s))
        start_s += sound.duration_s
    if len(sounds) == 1:
        return talk.recordings[0].path, tuple(parts)
    path = folder / "talk.wav"
    write_wav(path, Sound(np.concatenate([sound.samples for sound in sounds]), FLOOR_RATE_HZ))
    return path, tuple(parts)


def _terms(talk: Talk) -> list[Concept]:
    paths = dict.fromkeys(r.glossary for r in talk.recordings if r.glossary is not None)
    concepts: list[Concept] = []
    for path in paths:
        data = path.read_bytes()
        try:
            concepts += read_tbx(data) if data.lstrip()[:1] == b"<" else read_csv(data)
        except BadTermbase as error:
            raise BadTermbase(f"{path}: {error}") from None
    return concepts


async def _rendered(
    rehearsed: Rehearsed, targets: Sequence[str]
) -> tuple[tuple[Segment, ...], dict[str, tuple[Rendered, ...]]]:
    entries = [logged.entry for logged in await rehearsed.log.read(limit=10**9)]
    segments = tuple(entry for entry in entries if isinstance(entry, Segment))
    texts = {(e.language, e.segment_id): e for e in entries if isinstance(e, Translation)}
    begun = {(e.language, e.segment_id): e for e in entries if isinstance(e, Speaking)}
    done = {(e.language, e.segment_id): e for e in entries if isinstance(e, Spoken)}

    def one(language: str, segment: Segment) -> Rendered:
        key = language, segment.id
        start, end = begun.get(key), done.get(key)
        return Rendered(
            segment=segment,
            translation=texts.get(key),
            started_s=start.started_s if start else None,
            ended_s=end.ended_s if start and end else None,
            skipped=end.skipped if end else None,
            spoken_by=start.engine if start else "",
        )

    return segments, {t: tuple(one(t, segment) for segment in segments) for t in targets}


def seed() -> None:
    """Whatever engines draw by lot, they draw the same the next time. torch is loaded where it is
    installed: an engine that loads it later would begin with a seed of its own."""
    random.seed(SEED)
    np.random.seed(SEED)
    if find_spec("torch") is not None:
        import_module("torch").manual_seed(SEED)
