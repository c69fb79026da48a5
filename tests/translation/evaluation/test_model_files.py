"""Which models a report was made with."""

from pathlib import Path
from typing import Any

import pytest

from tests.translation.evaluation.a_run import a_run, recording
from translation.evaluation.model_files import models

RUN = a_run(
    recording("we have seen it"), segments=[("we have", 0, 2)],
    recognised_by="Whisper tiny 1.1", translated_by="M2M100 (CTranslate2) m2m100",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.bin").write_bytes(b"weights")
    (tmp_path / "model" / "config.json").write_text("{}")
    return tmp_path / "model"


def row(folder: Path) -> dict[str, Any]:
    return next(row for row in models([RUN], {"Whisper tiny": [folder]}) if "tiny" in row["model"])


def test_a_model_is_hashed_with_all_its_files(folder: Path) -> None:
    before = row(folder)
    assert (before["model"], before["files"], before["bytes"]) == ("Whisper tiny", 2, 9)

    (folder / "model.bin").write_bytes(b"Weights")

    assert row(folder)["sha256"] != before["sha256"]


def test_what_a_download_leaves_behind_changes_nothing(folder: Path) -> None:
    before = row(folder)

    (folder / ".fetched").write_text("today")
    (folder / ".cache" / "huggingface").mkdir(parents=True)
    (folder / ".cache" / "huggingface" / "lock").write_text("")

    assert row(folder) == before


def test_only_who_served_is_told(folder: Path) -> None:
    names = ("Whisper tiny", "Whisper large", "M2M100 (CTranslate2) m")
    files = {name: [folder] for name in names}

    assert [row["model"] for row in models([RUN], files)] == [
        "Silero", "M2M100 (CTranslate2) m", "Whisper tiny",
    ]  # fmt: skip
