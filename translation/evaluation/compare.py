"""A report against an older one: what became better, what became worse.

What was measured on the same words is compared in pairs: blocks of words (WER), recordings (BLEU
and chrF by sacrebleu's paired bootstrap). Lags are not: segments differ. A figure is worse where
the whole interval of the difference is on the wrong side of nothing (of `LAG_NOISE_S` for lags:
machines are never equally busy).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sacrebleu.significance import PairedTest

from translation.evaluation.intervals import SAMPLES, Interval, difference, percentile, ratio
from translation.evaluation.translations import metrics

LAG_NOISE_S = 0.15
SIGNIFICANT = 0.05

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """`verdict`: better, worse, or the same within what chance does. `on`: what was compared."""

    figure: str
    name: str
    before: float
    now: float
    interval: Interval | None
    p_value: float | None
    verdict: str
    on: str


def compare(before: Report, now: Report) -> list[Change]:
    """Of what both reports hold."""
    return [*_words(before, now), *_translations(before, now), *_lags(before, now)]


def _words(before: Report, now: Report) -> list[Change]:
    changes = []
    old = _by(before["details"]["recognition"], "set", "language")
    for name, talks in _by(now["details"]["recognition"], "set", "language").items():
        olds = {talk["talk"]: talk for talk in old.get(name, ())}
        pairs = [
            (olds[talk["talk"]]["blocks"], talk["blocks"])
            for talk in talks
            if talk["talk"] in olds and olds[talk["talk"]]["said"] == talk["said"]
        ]
        if not pairs:
            continue
        first = [block for pair in pairs for block in pair[0]]
        second = [block for pair in pairs for block in pair[1]]
        changes.append(_change(
            "WER", name, ratio(np.asarray(first)), ratio(np.asarray(second)),
            difference(first, second, ratio, paired=True),
            lower_is_better=True, noise=0.0, on=f"{len(first)} blocks of words",
        ))  # fmt: skip
    return changes


def _translations(before: Report, now: Report) -> list[Change]:
    changes = []
    old = _by(before["details"]["translation"], "set", "source", "target")
    for name, rows in _by(now["details"]["translation"], "set", "source", "target").items():
        olds = {row["recording"]: row for row in old.get(name, ())}
        pairs = [
            (olds[row["recording"]], row)
            for row in rows
            if row["recording"] in olds and olds[row["recording"]]["reference"] == row["reference"]
        ]
        if not pairs:
            continue
        systems: list[tuple[str, Sequence[str]]] = [
            ("before", [first["hypothesis"] for first, _ in pairs]),
            ("now", [second["hypothesis"] for _, second in pairs]),
        ]
        references = [[row["reference"] for _, row in pairs]]
        test = PairedTest(systems, metrics(name[2]), references, test_type="bs", n_samples=SAMPLES)
        results: dict[str, Any] = test()[1]
        for figure, (first, second) in results.items():
            if figure != "System":
                changes.append(_tested(figure, name, first.score, second, len(pairs)))
    return changes


def _tested(figure: str, name: tuple[str, ...], before: float, now: Any, pairs: int) -> Change:
    # sacrebleu gives two systems that are the same the smallest p there is.
    p_value = 1.0 if now.score == before else float(now.p_value)
    apart = pairs > 1 and p_value < SIGNIFICANT
    verdict = ("better" if now.score > before else "worse") if apart else "same"
    return Change(
        figure, " ".join(name), round(before, 2), round(now.score, 2), None,
        round(p_value, 4), verdict, f"{pairs} recordings",
    )  # fmt: skip


def _lags(before: Report, now: Report) -> list[Change]:
    changes = []
    old = _by(before["details"]["latency"], "set", "source", "target")
    for name, rows in _by(now["details"]["latency"], "set", "source", "target").items():
        talks = {row["talk"] for row in rows} & {row["talk"] for row in old.get(name, ())}
        first, second = _lags_of(old.get(name, ()), talks), _lags_of(rows, talks)
        if not first or not second:
            continue
        for share in (50, 95):
            measure = percentile(share)
            changes.append(_change(
                f"lag p{share} s", name, measure(np.asarray(first)), measure(np.asarray(second)),
                difference(first, second, measure, paired=False),
                lower_is_better=True, noise=LAG_NOISE_S,
                on=f"{len(first)} and {len(second)} segments",
            ))  # fmt: skip
        changes.append(_skips(name, old[name], rows, talks))
    return changes


def _skips(
    name: tuple[str, ...], old: Sequence[Any], rows: Sequence[Any], talks: set[str]
) -> Change:
    def skipped(details: Sequence[Any]) -> list[list[float]]:
        return [[float(bool(d["skipped"])), 1.0] for d in details if d["talk"] in talks]

    first, second = skipped(old), skipped(rows)
    return _change(
        "skipped segments", name, ratio(np.asarray(first)), ratio(np.asarray(second)),
        difference(first, second, ratio, paired=False),
        lower_is_better=True, noise=0.0, on=f"{len(first)} and {len(second)} segments",
    )  # fmt: skip


def _lags_of(rows: Sequence[Any], talks: set[str]) -> list[list[float]]:
    return [[r["lag_s"]] for r in rows if r["talk"] in talks and r["lag_s"] is not None]


def _change(
    figure: str,
    name: tuple[str, ...],
    before: float,
    now: float,
    interval: Interval | None,
    *,
    lower_is_better: bool,
    noise: float,
    on: str,
) -> Change:
    verdict = "same"
    if interval is not None:
        if interval[0] > noise:
            verdict = "worse" if lower_is_better else "better"
        elif interval[1] < -noise:
            verdict = "better" if lower_is_better else "worse"
    return Change(
        figure, " ".join(name), round(before, 4), round(now, 4), interval, None, verdict, on
    )


def _by(rows: Sequence[dict[str, Any]], *keys: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def told(changes: Sequence[Change], write: Callable[[str], Any]) -> None:
    """The changes as lines, the worst first."""
    order = {"worse": 0, "better": 1, "same": 2}
    for change in sorted(changes, key=lambda change: order[change.verdict]):
        sure = (
            f"difference {change.interval[0]:+g} to {change.interval[1]:+g}"
            if (change.interval)
            else f"p = {change.p_value}"
            if change.p_value is not None
            else "too few to tell"
        )
        write(
            f"{change.verdict:6}  {change.figure:16}  {change.name:24}"
            f"  {change.before:g} -> {change.now:g}  ({sure}; {change.on})"
        )
