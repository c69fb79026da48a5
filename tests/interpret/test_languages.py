"""The table of languages: in the README, and as they are served here."""

import asyncio
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from interpret import wiring
from interpret.asgi import application
from interpret.engine_table import rows
from interpret.env import env
from interpret.management.commands.languages import TABLE
from interpret.readme import README
from translation.language_table import published
from translation.languages import LANGUAGES


def _forget() -> None:
    env.cache_clear()
    wiring.forget()


@pytest.fixture(autouse=True)
def _own_engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """By the settings' defaults, whatever stands in this machine's `.env`."""
    for slot, engine in (("RECOGNITION", "pocketsphinx"), ("SPEECH", "espeak-ng")):
        monkeypatch.setenv(f"{slot}_ENGINE", engine)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def test_the_readme_is_up_to_date() -> None:
    assert README.read_text(encoding="utf-8") == TABLE.written()


def test_every_language_has_a_line_with_its_own_name() -> None:
    lines = published().splitlines()
    assert len(lines) == len(LANGUAGES) + 2
    assert any(line.startswith("| `ur` | اردو · Urdu |") for line in lines)


def test_the_table_says_which_language_does_not_go_all_the_way() -> None:
    rows = [line.split(" | ") for line in published().splitlines()[2:]]
    assert {row[0].strip("| `"): row[2] for row in rows if row[2] != "✓"} == {
        "so": "refused: no voice"
    }


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
    _forget()
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
    table, notes = out.getvalue().split("\n[1] ")
    assert len(table.splitlines()) == len(LANGUAGES) + 1
    assert "TRANSLATION_MODEL is not set" in notes


def test_whisper_serves_nobody_where_it_has_no_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECOGNITION_ENGINE", "whisper,pocketsphinx")
    monkeypatch.setenv("MODELS_FOLDER", str(tmp_path))
    _forget()
    served = {row.tag: row.recognised for row in rows("en")}

    assert served["en"].engine == "pocketsphinx"
    assert "not a Whisper model" in served["en"].why_not
    assert served["es"].engine == ""


async def test_the_web_process_says_at_its_start_who_serves_whom(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = asyncio.Queue[dict[str, str]]()
    told = asyncio.Queue[dict[str, str]]()
    asked.put_nowait({"type": "lifespan.startup"})
    with caplog.at_level(logging.INFO, "interpret.engine_table"):
        running = asyncio.create_task(application({"type": "lifespan"}, asked.get, told.put))
        assert await told.get() == {"type": "lifespan.startup.complete"}
        asked.put_nowait({"type": "lifespan.shutdown"})
        assert await told.get() == {"type": "lifespan.shutdown.complete"}
        await running

    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "Engines of this install, by language, for a floor in “en”:"
    assert said[1].split() == ["recognised", "by", "translated", "by", "spoken", "by"]
    assert said[2].split() == ["en", "pocketsphinx", "the", "original", "espeak-ng"]
    assert [line.split()[0] for line in said[2 : 2 + len(LANGUAGES)]] == list(LANGUAGES)
    assert "[1] not by pocketsphinx" in said
