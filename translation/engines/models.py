"""Models that can be fetched: how large they are, under which licence, what they need. Nothing is
fetched unless somebody asks for it by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from translation.errors import EngineMissing

ANY_USE, NO_COMMERCE = "yes", "no"


@dataclass(frozen=True, slots=True)
class Model:
    """`repository`, `files`: on the Hugging Face Hub, by patterns. `size_mb`: to download.
    `folder`: under the folder of models. `commercial`: whether who earns money may use it."""

    name: str
    slot: str
    engine: str
    repository: str
    size_mb: int
    licence: str
    needs: str
    folder: str
    files: tuple[str, ...] = ()
    commercial: bool = True

    def present(self, models: Path) -> bool:
        """Whether it lies there whole, as far as names tell."""
        folder = models / self.folder
        wanted = [pattern for pattern in self.files if not pattern.startswith("vocabulary")]
        return folder.is_dir() and all(any(folder.glob(Path(each).name)) for each in wanted)


CT2_FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.*")


def _whisper(name: str, repository: str, size_mb: int, needs: str) -> Model:
    files = (*CT2_FILES, "preprocessor_config.json") if "large-v3" in name else CT2_FILES
    return Model(
        f"whisper-{name}", "recognition", "whisper", repository, size_mb, "MIT", needs,
        f"whisper-{name}", files,
    )  # fmt: skip


def _translation(
    name: str, repository: str, size_mb: int, licence: str, needs: str, *, commercial: bool = True
) -> Model:
    files = ("*.json", "*.model", "*.spm", "pytorch_model.bin")
    return Model(
        name, "translation", "transformers", repository, size_mb, licence, needs, name, files,
        commercial,
    )  # fmt: skip


def _voice(name: str, path: str, licence: str) -> Model:
    return Model(
        f"piper-{name}", "speech", "piper", "rhasspy/piper-voices", 63, licence,
        "1 core, 0.2 GB", "piper", (f"{path}/{name}.onnx", f"{path}/{name}.onnx.json"),
    )  # fmt: skip


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        _whisper("tiny", "Systran/faster-whisper-tiny", 78, "2 cores, 0.5 GB"),
        _whisper("base", "Systran/faster-whisper-base", 148, "4 cores, 0.7 GB"),
        _whisper("small", "Systran/faster-whisper-small", 486, "8 cores, 1.2 GB; or a GPU of 2 GB"),
        _whisper("medium", "Systran/faster-whisper-medium", 1530, "a GPU of 4 GB"),
        _whisper(
            "large-v3-turbo", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1620,
            "a GPU of 4 GB",
        ),
        _whisper("large-v3", "Systran/faster-whisper-large-v3", 3090, "a GPU of 6 GB"),
        _translation(
            "nllb-200-distilled-600M", "facebook/nllb-200-distilled-600M", 2480, "CC-BY-NC-4.0",
            "4 cores, 3 GB; or a GPU of 3 GB", commercial=False,
        ),
        _translation(
            "m2m100_418M", "facebook/m2m100_418M", 1940, "MIT", "4 cores, 2.5 GB; or a GPU of 3 GB"
        ),
        _translation(
            "opus-mt-en-es", "Helsinki-NLP/opus-mt-en-es", 312, "Apache-2.0", "2 cores, 0.6 GB"
        ),
        _voice("en_GB-alba-medium", "en/en_GB/alba/medium", "CC-BY-4.0"),
        _voice("es_ES-davefx-medium", "es/es_ES/davefx/medium", "public domain"),
        _voice("fr_FR-siwis-medium", "fr/fr_FR/siwis/medium", "CC-BY-4.0"),
        _voice("de_DE-thorsten-medium", "de/de_DE/thorsten/medium", "CC0"),
    )
}  # fmt: skip
"""Sizes and licences as their publishers state them; what they need is an estimate."""


def model(name: str) -> Model:
    try:
        return MODELS[name]
    except KeyError:
        known = ", ".join(MODELS)
        raise EngineMissing(f"“{name}” is no model that can be fetched; known: {known}") from None


def fetch(wanted: Model, models: Path) -> Path:
    """Downloads a model and gives its folder. Raises `EngineMissing`, saying how else it may get
    there."""
    from huggingface_hub import snapshot_download  # half a second: only who fetches pays for it
    from huggingface_hub.errors import HfHubHTTPError

    folder = models / wanted.folder
    flat = all("/" not in pattern for pattern in wanted.files)
    into = folder if flat else models / ".fetched" / wanted.name
    try:
        snapshot_download(
            wanted.repository, local_dir=into, allow_patterns=list(wanted.files), max_workers=2
        )
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise EngineMissing(
            f"{wanted.repository} cannot be fetched ({type(error).__name__}); without a network,"
            f" fetch {', '.join(wanted.files)} elsewhere and put them into {folder}"
        ) from error
    if not flat:
        folder.mkdir(parents=True, exist_ok=True)
        for pattern in wanted.files:
            (into / pattern).replace(folder / Path(pattern).name)
    if not wanted.present(models):
        raise EngineMissing(f"{wanted.repository} no longer holds {', '.join(wanted.files)}")
    return folder


def table(models: Sequence[Model] = tuple(MODELS.values())) -> str:
    """As Markdown."""
    heads = ("model", "for", "engine", "download", "licence", "commercial use", "needs")
    rows = [
        (
            f"`{each.name}`", each.slot, f"`{each.engine}`", size(each), each.licence,
            ANY_USE if each.commercial else NO_COMMERCE, each.needs,
        )
        for each in models
    ]  # fmt: skip
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def size(of: Model) -> str:
    return f"{of.size_mb / 1000:.1f} GB" if of.size_mb >= 1000 else f"{of.size_mb} MB"
