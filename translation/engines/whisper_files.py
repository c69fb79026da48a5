"""Whether a folder holds a Whisper model; loads nothing."""

from pathlib import Path

from translation.errors import EngineMissing


def require_files(folder: Path) -> None:
    """Raises `EngineMissing`."""
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise EngineMissing(
                f"{folder} holds no {name}: not a Whisper model for CTranslate2; `make models`"
                " lists the models and fetches one"
            )
