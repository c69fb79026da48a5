"""Sentences and their human translations, where the machine has them."""

from pathlib import Path

import pytest

TEXT = Path(__file__).resolve().parents[2].parent / "shared" / "text"


def parallel(name: str, source: str, target: str) -> list[tuple[str, str]]:
    """`flores`: line by line. Skips the test where the texts are not here."""
    files = [TEXT / name / f"dev.{tag}.txt" for tag in (source, target)]
    if not all(file.exists() for file in files):
        pytest.skip(f"the parallel texts {name} {source}-{target} are not here")
    sides = [file.read_text(encoding="utf-8").splitlines() for file in files]
    return list(zip(*sides, strict=True))
