"""Models: listed with what they cost, fetched only when asked for."""

import os
import subprocess
import sys
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from interpret.env import ROOT, env
from interpret.management.commands.models import TABLE
from interpret.readme import README
from translation.engines.models import MODELS, model, table
from translation.errors import EngineMissing

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MODELS_FOLDER", str(tmp_path))
    env.cache_clear()


def test_the_readme_is_up_to_date() -> None:
    assert README.read_text(encoding="utf-8") == TABLE.written()


def test_only_what_stands_between_the_marks_is_written(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{TABLE.begin}\nold\n{TABLE.end}\nafter\n")
    assert TABLE.written(readme) == f"before\n{TABLE.begin}\n\n{table()}\n\n{TABLE.end}\nafter\n"
    readme.write_text("no marks")
    with pytest.raises(SystemExit, match="has no place for the table"):
        TABLE.written(readme)


def test_what_lies_here_is_told_from_what_is_missing(tmp_path: Path) -> None:
    here = tmp_path / "whisper-tiny"
    here.mkdir()
    for name in ("config.json", "model.bin", "tokenizer.json"):
        (here / name).touch()
    said = StringIO()

    call_command("models", stdout=said)

    lines = said.getvalue().splitlines()
    assert [line for line in lines if line.startswith("here")] == [
        "here     whisper-tiny                 recognition    78 MB  MIT; 2 cores, 0.5 GB"
    ]
    assert sum(line.startswith("missing") for line in lines) == len(MODELS) - 1


def test_an_unknown_model_lists_the_known_ones() -> None:
    with pytest.raises(EngineMissing, match=r"“whisper-9” .* whisper-tiny, whisper-base"):
        model("whisper-9")


def test_a_licence_against_commerce_is_minded() -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("models", fetch="nllb-200-distilled-600M", stderr=said)
    assert "COMMERCIAL_USE=false" in said.getvalue()


def test_without_a_network_it_says_how_else_the_model_gets_here(tmp_path: Path) -> None:
    nowhere = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9", "MODELS_FOLDER": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "models", "--fetch", "whisper-tiny"],
        cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "Systran/faster-whisper-tiny cannot be fetched" in done.stderr
    assert f"put them into {tmp_path / 'whisper-tiny'}" in done.stderr


def test_every_model_names_its_files_licence_and_needs() -> None:
    for each in MODELS.values():
        assert each.files
        assert each.licence
        assert each.needs
        assert each.size_mb > 10


NLLB = ["config.json", "generation_config.json", "sentencepiece.bpe.model", "tokenizer.json",
        "special_tokens_map.json", "tokenizer_config.json"]  # fmt: skip
PUBLISHED = {
    "nllb-200-distilled-600M": [*NLLB, "pytorch_model.bin"],
    "nllb-200-distilled-1.3B": [*NLLB, "pytorch_model.bin"],
    "nllb-200-3.3B": [*NLLB, "pytorch_model-00001-of-00003.bin", "pytorch_model.bin.index.json"],
    "m2m100_418M": ["config.json", "vocab.json", "sentencepiece.bpe.model", "pytorch_model.bin"],
    "madlad400-3b-mt": ["config.json", "tokenizer.json", "spiece.model", "model.safetensors"],
    "opus-mt-en-es": ["config.json", "vocab.json", "source.spm", "target.spm", "pytorch_model.bin"],
}
"""What lies on the Hub, as far as it is needed."""


@pytest.mark.parametrize("name", [each.name for each in MODELS.values() if each.tokenizer])
def test_a_translation_model_is_whole_with_what_its_publisher_has(
    tmp_path: Path, name: str
) -> None:
    wanted, folder = model(name), tmp_path / name
    folder.mkdir()
    for file in PUBLISHED[name]:
        if any(fnmatch(file, pattern) for pattern in wanted.files):
            (folder / file).touch()

    assert wanted.present(tmp_path)
    assert all((folder / each).exists() for each in wanted.tokenizer)
    said = StringIO()
    call_command("models", conversion=name, stdout=said)
    assert said.getvalue().startswith(f"ct2-transformers-converter --model {folder} ")


def test_what_is_not_here_cannot_be_converted() -> None:
    for name, why in (("m2m100_418M", "FETCH=m2m100_418M"), ("whisper-tiny", "no conversion")):
        said = StringIO()
        with pytest.raises(SystemExit):
            call_command("models", conversion=name, stderr=said)
        assert why in said.getvalue()
