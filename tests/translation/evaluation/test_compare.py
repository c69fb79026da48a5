"""Two reports against each other; and a report as tables and as a page."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import strip_tags

from tests.translation.evaluation.a_run import a_run, recording
from translation.evaluation.compare import compare, told
from translation.evaluation.page import page
from translation.evaluation.report import BadReport, read_report, report
from translation.evaluation.tables import markdown

pytestmark = pytest.mark.slow

SENTENCES = [
    ("we have seen a change of scale", "hemos visto un cambio de escala"),
    ("nobody knows where it comes from", "nadie sabe de dónde viene"),
    ("the hall was full of people", "la sala estaba llena de gente"),
    ("she spoke for more than an hour", "habló durante más de una hora"),
    ("everybody went home happy", "todos se fueron contentos a casa"),
    ("the next day it began to rain", "al día siguiente empezó a llover"),
]


@pytest.fixture(scope="module")
def usual() -> dict[str, Any]:
    """A report of six recordings, all understood."""
    runs = []
    for number, (said, spanish) in enumerate(SENTENCES):
        words = said.split()
        run = a_run(
            recording(said, name=f"talks/{number}.wav", references={"es": spanish}),
            segments=[(" ".join(words[:3]), 0, 2), (" ".join(words[3:]), 2, 5)],
            spanish=[spanish, ""],
            late_s=1 + number / 100,
        )
        runs.append(run)
    return report(runs, left_out=[], own_files={})


def changed(
    usual: dict[str, Any], *, wrong: int = 0, later_s: float = 0, garbled: int = 0
) -> dict[str, Any]:
    """The same, with three more errors in `wrong` recordings, `garbled` translations."""
    other = copy.deepcopy(usual)
    for detail in other["details"]["recognition"][:wrong]:
        detail["blocks"][0][0] += 3
    for detail in other["details"]["translation"][:garbled]:
        detail["hypothesis"] = " ".join(reversed(detail["hypothesis"].upper()))
    for detail in other["details"]["latency"]:
        detail["lag_s"] += later_s
    return other


def verdicts(before: dict[str, Any], now: dict[str, Any]) -> dict[str, str]:
    return {change.figure: change.verdict for change in compare(before, now)}


def test_the_same_report_is_the_same(usual: dict[str, Any]) -> None:
    assert set(verdicts(usual, copy.deepcopy(usual)).values()) == {"same"}


def test_more_word_errors_are_worse_and_fewer_better(usual: dict[str, Any]) -> None:
    bad = changed(usual, wrong=6)

    assert verdicts(usual, bad)["WER"] == "worse"
    assert verdicts(bad, usual)["WER"] == "better"


def test_one_bad_recording_of_six_may_be_chance(usual: dict[str, Any]) -> None:
    assert verdicts(usual, changed(usual, wrong=1))["WER"] == "same"


def test_worse_translations_are_found_by_sacrebleu(usual: dict[str, Any]) -> None:
    bad = changed(usual, garbled=5)

    assert {verdicts(usual, bad)[name] for name in ("BLEU", "chrF2")} == {"worse"}
    assert {verdicts(bad, usual)[name] for name in ("BLEU", "chrF2")} == {"better"}


def test_a_lag_is_worse_beyond_what_machines_vary(usual: dict[str, Any]) -> None:
    assert verdicts(usual, changed(usual, later_s=0.1))["lag p50 s"] == "same"
    assert verdicts(usual, changed(usual, later_s=1.0))["lag p50 s"] == "worse"


def test_when_all_is_skipped_it_is_worse(usual: dict[str, Any]) -> None:
    other = copy.deepcopy(usual)
    for detail in other["details"]["latency"]:
        if detail["target"] == "es":
            detail |= {"lag_s": None, "ear_voice_span_s": None, "skipped": "behind"}

    worse = {(c.figure, c.now) for c in compare(usual, other) if c.verdict == "worse"}

    assert worse == {
        ("skipped segments", 1.0), ("lag p50 s", None), ("lag p95 s", None),
        ("ear-voice span p50 s", None), ("ear-voice span p95 s", None),
    }  # fmt: skip


def without(report: dict[str, Any], **fields: str) -> dict[str, Any]:
    """The report less the rows and details that have these values."""

    def kept(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if any(row.get(k) != v for k, v in fields.items())]

    other = copy.deepcopy(report)
    other["details"] = {table: kept(rows) for table, rows in other["details"].items()}
    for table in ("recognition", "translation", "latency", "captions", "cost"):
        other[table] = kept(other[table])
    return other


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ({"set": "talks"}, ("talks en", "nothing of it is in the new report")),
        ({"target": "es"}, ("talks en es", "nothing of it is in the new report")),
        ({"talk": "talks/0.wav"}, ("talks en", "without talks/0.wav")),
    ],
)
def test_what_was_not_run_is_worse(
    usual: dict[str, Any], gone: dict[str, str], told: tuple[str, str]
) -> None:
    changes = compare(usual, without(usual, **gone))

    assert [(c.name, c.on) for c in changes if c.figure == "not run"] == [told]
    assert changes[0].verdict == "worse"
    assert "not run" not in verdicts(without(usual, **gone), usual)


@pytest.mark.parametrize(
    ("gone", "asked"),
    [
        ({"set": "talks"}, {"sets": ["others"]}),
        ({"set": "talks"}, {"sources": ["de"]}),
        ({"target": "es"}, {"targets": ["fr"]}),
        ({"talk": "talks/0.wav"}, {"limit": 5}),
    ],
)
def test_what_was_not_asked_for_is_not_missed(
    usual: dict[str, Any], gone: dict[str, str], asked: dict[str, Any]
) -> None:
    now = without(usual, **gone)
    now["asked"] |= asked

    assert "worse" not in verdicts(usual, now).values()


def set_all(table: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    def change(report: dict[str, Any]) -> None:
        for detail in report["details"][table]:
            detail |= values

    return change


def later(field: str, table: str, by_s: float) -> Callable[[dict[str, Any]], None]:
    def change(report: dict[str, Any]) -> None:
        for detail in report["details"][table]:
            if detail[field] is not None:
                detail[field] += by_s

    return change


def long_talks(growing_s: float) -> Callable[[dict[str, Any]], None]:
    """Lags that grow by so many seconds with each second of a talk."""

    def change(report: dict[str, Any]) -> None:
        for detail in report["details"]["latency"]:
            detail["talk_s"] = 120.0
            if detail["lag_s"] is not None:
                detail["lag_s"] += growing_s * detail["floor_end_s"]

    return change


def costing(times: float) -> Callable[[dict[str, Any]], None]:
    def change(report: dict[str, Any]) -> None:
        (row,) = report["cost"]
        row["vendor_units_per_hour"] = {"tokens": 100 * times}
        row["cpu_s_per_hour"] = 1000 * times

    return change


@pytest.mark.parametrize(
    ("figure", "usually", "slightly", "much"),
    [
        ("CER", *[set_all("recognition", character_blocks=b) for b in ([[1, 30]] * 9,) * 2],
         set_all("recognition", character_blocks=[[9, 30]] * 9)),
        ("ear-voice span p95 s", *[later("ear_voice_span_s", "latency", s) for s in (0, 0.1, 1)]),
        ("StreamLAAL s", *[later("stream_laal_s", "streaming", s) for s in (0, 0.1, 1)]),
        ("LongYAAL s", *[later("long_yaal_s", "streaming", s) for s in (0, 0.1, 1)]),
        ("drift s a minute", *[long_talks(s) for s in (0, 0.001, 0.05)]),
        ("erasure", *[set_all("captions", erasure=[[n, 20]] * 9) for n in (4, 5, 12)]),
        ("loops", *[set_all("recognition", loops=n) for n in (0, 0, 1)]),
        ("terms kept", *[set_all("captions", terms=[[n, 4]] * 9) for n in (4, 4, 1)]),
        ("COMET", *[set_all("translation", comet=c, comet_model="m") for c in (0.8, 0.8, 0.5)]),
        ("CPU s an hour", *[costing(times) for times in (1, 1.5, 3)]),
        ("tokens an hour", *[costing(times) for times in (1, 1.5, 3)]),
    ],
)  # fmt: skip
def test_every_figure_is_compared(
    usual: dict[str, Any],
    figure: str,
    usually: Callable[[dict[str, Any]], None],
    slightly: Callable[[dict[str, Any]], None],
    much: Callable[[dict[str, Any]], None],
) -> None:
    before, near, far = (copy.deepcopy(usual) for _ in range(3))
    usually(before)
    slightly(near)
    much(far)

    def verdict(first: dict[str, Any], second: dict[str, Any]) -> set[str]:
        return {c.verdict for c in compare(first, second) if c.figure == figure}

    assert verdict(before, near) == {"same"}
    assert "worse" in verdict(before, far) <= {"worse", "same"}
    assert "better" in verdict(far, before) <= {"better", "same"}


def test_the_worst_is_told_first(usual: dict[str, Any]) -> None:
    lines: list[str] = []
    now = without(changed(usual, wrong=6), target="es")

    told(compare(usual, now), lines.append)

    missing = r"worse +not run +talks en es +nothing of it is in the new report"
    assert re.fullmatch(missing, lines[0])
    assert lines[1].startswith("worse   WER ")
    figures = r"  0 -> 0\.\d+  \(difference \+0\.\d+ to \+0\.\d+; 6 blocks of words\)"
    assert re.search(figures, lines[1])


def test_a_report_survives_being_written(tmp_path: Path, usual: dict[str, Any]) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(usual))

    assert set(verdicts(read_report(path), usual).values()) == {"same"}


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"version": 1}'])
def test_what_is_no_report_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(BadReport, match=r"report\.json is n.*; (give|make) "):
        read_report(path)


def test_the_tables_hold_the_figures(usual: dict[str, Any]) -> None:
    text = markdown(usual)

    assert "| talks | en | Local 1 | 0 | 37 | 0.0% | 0.0 to 0.0 | 0.0% | 0 |" in text
    assert "| talks | en-es | Local 1 | 6 | 100.0 | " in text
    assert usual["translation"][0]["bleu_signature"] in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in lines)


def test_the_page_needs_nothing_but_itself(usual: dict[str, Any]) -> None:
    html = page(usual)

    assert not re.search(r"(src|href)=|url\(|@import|<script", html)
    assert html.count("<svg") == html.count("</svg>") == 2
    assert html.count("<circle") == len(usual["details"]["latency"])
    assert "nan" not in html.lower().replace("finance", "")
    assert "Lag over time, talks, en" in html
    assert "spoken in es" in strip_tags(html)
