"""A report against an older one: what became better, what became worse.

A figure is worse where the whole interval of the difference is on the wrong side of nothing (or of
its noise), where there was one and is none now, and where what was measured before was not run.
Loops count one by one: engines decode without lots. What a machine spent is worse only where it is
far off, for machines are never equally busy.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sacrebleu.significance import PairedTest

from translation.evaluation.figures import COMPARED, Compared, Detail, Figure
from translation.evaluation.intervals import SAMPLES, Interval, difference
from translation.evaluation.missing import missing
from translation.evaluation.translations import metrics

SIGNIFICANT = 0.05
FAR_OFF = 2.0
"""Times as much as before."""

COSTS = {
    "CPU s an hour": "cpu_s_per_hour",
    "GPU s an hour": "gpu_s_per_hour",
    "real-time factor": "real_time_factor",
}

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """`verdict`: better, worse, or the same within what chance does. `before` and `now`: None where
    there is none. `on`: what was compared."""

    figure: str
    name: str
    before: float | None
    now: float | None
    verdict: str
    on: str
    interval: Interval | None = None
    p_value: float | None = None


def compare(before: Report, now: Report) -> list[Change]:
    """Of all that `before` holds and `now` was asked for."""
    changes = [
        Change("not run", name, None, None, "worse", what) for name, what in missing(before, now)
    ]
    for table in COMPARED:
        for name, olds, news in _both(before, now, table):
            pairs = list(_same(olds, news, table.identity))
            changes += filter(None, (_change(figure, name, pairs) for figure in table.figures))
            if table.table == "translation":
                changes += _tested(name, pairs)
            if table.table in ("recognition", "captions"):
                changes.append(_loops(name, pairs))
    return [*changes, *_costs(before, now)]


def _both(
    before: Report, now: Report, table: Compared
) -> Iterator[tuple[tuple[str, ...], list[Detail], list[Detail]]]:
    olds = by(before["details"][table.table], *table.keys)
    news = by(now["details"][table.table], *table.keys)
    for name in olds:
        if name in news:
            yield name, olds[name], news[name]


Pair = tuple[list[Detail], list[Detail]]
"""The details of both reports that have the same identity."""


def _same(
    olds: Sequence[Detail], news: Sequence[Detail], identity: Sequence[str]
) -> Iterator[Pair]:
    first, second = by(olds, *identity), by(news, *identity)
    for name in first:
        if name in second:
            yield first[name], second[name]


def _change(figure: Figure, name: tuple[str, ...], pairs: Sequence[Pair]) -> Change | None:
    """None where nothing was measured before."""
    rows = [
        [[row for d in details for row in figure.rows(number, d)] for details in pair]
        for number, pair in enumerate(pairs)
    ]
    were, are = (sum(len(pair[column]) for pair in rows) for column in (0, 1))
    label = " ".join(name)
    if were < figure.fewest:
        return None
    if are < figure.fewest:
        gone = Change(figure.name, label, None, None, "worse", "there is none any more")
        return gone if figure.stays else None
    if figure.paired:
        rows = [pair for pair in rows if len(pair[0]) == len(pair[1])]
    first, second = ([row for pair in rows for row in pair[column]] for column in (0, 1))
    if not first:
        return None
    before, now = (figure.measure(np.asarray(each, float)) for each in (first, second))
    found = difference(first, second, figure.measure, paired=figure.paired)
    counted = str(len(first)) if figure.paired else f"{len(first)} and {len(second)}"
    return Change(
        figure.name, label, round(before, 4), round(now, 4),
        _verdict(found, figure), f"{counted} {figure.of}", interval=found,
    )  # fmt: skip


def _verdict(found: Interval | None, figure: Figure) -> str:
    if found is None or (-figure.noise <= found[1] and found[0] <= figure.noise):
        return "same"
    return "better" if (found[0] > 0) == figure.higher_is_better else "worse"


def _tested(name: tuple[str, ...], pairs: Sequence[Pair]) -> Iterator[Change]:
    """BLEU and chrF, by sacrebleu's paired bootstrap."""
    if not pairs:
        return
    systems: list[tuple[str, Sequence[str]]] = [
        (each, [details[0]["hypothesis"] for details in column])
        for each, column in zip(("before", "now"), zip(*pairs, strict=True), strict=True)
    ]
    references = [[news[0]["reference"] for _, news in pairs]]
    test = PairedTest(systems, metrics(name[2]), references, test_type="bs", n_samples=SAMPLES)
    results: dict[str, Any] = test()[1]
    for figure, (first, second) in results.items():
        if figure == "System":
            continue
        # sacrebleu gives two systems that are the same the smallest p there is.
        p_value = 1.0 if second.score == first.score else float(second.p_value)
        apart = len(pairs) > 1 and p_value < SIGNIFICANT
        verdict = ("better" if second.score > first.score else "worse") if apart else "same"
        yield Change(
            figure, " ".join(name), round(first.score, 2), round(second.score, 2), verdict,
            f"{len(pairs)} recordings", p_value=round(p_value, 4),
        )  # fmt: skip


def _loops(name: tuple[str, ...], pairs: Sequence[Pair]) -> Change:
    first, second = (
        sum(detail["loops"] for details in pairs for detail in details[column]) for column in (0, 1)
    )
    verdict = "worse" if second > first else "better" if second < first else "same"
    return Change("loops", " ".join(name), first, second, verdict, f"{len(pairs)} talks")


def _costs(before: Report, now: Report) -> Iterator[Change]:
    """Of the same floor in the same languages."""
    olds = {(row["set"], row["source"], *row["targets"]): row for row in before["cost"]}
    for row in now["cost"]:
        old = olds.get((row["set"], row["source"], *row["targets"]))
        if old is None:
            continue
        first, second = ({**_spent(each)} for each in (old, row))
        for figure in filter(second.get, first):
            worse = second[figure] > FAR_OFF * first[figure]
            better = first[figure] > FAR_OFF * second[figure]
            yield Change(
                figure, f"{row['set']} {row['source']}", first[figure], second[figure],
                "worse" if worse else "better" if better else "same", "the whole",
            )  # fmt: skip


def _spent(row: dict[str, Any]) -> dict[str, float]:
    spent = {figure: row[field] for figure, field in COSTS.items() if row[field] is not None}
    return spent | {f"{unit} an hour": n for unit, n in row["vendor_units_per_hour"].items()}


def by(rows: Sequence[Detail], *keys: str) -> dict[tuple[str, ...], list[Detail]]:
    groups: dict[tuple[str, ...], list[Detail]] = {}
    for row in rows:
        groups.setdefault(tuple(row.get(key, "") for key in keys), []).append(row)
    return groups


def told(changes: Sequence[Change], write: Callable[[str], Any]) -> None:
    """The changes as lines, the worst first."""
    order = {"worse": 0, "better": 1, "same": 2}
    for change in sorted(changes, key=lambda change: order[change.verdict]):
        write(f"{change.verdict:6}  {change.figure:18}  {change.name:24}  {_figures(change)}")


def _figures(change: Change) -> str:
    if change.before is None:
        return change.on
    sure = (
        f"difference {change.interval[0]:+g} to {change.interval[1]:+g}; "
        if change.interval
        else f"p = {change.p_value}; "
        if change.p_value is not None
        else ""
    )
    now = "none" if change.now is None else f"{change.now:g}"
    return f"{change.before:g} -> {now}  ({sure}{change.on})"
