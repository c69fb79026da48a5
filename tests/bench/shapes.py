"""Shapes of published models, by their `config.json` on the Hugging Face Hub."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

TARGETS = ("es", "fr", "de", "it", "pt", "nl", "pl", "ro", "uk", "ru", "tr", "ar", "fa", "ur", "hi",
           "bn", "gu", "zh", "ja", "ko", "vi", "so")  # fmt: skip
"""Sixteen and more; for 32 the first come again."""

TEXT = "it"
"""Five tokens with those of language and end: engines let 25 be written for it, as many as a clause
of a dozen words has."""

NEW_TOKENS = 32


@dataclass(frozen=True)
class WhisperShape:
    """`layers`: of encoder and decoder. `mels`: bands of sound."""

    width: int
    layers: tuple[int, int]
    heads: int
    mels: int


@dataclass(frozen=True)
class NllbShape:
    """`layers`: of each side. `words`: of the vocabulary."""

    width: int
    layers: int
    heads: int
    hidden: int
    words: int


WHISPER = WhisperShape(1280, (32, 4), 20, 128)
TINY_WHISPER = WhisperShape(32, (1, 2), 2, 80)
NLLB = {
    "nllb-200-distilled-600M": NllbShape(1024, 12, 16, 4096, 256_206),
    "nllb-200-distilled-1.3B": NllbShape(1024, 24, 16, 8192, 256_206),
    "nllb-200-3.3B": NllbShape(2048, 24, 16, 8192, 256_206),
}
TINY_NLLB = NllbShape(16, 2, 2, 32, 100)


Step = Callable[[], object]
"""A part of one of Whisper's steps."""


class Models(Protocol):
    """A way to build models and to load them as the service does: the module `random_<engine>`."""

    def build_whisper(self, folder: Path, shape: WhisperShape) -> None: ...

    def whisper(self, folder: Path, shape: WhisperShape, device: str) -> dict[str, Step]: ...

    def build_nllb(self, folder: Path, shape: NllbShape) -> None: ...

    def nllb(self, folder: Path, shape: NllbShape, device: str) -> Callable[[int], object]:
        """Translates `TEXT` into so many languages."""


def targets(count: int) -> list[str]:
    return [TARGETS[n % len(TARGETS)] for n in range(count)]
