"""A rehearsal's log -> `report.json` and WebVTT captions."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from translation.jobs.rehearsal import Rehearsed
from translation.values import Segment, Speaking, Spoken, Translation

PERCENTILES = (50, 95, 99)


def percentiles(values: Sequence[float]) -> dict[str, float | None]:
    """`{"p50": ..., "p95": ..., "p99": ...}`; None where there is nothing to measure."""
    if not values:
        return {f"p{p}": None for p in PERCENTILES}
    return {f"p{p}": round(float(np.percentile(values, p)), 3) for p in PERCENTILES}


async def report(rehearsed: Rehearsed, *, source: str) -> dict[str, Any]:
    entries = [logged.entry for logged in await rehearsed.log.read(limit=10**9)]
    segments = [entry for entry in entries if isinstance(entry, Segment)]
    return {
        "source": {
            "language": source,
            "duration_s": round(rehearsed.duration_s, 3),
            "text": " ".join(segment.text for segment in segments),
        },
        "languages": {
            language: _of_language(language, segments, entries) for language in rehearsed.sinks
        },
        "engines": rehearsed.engines,
        "cpu_s": round(rehearsed.cpu_s, 2),
        "real_time_factor": round(rehearsed.cpu_s / rehearsed.duration_s, 3),
    }


def _of_language(
    language: str, segments: Sequence[Segment], entries: Sequence[Any]
) -> dict[str, Any]:
    def mine(kind: type[Any]) -> dict[int, Any]:
        return {e.segment_id: e for e in entries if isinstance(e, kind) and e.language == language}

    texts, speaking, spoken = mine(Translation), mine(Speaking), mine(Spoken)
    rows: list[dict[str, Any]] = []
    for segment in segments:
        text, begun, done = (d.get(segment.id) for d in (texts, speaking, spoken))
        rows.append({
            "id": segment.id,
            "source_text": segment.text,
            "text": text.text if text else "",
            "floor_start_s": round(segment.floor_start_s, 3),
            "floor_end_s": round(segment.floor_end_s, 3),
            "committed_s": round(segment.committed_s, 3),
            "translated_s": round(text.translated_s, 3) if text else None,
            "spoken_start_s": round(begun.started_s, 3) if begun else None,
            "spoken_end_s": round(done.ended_s, 3) if begun and done else None,
            "skipped": done.skipped.value if done and done.skipped else None,
        })  # fmt: skip
    heard = [row for row in rows if row["spoken_start_s"] is not None]
    return {
        "text": " ".join(row["text"] for row in rows),
        "segments": rows,
        "lag_s": percentiles([row["spoken_start_s"] - row["floor_end_s"] for row in heard]),
        "ear_voice_span_s": percentiles(
            [row["spoken_start_s"] - row["floor_start_s"] for row in heard]
        ),
    }


def web_vtt(language: str, rows: Sequence[dict[str, Any]], *, note: str) -> str:
    """Captions timed by the speech they belong to; what was skipped, by when it was translated."""
    lines = ["WEBVTT", "", f"NOTE {note}", f"NOTE language: {language}", ""]
    for row in rows:
        start_s = row["spoken_start_s"] or row["translated_s"]
        if not row["text"] or start_s is None:
            continue
        end_s = row["spoken_end_s"] or start_s + row["floor_end_s"] - row["floor_start_s"]
        text = row["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        mark = " (not spoken)" if row["skipped"] else ""
        lines += [str(row["id"]), f"{_time(start_s)} --> {_time(end_s)}", text + mark, ""]
    return "\n".join(lines)


def _time(seconds: float) -> str:
    whole_ms = round(seconds * 1000)
    minutes, ms = divmod(whole_ms, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{ms // 1000:02d}.{ms % 1000:03d}"
