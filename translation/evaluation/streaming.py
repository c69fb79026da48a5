"""Latency of a stream of words, by omnisteval: StreamLAAL and LongYAAL.

omnisteval tokenises with a Perl program and aligns in forked processes, so it runs in a process of
its own: `python -m translation.evaluation.streaming`, JSON in, JSON out.

StreamLAAL is omnisteval's `long_laal`: LAAL on what its SoftSegmenter aligns with each reference
(Papi et al. 2024 align with mWERSegmenter). LongYAAL leaves out words that come after the end of
the recording, so it says little about recordings of one sentence. Both in ms here.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from translation.errors import EngineBroken
from translation.evaluation.words import is_unspaced, plain

MOST_S = 600.0
ROOT = Path(__file__).parents[2]
"""Where `translation` can be imported from."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a talk whose rendering is known."""

    start_s: float
    duration_s: float
    reference: str


@dataclass(frozen=True, slots=True)
class TimedWord:
    """`ideal_s`: how much of the floor had been heard when it came; `real_s`: when it came."""

    text: str
    ideal_s: float
    real_s: float


@dataclass(frozen=True, slots=True)
class StreamedTalk:
    words: list[TimedWord]
    units: list[Unit]
    duration_s: float


@dataclass(frozen=True, slots=True)
class Streamed:
    """Talks of one pair of languages."""

    language: str
    talks: list[StreamedTalk]


@dataclass(frozen=True, slots=True)
class StreamScores:
    """In seconds; `_ca` (computation-aware) by the clock, else by how much had been heard.
    None where nothing could be measured. `units_stream_laal_s`, `units_long_yaal_s`: of each unit.
    `predictions`: what was aligned with each unit."""

    stream_laal_s: float | None
    long_yaal_s: float | None
    stream_laal_ca_s: float | None
    long_yaal_ca_s: float | None
    units_stream_laal_s: list[float | None]
    units_long_yaal_s: list[float | None]
    predictions: list[str]


def stream_scores(jobs: Sequence[Streamed]) -> list[StreamScores]:
    """Raises `EngineBroken` where the scorer fails."""
    if not jobs:
        return []
    done = subprocess.run(
        [sys.executable, "-m", "translation.evaluation.streaming"],
        input=json.dumps([asdict(job) for job in jobs]),
        capture_output=True, text=True, timeout=MOST_S, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise EngineBroken(f"omnisteval failed: {said}")
    return [StreamScores(**scores) for scores in json.loads(done.stdout)]


def _scored(job: dict[str, Any]) -> dict[str, Any]:
    from omnisteval import YAALScorer, evaluate_instances, resegment
    from omnisteval.scoring import LAALScorer

    char_level = is_unspaced(job["language"])
    moses = None if char_level or not shutil.which("perl") else plain(job["language"])
    said, heard, segmentation, references = _as_omnisteval(job, char_level)
    instances, _ = resegment(
        said, heard, segmentation, references, char_level=char_level, lang=moses
    )
    scores, _, _ = evaluate_instances(instances, compute_quality=False)
    laal, yaal = LAALScorer(), YAALScorer(is_longform=True)

    def of_units(scorer: Any) -> list[float | None]:
        return [_seconds(scorer.compute(i)) if i.emission_cu else None for i in instances]

    return {
        "stream_laal_s": _seconds(scores.get("long_laal")),
        "long_yaal_s": _seconds(scores.get("long_yaal")),
        "stream_laal_ca_s": _seconds(scores.get("ca_long_laal")),
        "long_yaal_ca_s": _seconds(scores.get("ca_long_yaal")),
        "units_stream_laal_s": of_units(laal),
        "units_long_yaal_s": of_units(yaal),
        "predictions": [instance.prediction for instance in instances],
    }


def _as_omnisteval(job: dict[str, Any], char_level: bool) -> tuple[Any, Any, Any, Any]:
    """As omnisteval's own loader makes them of files: times in ms, references in lower case for
    the alignment only."""
    from omnisteval import Word

    said: list[list[Any]] = []
    heard: list[list[Any]] = []
    segmentation: list[dict[str, float]] = []
    references: list[str] = []
    for number, talk in enumerate(job["talks"]):
        said.append([])
        for place, unit in enumerate(talk["units"]):
            reference = unit["reference"].replace(" ", "") if char_level else unit["reference"]
            start_ms = unit["start_s"] * 1000
            said[-1] += [
                Word(text, emission_cu=start_ms, seq_id=len(segmentation))
                for text in _pieces(reference.lower(), char_level)
            ]
            segmentation.append({
                "offset": start_ms,
                "duration": unit["duration_s"] * 1000,
                "doc_id": number,
                "seg_id": place,
                "time_to_recording_end": talk["duration_s"] * 1000 - start_ms,
            })  # fmt: skip
            references.append(reference)
        heard.append([
            Word(text, emission_cu=word["ideal_s"] * 1000, emission_ca=word["real_s"] * 1000)
            for word in talk["words"]
            for text in _pieces(word["text"], char_level)
        ])  # fmt: skip
    return said, heard, segmentation, references


def _pieces(text: str, char_level: bool) -> Sequence[str]:
    return list(text.replace(" ", "")) if char_level else text.split()


def _seconds(ms: float | None) -> float | None:
    return None if ms is None or ms != ms else round(ms / 1000, 3)


if __name__ == "__main__":
    json.dump([_scored(job) for job in json.load(sys.stdin)], sys.stdout)
