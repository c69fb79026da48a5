"""Which Whisper model a folder holds, and what it understands; loads no weights."""

import json
from functools import lru_cache
from pathlib import Path

from translation.errors import EngineMissing
from translation.languages import LANGUAGES


def require_files(folder: Path) -> None:
    """Raises `EngineMissing`."""
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise EngineMissing(
                f"{folder} holds no {name}: not a Whisper model for CTranslate2; `make models`"
                " lists the models and fetches one"
            )
    bands = folder / "preprocessor_config.json"
    if _as_large_v3(folder) and not bands.is_file():
        raise EngineMissing(
            f"{folder} holds no {bands.name}, without which large-v3 hears nothing right; fetch"
            " the model anew"
        )


def _as_large_v3(folder: Path) -> bool:
    """It looks at 128 bands of sound where older models look at 80; they do not know Cantonese."""
    return "<|yue|>" in _vocabulary(folder)


@lru_cache(maxsize=8)
def languages(folder: Path) -> frozenset[str]:
    """The tags of what the model understands: English alone, or what it has tokens for (large-v3
    alone knows Cantonese). Raises `EngineMissing`."""
    require_files(folder)
    tokens = _vocabulary(folder)
    codes = {one.whisper for one in LANGUAGES.values()} if "" in tokens else {"en"}
    known = {code for code in codes if f"<|{code}|>" in tokens}
    return frozenset(tag for tag, one in LANGUAGES.items() if one.whisper in known)


@lru_cache(maxsize=8)
def _vocabulary(folder: Path) -> frozenset[str]:
    """The empty token is how CTranslate2 tells a multilingual model."""
    listed, lines = folder / "vocabulary.json", folder / "vocabulary.txt"
    if listed.is_file():
        return frozenset(json.loads(listed.read_text(encoding="utf-8")))
    if lines.is_file():
        return frozenset(lines.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    raise EngineMissing(f"{folder} holds no vocabulary.json; fetch the model anew")
