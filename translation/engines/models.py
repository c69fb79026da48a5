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
    `folder`: under the folder of models. `commercial`: whether who earns money may use it.
    `tokenizer`: the files that go with a translation model when it is converted."""

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
    tokenizer: tuple[str, ...] = ()

    def present(self, models: Path) -> bool:
        """Whether it lies there whole, as far as names tell."""
        folder = models / self.folder
        wanted = [pattern for pattern in self.files if not pattern.startswith("vocabulary")]
        return folder.is_dir() and all(any(folder.glob(Path(each).name)) for each in wanted)

    def conversion(self, models: Path) -> str:
        """The command that makes a model for `ctranslate2` of one that was fetched, and where that
        lies; "" where there is nothing to convert."""
        if not self.tokenizer:
            return ""
        folder = models / self.folder
        return (
            f"ct2-transformers-converter --model {folder} --quantization int8"
            f" --output_dir {folder}-int8 --copy_files {' '.join(self.tokenizer)}"
        )


NLLB = "CC-BY-NC-4.0"
CT2_FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.*")


def _whisper(name: str, repository: str, size_mb: int, needs: str) -> Model:
    files = (*CT2_FILES, "preprocessor_config.json") if "large-v3" in name else CT2_FILES
    return Model(
        f"whisper-{name}", "recognition", "whisper", repository, size_mb, "MIT", needs,
        f"whisper-{name}", files,
    )  # fmt: skip


def _translation(
    name: str,
    publisher: str,
    size_mb: int,
    licence: str,
    needs: str,
    *tokenizer: str,
    weights: str = "pytorch_model*.bin",
    commercial: bool = True,
) -> Model:
    """`weights`: in one file or several."""
    files = ("*.json", *(each for each in tokenizer if not each.endswith(".json")), weights)
    return Model(
        name, "translation", "transformers", f"{publisher}/{name}", size_mb, licence, needs, name,
        files, commercial, tokenizer,
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
            "nllb-200-distilled-600M", "facebook", 2480, NLLB, "4 cores, 3 GB; or a GPU of 3 GB",
            "tokenizer.json", commercial=False,
        ),
        _translation(
            "nllb-200-distilled-1.3B", "facebook", 5500, NLLB, "8 cores, 6 GB; or a GPU of 4 GB",
            "tokenizer.json", commercial=False,
        ),
        _translation(
            "nllb-200-3.3B", "facebook", 17600, NLLB, "a GPU of 9 GB", "tokenizer.json",
            commercial=False,
        ),
        _translation(
            "m2m100_418M", "facebook", 1940, "MIT", "4 cores, 2.5 GB; or a GPU of 3 GB",
            "sentencepiece.bpe.model",
        ),
        _translation(
            "madlad400-3b-mt", "google", 11800, "Apache-2.0", "a GPU of 8 GB", "tokenizer.json",
            weights="model.safetensors",
        ),
        _translation(
            "opus-mt-en-es", "Helsinki-NLP", 312, "Apache-2.0", "2 cores, 0.6 GB", "source.spm",
            "target.spm",
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
