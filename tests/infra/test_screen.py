import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from honcho.printer import Message

from infra.run.screen import BURST_LINES, Allowance, Screen, readable


def structured(level: str) -> str:
    return json.dumps({"event": "Redis is gone", "level": level, "logger": "jobs"})


def said(text: str, part: str = "web") -> Message:
    return Message("line", text.encode(), datetime.now(UTC), part, None)


def test_readable_tells_warnings_in_words() -> None:
    assert readable(structured("warning")) == "warning: Redis is gone (jobs)"


def test_readable_leaves_out_information() -> None:
    assert readable(structured("info")) == ""


@pytest.mark.parametrize("line", ["WARN rtc: late", "{error", '["error"]', '"error"', "Error: 17"])
def test_readable_leaves_other_lines_that_tell_of_trouble_as_they_are(line: str) -> None:
    assert readable(line) == line


@pytest.mark.parametrize("line", ["", "ready", "{}", "17", "SecurityWarning: you are root"])
def test_readable_leaves_out_other_lines(line: str) -> None:
    assert readable(line) == ""


def test_an_allowance_refills_slowly_and_counts_what_it_withholds() -> None:
    allowance = Allowance()
    assert [allowance.allows(100.0) for _ in range(BURST_LINES + 2)].count(True) == BURST_LINES
    assert allowance.withheld == 2
    assert not allowance.allows(101.0)
    assert allowance.allows(103.0)


def test_a_flood_goes_to_the_file_and_only_its_beginning_to_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Screen(tmp_path)) as screen:
        screen.output = None  # print() then finds the captured standard output
        for number in range(100):
            screen.write(said(f"error {number}\n"))
    assert len(capsys.readouterr().out.splitlines()) == BURST_LINES
    assert len(screen.log_of("web").read_text().splitlines()) == 100


def test_the_last_run_s_log_is_kept_once(tmp_path: Path) -> None:
    for word in ("first", "second", "third"):
        with closing(Screen(tmp_path)) as screen:
            screen.write(said(f"{word}\n"))
    assert (tmp_path / "web.log").read_text() == "third\n"
    assert (tmp_path / "web.log.old").read_text() == "second\n"
