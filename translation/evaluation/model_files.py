"""Which files the engines' models are, by their hashes: figures of two reports compare engines
only where these are the same."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from translation.evaluation.runs import Run

APERTIUM_MODES = Path("/usr/share/apertium/modes")


def models(runs: Sequence[Run], own_files: Mapping[str, Sequence[Path]]) -> list[dict[str, Any]]:
    """`[{"model", "files", "bytes", "sha256"}]` of the engines that served. `own_files`: how the
    label of an engine with a model of its own begins -> its model's files and folders."""
    made_by = {label for run in runs for target in run.rendered for label in _served(run, target)}
    embedded: dict[str, Callable[[], Iterable[Path]]] = {
        "Silero": lambda: _package_files("faster_whisper", "assets"),
        "PocketSphinx": lambda: _package_files("pocketsphinx", "model"),
        "Apertium": lambda: _apertium_files(made_by),
        "eSpeak NG": _espeak_files,
    }
    rows = [
        _hashed(name, sorted(files()))
        for name, files in embedded.items()
        if name == "Silero" or any(label.startswith(name) for label in made_by)
    ]
    rows += [
        _hashed(name, sorted(file for path in paths for file in _files_in(path)))
        for name, paths in sorted(own_files.items())
        if any(label.startswith(name) for label in made_by)
    ]
    return [row for row in rows if row["files"]]


def _served(run: Run, target: str) -> set[str]:
    return {*run.recognised_by, *run.translated_by(target), *run.spoken_by(target)}


def _hashed(model: str, files: Sequence[Path]) -> dict[str, Any]:
    """One hash of all: of each file's name and content, in order."""
    whole = hashlib.sha256()
    common = Path(os.path.commonpath(files)) if files else Path()
    for path in files:
        whole.update(str(path.relative_to(common)).encode() + b"\0")
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return {
        "model": model,
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "sha256": whole.hexdigest() if files else "",
    }


def _files_in(path: Path) -> list[Path]:
    """Without hidden ones: what a download leaves behind is no model."""
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(path).parts)
    )


def _package_files(package: str, folder: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return []
    return [f for f in _files_in(Path(spec.origin).parent / folder) if f.suffix != ".py"]


def _apertium_files(made_by: Iterable[str]) -> set[Path]:
    """What the pipelines of these ways read: `Apertium 3.8.3 (eng-spa, es-fr)`."""
    found: set[Path] = set()
    for mode in {mode for made in made_by for mode in re.findall(r"[a-zA-Z_]+-[a-zA-Z_]+", made)}:
        path = APERTIUM_MODES / f"{mode}.mode"
        if path.is_file():
            named = re.findall(r"/[^\s'\"]+", path.read_text())
            found |= {Path(name) for name in named if Path(name).is_file()}
    return found


def _espeak_files() -> list[Path]:
    program = shutil.which("espeak-ng")
    if program is None:
        return []
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    folder = re.search(r"Data at: (.+)", said.stdout)
    return _files_in(Path(folder[1].strip())) if folder else []
