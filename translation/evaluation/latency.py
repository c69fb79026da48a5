"""How late it was: lag, ear-voice span, drift, StreamLAAL and LongYAAL, and what was skipped."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from translation.evaluation.intervals import Rows, interval, mean, percentile
from translation.evaluation.runs import Run
from translation.evaluation.streaming import Streamed, StreamedTalk, StreamScores, TimedWord, Unit
from translation.jobs.report import percentiles

LONG_ENOUGH_S = 60.0
"""Shorter talks say nothing about drift."""


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
    slots = ("recognition",) if target == first.talk.language else tuple(first.engines)
    row = {
        "set": first.talk.set,
        "source": first.talk.language,
        "target": target,
        "engine": ", ".join(first.engines[slot].label for slot in slots),
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
            [number, detail["floor_end_s"], detail["lag_s"]]
            for number, run in enumerate(runs) if run.duration_s >= LONG_ENOUGH_S
            for detail in details
            if detail["talk"] == run.talk.name and detail["lag_s"] is not None
        ]),
        "stream_laal_s": captions and captions.stream_laal_s,
        "long_yaal_s": captions and captions.long_yaal_s,
        "long_yaal_interval_s": captions and interval(
            [[value] for value in captions.per_unit if value is not None], mean
        ),
        "stream_laal_ca_s": captions and captions.stream_laal_ca_s,
        "long_yaal_ca_s": captions and captions.long_yaal_ca_s,
        "speech_stream_laal_s": speech and speech.stream_laal_ca_s,
        "speech_long_yaal_s": speech and speech.long_yaal_ca_s,
    }  # fmt: skip
    return row, details


def drift(rows: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    """`[talk, floor time, lag]` in seconds -> by how many seconds the lag grows a minute, with
    its interval. Talks may differ in lag: only what changes within a talk counts."""
    if len(rows) < 10:
        return None
    return {
        "s_per_minute": round(_slope(np.asarray(rows, float)), 4),
        "interval": interval(rows, _slope),
    }


def _slope(rows: Rows) -> float:
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
        own = target == run.talk.language
        said = [p.recording.text if own else p.recording.references.get(target) for p in run.parts]
        units = [
            Unit(part.start_s, part.duration_s, text)
            for part, text in zip(run.parts, said, strict=True)
            if text
        ]
        if len(units) < len(run.parts):
            continue
        words = _spoken(run, target) if speech else _captioned(run, target)
        talks.append(StreamedTalk(words, units, run.duration_s))
    return Streamed(target, talks) if talks else None


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
