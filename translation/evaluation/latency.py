"""How late it was: lag, ear-voice span, drift, StreamLAAL and LongYAAL, and what was skipped."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from translation.evaluation.intervals import Rows, interval, mean, percentile
from translation.evaluation.runs import Run, named
from translation.evaluation.streaming import Streamed, StreamedTalk, StreamScores, TimedWord, Unit
from translation.jobs.report import percentiles

LONG_ENOUGH_S = 60.0
"""Shorter talks say nothing about drift."""

FEWEST = 10
"""Fewer segments do not either."""


def score(
    runs: Sequence[Run],
    target: str,
    captions: StreamScores | None,
    speech: StreamScores | None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Runs of one set and source in one target (the source's own tag: the floor's captions) ->
    their row, and the detail of each segment."""
    first = runs[0]
    details = [
        detail for run in runs for detail in (
            _floor_details(run) if target == first.talk.language else _details(run, target)
        )
    ]  # fmt: skip
    lags = [detail["lag_s"] for detail in details if detail["lag_s"] is not None]
    row = {
        "set": first.talk.set,
        "source": first.talk.language,
        "target": target,
        "engine": _engines(runs, target),
        "what": "captions of the floor" if target == first.talk.language else "speech",
        "segments": len(details),
        "skipped": dict(Counter(d["skipped"] for d in details if d["skipped"])),
        "lag_s": percentiles(lags),
        "lag_p50_interval_s": interval([[lag] for lag in lags], percentile(50)),
        "lag_p95_interval_s": interval([[lag] for lag in lags], percentile(95)),
        "ear_voice_span_s": percentiles(
            [d["ear_voice_span_s"] for d in details if d["ear_voice_span_s"] is not None]
        ),
        "caption_lag_s": percentiles(
            [d["caption_lag_s"] for d in details if d["caption_lag_s"] is not None]
        ),
        "drift": drift([
            row for number, run in enumerate(runs) for detail in details
            if detail["talk"] == run.talk.name for row in drift_rows(number, detail)
        ]),
        "stream_laal_s": captions and captions.stream_laal_s,
        "long_yaal_s": captions and captions.long_yaal_s,
        "long_yaal_interval_s": captions and interval(
            [[value] for value in captions.units_long_yaal_s if value is not None], mean
        ),
        "stream_laal_ca_s": captions and captions.stream_laal_ca_s,
        "long_yaal_ca_s": captions and captions.long_yaal_ca_s,
        "speech_stream_laal_s": speech and speech.stream_laal_ca_s,
        "speech_long_yaal_s": speech and speech.long_yaal_ca_s,
    }  # fmt: skip
    return row, details


def _engines(runs: Sequence[Run], target: str) -> str:
    """Those that recognised, translated and spoke."""
    served = [[label for run in runs for label in run.recognised_by]]
    if target != runs[0].talk.language:
        served.append([label for run in runs for label in run.translated_by(target)])
        served.append([label for run in runs for label in run.spoken_by(target)])
    return "; ".join(named(labels) for labels in served)


def streamed_details(runs: Sequence[Run], target: str, found: StreamScores) -> list[dict[str, Any]]:
    """StreamLAAL and LongYAAL of each recording, in the order in which they were streamed."""
    first, units = runs[0].talk, []
    for run in runs:
        if (said := _references(run, target)) is not None:
            units += [
                (part.recording.name, text) for part, text in zip(run.parts, said, strict=True)
            ]
    return [
        {
            "set": first.set, "source": first.language, "target": target,
            "recording": recording, "reference": reference,
            "stream_laal_s": laal_s, "long_yaal_s": yaal_s,
        }
        for (recording, reference), laal_s, yaal_s in zip(
            units, found.units_stream_laal_s, found.units_long_yaal_s, strict=True
        )
    ]  # fmt: skip


def drift_rows(talk: int, detail: dict[str, Any]) -> list[list[float]]:
    """A segment as `drift` takes it; none of talks that are too short to tell."""
    if detail["lag_s"] is None or detail["talk_s"] < LONG_ENOUGH_S:
        return []
    return [[talk, detail["floor_end_s"], detail["lag_s"]]]


