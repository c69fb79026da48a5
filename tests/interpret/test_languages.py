"""The table of languages: in the README, and as they are served here."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from interpret import wiring
from interpret.env import env
from interpret.management.commands.languages import TABLE, rows
from interpret.readme import README
from translation.language_table import published
from translation.languages import LANGUAGES


@pytest.fixture(autouse=True)
def _own_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the settings' defaults, whatever stands in this machine's `.env`."""
    for slot, engine in (("RECOGNITION", "pocketsphinx"), ("SPEECH", "espeak-ng")):
        monkeypatch.setenv(f"{slot}_ENGINE", engine)
    env.cache_clear()
    wiring.engine_choice.cache_clear()


def test_the_readme_is_up_to_date() -> None:
    assert README.read_text(encoding="utf-8") == TABLE.written()


def test_every_language_has_a_line_with_its_own_name() -> None:
    lines = published().splitlines()
    assert len(lines) == len(LANGUAGES) + 2
    assert any(line.startswith("| `ur` | اردو · Urdu |") for line in lines)


def test_only_what_stands_between_the_marks_is_written(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{TABLE.begin}\nold\n{TABLE.end}\nafter\n")
    assert (
        TABLE.written(readme) == f"before\n{TABLE.begin}\n\n{published()}\n\n{TABLE.end}\nafter\n"
    )
    readme.write_text("no marks")
    with pytest.raises(SystemExit, match="has no place for the table"):
        TABLE.written(readme)


@pytest.mark.programs
def test_who_serves_a_language_here_is_told_and_why_nobody_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRANSLATION_ENGINE", "ctranslate2,apertium")
    env.cache_clear()
    wiring.engine_choice.cache_clear()
    served = {row.tag: row for row in rows("en")}

    assert served["es"].translated.engine == "apertium"
    assert served["es"].recognised.why_not == "not by pocketsphinx"
    assert served["es"].heard
    assert served["ja"].translated.engine == ""
    assert "TRANSLATION_MODEL is not set" in served["ja"].translated.why_not
    assert "not by apertium" in served["ja"].translated.why_not
    assert not served["ja"].heard
    out = StringIO()
    call_command("languages", stdout=out)
    assert len(out.getvalue().splitlines()) == len(LANGUAGES) + 1
    env.cache_clear()
    wiring.engine_choice.cache_clear()
