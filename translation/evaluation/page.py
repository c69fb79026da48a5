"""The report as one HTML page that needs nothing but itself: tables, lag over time, words
against time."""

from collections.abc import Sequence
from html import escape
from typing import Any

from translation.evaluation.charts import Series, chart
from translation.evaluation.tables import Table, tables

BETWEEN_S = 2.0
"""Talks of a set are drawn one after another, so far apart."""

Report = dict[str, Any]

STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1f; --back: #fff; --faint: #d8d8dc; --soft: #5c5c66;
  --c0: #555; --c1: #0072b2; --c2: #c8500a; --c3: #00805f; --c4: #a0378f; --c5: #8a6d00;
  --c6: #2b5fd9; --c7: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --back: #17171a; --faint: #3a3a42;
  --soft: #a5a5b0; --c0: #b8b8c0; --c1: #56b4e9; --c2: #f0955a; --c3: #4cc9a0; --c4: #dd8fcf;
  --c5: #e0c04a; --c6: #8fb0ff; --c7: #ff8a80; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back);
  max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--faint);
  vertical-align: top; font-variant-numeric: tabular-nums; }
p.note, p.made { color: var(--soft); font-size: .875rem; max-width: 60rem; overflow-wrap: anywhere; }
.charts { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
figure { margin: 0; } svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: var(--soft); }
.grid { stroke: var(--faint); } .legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none;
  padding: 0; margin: .25rem 0 0; font-size: .875rem; }
.legend span { display: inline-block; width: .75rem; height: .75rem; border-radius: 50%;
  margin-inline-end: .4rem; }
"""  # noqa: E501 - a style sheet


def page(report: Report) -> str:
    shown = tables(report)
    first, rest = shown[:3], shown[3:]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation</title><style>{STYLE}</style></head><body><main><h1>Evaluation</h1>"
        f'<p class="made">{escape(_made_with(report))}</p>'
        f"{''.join(map(_table, first))}<h2>Over time</h2>{_charts(report)}"
        f"{''.join(map(_table, rest))}</main></body></html>\n"
    )


def _made_with(report: Report) -> str:
    return "Scored with " + ", ".join(f"{n} {v}" for n, v in report["scorers"].items()) + "."


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return (
        f'<h2>{escape(table.title)}</h2><div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _charts(report: Report) -> str:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for detail in report["details"]["latency"]:
        groups.setdefault((detail["set"], detail["source"]), []).append(detail)
    return "".join(
        f'<h3>{escape(set_)}, {escape(source)}</h3><div class="charts">'
        f"<figure>{_lags(set_, source, rows, offsets)}</figure>"
        f"<figure>{_words(set_, source, rows, offsets)}</figure></div>"
        for (set_, source), rows in groups.items()
        for offsets in [_offsets(report, set_, source)]
    )


def _offsets(report: Report, set_: str, source: str) -> dict[str, float]:
    """Talk -> where it is drawn."""
    offsets, at_s = {}, 0.0
    for talk in report["details"]["recognition"]:
        if (talk["set"], talk["language"]) == (set_, source):
            offsets[talk["talk"]] = at_s
            at_s += talk["duration_s"] + BETWEEN_S
    return offsets


def _lags(set_: str, source: str, rows: Sequence[dict[str, Any]], offsets: dict[str, float]) -> str:
    series = [
        Series(
            f"{target} captions" if target == source else target,
            number,
            [
                (offsets[row["talk"]] + row["floor_end_s"], row["lag_s"])
                for row in mine if row["lag_s"] is not None
            ],
        )
        for number, (target, mine) in enumerate(_by_target(rows).items())
    ]  # fmt: skip
    return chart(series, title=f"Lag over time, {set_}, {source}", x="floor, s", y="lag, s")


def _words(
    set_: str, source: str, rows: Sequence[dict[str, Any]], offsets: dict[str, float]
) -> str:
    """How many of the floor's words had been said, captioned, spoken at a moment."""
    series = []
    for number, (target, mine) in enumerate(_by_target(rows).items()):
        if target == source:
            said = _growing([(offsets[r["talk"]] + r["floor_end_s"], r["words"]) for r in mine])
            series.append(Series("said", number, said, steps=True))
            continue
        spoken = [
            (offsets[row["talk"]] + row["ended_s"], row["words"])
            for row in mine if row["ended_s"] is not None
        ]  # fmt: skip
        series.append(Series(f"spoken in {target}", number, _growing(spoken), steps=True))
    return chart(
        series, title=f"Words against time, {set_}, {source}", x="time, s", y="words of the floor"
    )


def _growing(steps: Sequence[tuple[float, int]]) -> list[tuple[float, float]]:
    points, words = [(0.0, 0.0)], 0
    for at_s, count in steps:
        words += count
        points.append((at_s, float(words)))
    return points


def _by_target(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    targets: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        targets.setdefault(row["target"], []).append(row)
    return targets
