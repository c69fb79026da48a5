"""Two reports against each other; and a report as tables and as a page."""

import copy
import json
import re
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
    return report(runs, left_out=[], configured={})


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


def test_only_what_both_reports_hold_is_compared(usual: dict[str, Any]) -> None:
    other = copy.deepcopy(usual)
    for rows in other["details"].values():
        for row in rows:
            row["set"] = "others"

    assert compare(usual, other) == []


def test_the_worst_is_told_first(usual: dict[str, Any]) -> None:
    lines: list[str] = []

    told(compare(usual, changed(usual, wrong=6)), lines.append)

    assert lines[0].startswith("worse   WER ")
    figures = r"  0 -> 0\.\d+  \(difference \+0\.\d+ to \+0\.\d+; 6 blocks of words\)"
    assert re.search(figures, lines[0])


def test_a_report_survives_being_written(tmp_path: Path, usual: dict[str, Any]) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(usual))

    assert set(verdicts(read_report(path), usual).values()) == {"same"}


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"version": 0}'])
def test_what_is_no_report_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(BadReport, match=r"report\.json is n.*; (give|evaluate) "):
        read_report(path)


def test_the_tables_hold_the_figures(usual: dict[str, Any]) -> None:
    text = markdown(usual)

    assert "| talks | en | Local 1 | 37 | 0.0% | 0.0 to 0.0 | 0.0% | 0 |" in text
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
