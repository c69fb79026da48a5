"""Runs -> the report, as one JSON object.

`recognition`, `translation`, `latency`, `captions`, `cost`: a row a set and language or pair.
`details`: what the rows are made of, for plots and for paired comparison with another report; it
holds what was said, so treat it like the recordings.
"""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from translation.errors import InterpretError
from translation.evaluation import captions, costs, latency, recognition, translations
from translation.evaluation.intervals import SAMPLES, SEED, SHARE
from translation.evaluation.model_files import models
from translation.evaluation.runs import Run
from translation.evaluation.streaming import Streamed, StreamScores, stream_scores

VERSION = 2


DETAILS = ("recognition", "translation", "latency", "streaming", "captions")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a manifest was to be run: sets, floors, targets (none: all there are), and so many
    recordings of each set and language (0: all)."""

    sets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    limit: int = 0


class BadReport(InterpretError):
    """A file that is no report. Never retry."""


def report(
    runs: Sequence[Run],
    *,
    left_out: Sequence[Mapping[str, str]],
    own_files: Mapping[str, Sequence[Path]],
    comet_model: str = "",
    asked: Asked = Asked(),
) -> dict[str, Any]:
    """`left_out`: what of the manifest was not run, and why. `own_files` as in
    `model_files.models`."""
    told: dict[str, Any] = {
        "version": VERSION,
        "asked": asdict(asked),
        "recognition": [], "translation": [], "latency": [], "captions": [], "cost": [],
        "left_out": list(left_out),
        "models": models(runs, own_files),
        "scorers": {name: version(name) for name in ("jiwer", "sacrebleu", "omnisteval")},
        "bootstrap": {"seed": SEED, "samples": SAMPLES, "interval_percent": SHARE},
        "machine": {"system": platform.platform(), "cpus": os.cpu_count()},
        "details": {name: [] for name in DETAILS},
    }  # fmt: skip
    groups = _groups(runs)
    streamed = _stream_scores(groups)
    details = told["details"]
    for group in groups:
        source = group[0].talk.language
        row, rows = recognition.score(group)
        told["recognition"].append(row)
        details["recognition"] += rows
        told["cost"].append(costs.score(group))
        for target in (source, *group[0].rendered):
            name = (group[0].talk.set, source, target)
            row, rows = latency.score(
                group, target, streamed.get((*name, "captions")), streamed.get((*name, "speech"))
            )
            told["latency"].append(row)
            details["latency"] += rows
            if (heard := streamed.get((*name, "captions"))) is not None:
                details["streaming"] += latency.streamed_details(group, target, heard)
            row, rows = captions.score(group, target)
            told["captions"].append(row)
            details["captions"] += rows
        for target in group[0].rendered:
            found = streamed.get((group[0].talk.set, source, target, "captions"))
            scored, pairs = translations.score(group, target, found, comet_model)
            if scored is not None:
                told["translation"].append(scored)
                details["translation"] += pairs
    return told


def _groups(runs: Sequence[Run]) -> list[list[Run]]:
    """Of one set and language each."""
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.talk.set, run.talk.language), []).append(run)
    return list(groups.values())


def _stream_scores(
    groups: Sequence[Sequence[Run]],
) -> dict[tuple[str, str, str, str], StreamScores]:
    """By set, source, target and what (`captions` or `speech`)."""
    jobs: dict[tuple[str, str, str, str], Streamed] = {}
    for group in groups:
        first = group[0].talk
        for target in (first.language, *group[0].rendered):
            if (job := latency.streamed_captions(group, target)) is not None:
                jobs[first.set, first.language, target, "captions"] = job
            if target == first.language:
                continue
            if (job := latency.streamed_speech(group, target)) is not None:
                jobs[first.set, first.language, target, "speech"] = job
    return dict(zip(jobs, stream_scores(list(jobs.values())), strict=True))


def read_report(path: Path) -> dict[str, Any]:
    """An older report. Raises `BadReport`."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadReport(f"{path} is not there; give the report.json of an earlier run") from None
    except (OSError, ValueError) as error:
        raise BadReport(f"{path} is no report ({error}); give an earlier report.json") from None
    if not isinstance(told, dict) or told.get("version") != VERSION:
        raise BadReport(f"{path} is no report of this version; make both with the same code")
    return told