def drift(rows: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    """`[talk, floor time, lag]` in seconds -> by how many seconds the lag grows a minute, with
    its interval. Talks may differ in lag: only what changes within a talk counts."""
    if len(rows) < FEWEST:
        return None
    return {
        "s_per_minute": round(slope(np.asarray(rows, float)), 4),
        "interval": interval(rows, slope),
    }


def slope(rows: Rows) -> float:
    moments, lags = rows[:, 1].copy(), rows[:, 2].copy()
    for talk in np.unique(rows[:, 0]):
        mine = rows[:, 0] == talk
        moments[mine] -= moments[mine].mean()
        lags[mine] -= lags[mine].mean()
    spread = float((moments**2).sum())
    return 60 * float((moments * lags).sum()) / spread if spread else 0.0


def streamed_captions(runs: Sequence[Run], target: str) -> Streamed | None:
    """The words of final captions; None where a talk has no reference in this language."""
    return _streamed(runs, target, speech=False)


def streamed_speech(runs: Sequence[Run], target: str) -> Streamed | None:
    """The words of what was spoken, evenly over the time its segment took."""
    return _streamed(runs, target, speech=True)


def _streamed(runs: Sequence[Run], target: str, *, speech: bool) -> Streamed | None:
    talks = []
    for run in runs:
        if (said := _references(run, target)) is None:
            continue
        units = [
            Unit(part.start_s, part.duration_s, text)
            for part, text in zip(run.parts, said, strict=True)
        ]
        words = _spoken(run, target) if speech else _captioned(run, target)
        talks.append(StreamedTalk(words, units, run.duration_s))
    return Streamed(target, talks) if talks else None


def _references(run: Run, target: str) -> list[str] | None:
    """One a recording; None where one has none."""
    own = target == run.talk.language
    said = [p.recording.text if own else p.recording.references.get(target, "") for p in run.parts]
    return said if all(said) else None


def _captioned(run: Run, target: str) -> list[TimedWord]:
    if target == run.talk.language:
        texts = [(s.id, s.text, s.committed_s) for s in run.segments]
    else:
        texts = [
            (r.segment.id, r.translation.text, r.translation.translated_s)
            for r in run.rendered[target] if r.translation
        ]  # fmt: skip
    return [
        TimedWord(word, run.heard_s[id], at_s) for id, text, at_s in texts for word in text.split()
    ]


def _spoken(run: Run, target: str) -> list[TimedWord]:
    timed = []
    for rendered in run.rendered[target]:
        start_s, end_s = rendered.started_s, rendered.ended_s
        if rendered.translation is None or start_s is None or end_s is None:
            continue
        words = rendered.translation.text.split()
        for place, word in enumerate(words):
            at_s = start_s + (end_s - start_s) * place / len(words)
            timed.append(TimedWord(word, at_s, at_s))
    return timed


def _details(run: Run, target: str) -> list[dict[str, Any]]:
    return [
        {
            "set": run.talk.set,
            "source": run.talk.language,
            "target": target,
            "talk": run.talk.name,
            "talk_s": round(run.duration_s, 3),
            "segment": rendered.segment.id,
            "words": len(rendered.segment.text.split()),
            "floor_start_s": round(rendered.segment.floor_start_s, 3),
            "floor_end_s": round(rendered.segment.floor_end_s, 3),
            "caption_lag_s": _rounded(
                rendered.translation.translated_s - rendered.segment.floor_end_s
                if rendered.translation else None
            ),
            "started_s": _rounded(rendered.started_s),
            "ended_s": _rounded(rendered.ended_s),
            "lag_s": _rounded(rendered.lag_s),
            "ear_voice_span_s": _rounded(rendered.ear_voice_span_s),
            "skipped": rendered.skipped.value if rendered.skipped else None,
        }
        for rendered in run.rendered[target]
    ]  # fmt: skip


def _floor_details(run: Run) -> list[dict[str, Any]]:
    """The floor's own captions: their lag is that of the commitment."""
    return [
        {
            "set": run.talk.set,
            "source": run.talk.language,
            "target": run.talk.language,
            "talk": run.talk.name,
            "talk_s": round(run.duration_s, 3),
            "segment": segment.id,
            "words": len(segment.text.split()),
            "floor_start_s": round(segment.floor_start_s, 3),
            "floor_end_s": round(segment.floor_end_s, 3),
            "caption_lag_s": _rounded(segment.committed_s - segment.floor_end_s),
            "started_s": None,
            "ended_s": None,
            "lag_s": _rounded(segment.committed_s - segment.floor_end_s),
            "ear_voice_span_s": _rounded(segment.committed_s - segment.floor_start_s),
            "skipped": None,
        }
        for segment in run.segments
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
