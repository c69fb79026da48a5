"""The report as tables: Markdown, and the same rows for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    note: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(report: Report) -> list[Table]:
    return [table for table in _all(report) if table.rows]


def markdown(report: Report) -> str:
    blocks = ["# Evaluation", _made_with(report)]
    for table in tables(report):
        blocks += [f"## {table.title}", _as_markdown(table.head, table.rows)]
        if table.note:
            blocks.append(table.note)
    return "\n\n".join(blocks) + "\n"


def _all(report: Report) -> list[Table]:
    return [
        Table(
            "Recognition",
            _note(report["recognition"], "normaliser", "scorer"),
            ("set", "language", "engine", "terms", "words", "WER", "95 %", "CER", "loops"),
            [
                (
                    row["set"], row["language"], row["engine"], str(row["terms"]),
                    str(row["words"]), _percent(row["wer"]), _range(row["wer_interval"], 100),
                    _percent(row["cer"]), str(row["repetition_loops"]),
                )
                for row in report["recognition"]
            ],
        ),
        Table(
            "Translation of what was recognised",
            _note(report["translation"], "bleu_signature", "chrf_signature", "comet_model"),
            ("set", "pair", "engine", "recordings", "BLEU", "95 %", "chrF", "95 %", "COMET"),
            [
                (
                    row["set"], f"{row['source']}-{row['target']}", row["engine"],
                    str(row["recordings"]), _number(row["bleu"], 1),
                    _range(row["bleu_interval"]), _number(row["chrf"], 1),
                    _range(row["chrf_interval"]), _number(row["comet"], 3),
                )
                for row in report["translation"]
            ],
        ),
        Table(
            "Latency, s",
            "Lag: from the end of what was said to the start of its speech (of the floor's own"
            " captions: to their commitment). Ear-voice span: from its start. StreamLAAL and"
            " LongYAAL: of final captions, by how much of the floor had been heard; by the clock"
            " in brackets.",
            (
                "set", "pair", "lag p50", "p95", "p99", "ear-voice span p50", "p95", "p99",
                "drift a minute", "StreamLAAL", "LongYAAL",
            ),
            [_latency(row) for row in report["latency"]],
        ),
        Table(
            "Captions",
            "Erasure: words that interim captions took back, for each word that stayed.",
            ("set", "pair", "erasure", "loops", "segments", "skipped", "terms kept"),
            [
                (
                    row["set"], f"{row['source']}-{row['target']}", _number(row["erasure"], 2),
                    str(row["repetition_loops"]), str(row.get("segments", "")),
                    _counts(row.get("skipped")), _number(row.get("term_hit_rate"), 2),
                )
                for row in report["captions"]
            ],
        ),
        Table(
            "Cost",
            "Of an hour of floor, with all its languages. Real-time factor: CPU time over the"
            " floor's; in brackets what it took.",
            ("set", "floor", "languages", "CPU s", "GPU s", "vendors' units", "real-time factor"),
            [
                (
                    row["set"], row["source"], " ".join(row["targets"]),
                    str(row["cpu_s_per_hour"]), _number(row["gpu_s_per_hour"], 0),
                    _counts(row["vendor_units_per_hour"]),
                    f"{row['real_time_factor']} ({row['wall_real_time_factor']})",
                )
                for row in report["cost"]
            ],
        ),
        Table(
            "Left out", "",
            ("set", "language", "target", "why"),
            [
                (row["set"], row["language"], row.get("target", ""), row["why"])
                for row in report["left_out"]
            ],
        ),
        Table(
            "Models", "One hash of all files of a model: names and contents.",
            ("model", "files", "MB", "SHA-256"),
            [
                (
                    row["model"], str(row["files"]), f"{row['bytes'] / 1e6:.1f}",
                    row["sha256"][:16],
                )
                for row in report["models"]
            ],
        ),
    ]  # fmt: skip


def _latency(row: dict[str, Any]) -> tuple[str, ...]:
    lag, span, drift = row["lag_s"], row["ear_voice_span_s"], row["drift"]
    return (
        row["set"],
        f"{row['source']}-{row['target']}",
        *(_number(lag[p], 2) for p in ("p50", "p95", "p99")),
        *(_number(span[p], 2) for p in ("p50", "p95", "p99")),
        f"{drift['s_per_minute']:+.2f} ({_range(drift['interval'])})" if drift else "",
        _by_clock(row["stream_laal_s"], row["stream_laal_ca_s"]),
        _by_clock(row["long_yaal_s"], row["long_yaal_ca_s"]),
    )


def _made_with(report: Report) -> str:
    scorers = ", ".join(f"{name} {version}" for name, version in report["scorers"].items())
    bootstrap = report["bootstrap"]
    return (
        f"Scored with {scorers}. Intervals: bootstrap of {bootstrap['samples']} samples, seed"
        f" {bootstrap['seed']}. {report['machine']['cpus']} CPUs, {report['machine']['system']}."
    )


def _as_markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "/") for c in line) + " |" for line in lines)


def _note(rows: Sequence[dict[str, Any]], *keys: str) -> str:
    said = dict.fromkeys(str(row[key]) for key in keys for row in rows if row.get(key))
    return "; ".join(said)


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _range(interval: Sequence[float] | None, times: float = 1) -> str:
    if interval is None:
        return ""
    low, high = (value * times for value in interval)
    return f"{low:.2f} to {high:.2f}" if times == 1 else f"{low:.1f} to {high:.1f}"


def _by_clock(ideal: float | None, real: float | None) -> str:
    return "" if ideal is None else f"{ideal:.2f} ({_number(real, 2)})"


def _counts(counts: dict[str, int] | None) -> str:
    return ", ".join(f"{count} {name}" for name, count in (counts or {}).items())
