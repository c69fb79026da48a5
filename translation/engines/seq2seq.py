# ruff: noqa: RUF001 - marks that end sentences
"""What the translation models have in common, and where they differ: tokens, codes, licences.

    NLLB    [eng_Latn] ▁we ▁saw </s>   ->   [spa_Latn] ▁lo ▁vimos
    M2M100  [__en__] ▁we ▁saw </s>     ->   [__es__] ▁lo ▁vimos
    MADLAD  [<2es>] ▁we ▁saw </s>      ->   ▁lo ▁vimos
    OPUS    ▁we ▁saw </s>              ->   ▁lo ▁vimos        (one model a pair)

One sentence makes one row: these models drop content from rows that hold several.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol

from translation.errors import EngineMissing
from translation.languages import LANGUAGES, UNSPACED, language

END = "</s>"


class Family(StrEnum):
    NLLB = "NLLB-200"
    M2M100 = "M2M100"
    MADLAD = "MADLAD-400"
    OPUS = "OPUS-MT"


LICENCES = {
    Family.NLLB: "CC-BY-NC-4.0 (weights; no commercial use)",
    Family.M2M100: "MIT (weights)",
    Family.MADLAD: "Apache-2.0 (weights)",
    Family.OPUS: "Apache-2.0 or CC-BY-4.0, each model's own (weights)",
}


def code(family: Family, tag: str) -> str:
    """The token by which a model knows a language; "" where it does not."""
    known = language(tag)
    match family:
        case Family.NLLB:
            return known.nllb
        case Family.M2M100:
            return f"__{known.m2m100}__" if known.m2m100 else ""
        case Family.MADLAD:
            return f"<2{known.madlad}>" if known.madlad else ""
        case Family.OPUS:
            return f">>{known.nllb.partition('_')[0]}<<"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence into one language, in tokens. `prefix`: what the decoder begins with."""

    target: str
    source: tuple[str, ...]
    prefix: tuple[str, ...]


class Pieces(Protocol):
    """Text <-> tokens."""

    def encode(self, text: str) -> list[str]: ...

    def decode(self, tokens: Sequence[str]) -> str: ...


class Model:
    """A folder with a model's vocabulary and tokenizer: what it is and how it is spoken to.

    `commercial`: the service is used commercially; a model whose licence forbids that is refused.
    Raises `EngineMissing`, naming the remedy.
    """

    def __init__(self, folder: Path, *, commercial: bool = True) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise EngineMissing(
                f"there is no translation model at {folder}; set TRANSLATION_MODEL to the folder of"
                " one (NLLB, M2M100, MADLAD-400 or OPUS-MT)"
            )
        self.family = self._family()
        self.licence = LICENCES[self.family]
        if commercial and self.family is Family.NLLB:
            raise EngineMissing(
                f"the model at {folder} is NLLB, whose licence (CC-BY-NC-4.0) forbids commercial"
                " use; take M2M100, MADLAD-400 or OPUS-MT, or set COMMERCIAL_USE=false if yours is"
                " none"
            )

    @property
    def version(self) -> str:
        """The folder's name: `nllb-200-distilled-600M-int8`."""
        return self.folder.name

    @cached_property
    def languages(self) -> frozenset[str]:
        if self.family is Family.OPUS:
            return frozenset(tag for pair in self._opus_pairs for tag in pair)
        coded = [tag for tag in LANGUAGES if code(self.family, tag)]
        listed = [tag for tag in coded if code(self.family, tag) in self.tokens]
        return frozenset(listed or coded)

    def supports(self, source: str, target: str) -> bool:
        if language(source) == language(target):
            return False
        if self.family is Family.OPUS:
            return (source, target) in self._opus_pairs
        if code(self.family, source) == code(self.family, target):
            return False
        return source in self.languages and target in self.languages

    def rows(self, text: str, source: str, targets: Sequence[str]) -> list[Row]:
        """A row a sentence and target; a target's rows stand together, in order."""
        encoded = [self.pieces.encode(sentence) for sentence in sentences(text)]
        return [
            Row(target, *self._spoken_to(tokens, source, target))
            for target in targets
            for tokens in encoded
        ]

    def _spoken_to(
        self, tokens: list[str], source: str, target: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        wanted = code(self.family, target)
        match self.family:
            case Family.NLLB | Family.M2M100:
                return (code(self.family, source), *tokens, END), (wanted,)
            case Family.MADLAD:
                return (wanted, *tokens, END), ()
            case Family.OPUS:
                return (*((wanted,) if wanted in self.tokens else ()), *tokens, END), ()

    @cached_property
    def pieces(self) -> Pieces:
        if (self.folder / "tokenizer.json").exists():
            return _Tokenizer(self.folder / "tokenizer.json")
        for name in ("sentencepiece.bpe.model", "spiece.model", "source.spm"):
            if (self.folder / name).exists():
                target = self.folder / "target.spm"
                return _SentencePiece(
                    self.folder / name, target if name == "source.spm" else self.folder / name
                )
        raise EngineMissing(
            f"the model at {self.folder} has no tokenizer; copy tokenizer.json or its SentencePiece"
            " model into its folder"
        )

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every token of the vocabulary."""
        for name in ("shared_vocabulary.json", "source_vocabulary.json", "vocab.json"):
            if (self.folder / name).exists():
                return frozenset(json.loads((self.folder / name).read_text(encoding="utf-8")))
        for name in ("shared_vocabulary.txt", "source_vocabulary.txt"):
            if (self.folder / name).exists():
                return frozenset((self.folder / name).read_text(encoding="utf-8").split("\n"))
        if isinstance(self.pieces, _Tokenizer):
            return frozenset(self.pieces.ids)
        raise EngineMissing(f"the model at {self.folder} has no vocabulary; convert it anew")

    def _family(self) -> Family:
        """By its language tokens; transformers keeps those of M2M100 out of its vocabulary."""
        for family in (Family.NLLB, Family.M2M100, Family.MADLAD):
            if code(family, "en") in self.tokens:
                return family
        config = self.folder / "config.json"
        kind = json.loads(config.read_text()).get("model_type") if config.exists() else None
        return Family.M2M100 if kind == "m2m_100" else Family.OPUS

    @cached_property
    def _opus_pairs(self) -> frozenset[tuple[str, str]]:
        """From the folder's name: `opus-mt-en-pt` goes into every Portuguese there is."""
        named = re.search(r"opus-mt(?:-tc-big)?-([a-z]{2,3})-([a-z]{2,3})\b", self.folder.name)
        if not named:
            raise EngineMissing(
                f"the OPUS-MT model at {self.folder} does not say its pair; name its folder like"
                " opus-mt-en-es"
            )
        sources, ends = (
            [tag for tag, entry in LANGUAGES.items() if entry.plain == plain]
            for plain in named.groups()
        )
        return frozenset((source, end) for source in sources for end in ends)


class _Tokenizer:
    """A `tokenizer.json` as Hugging Face writes it."""

    def __init__(self, file: Path) -> None:
        import tokenizers  # loads a library of 10 MB: only where a model is used

        self._tokenizer = tokenizers.Tokenizer.from_file(str(file))
        self.ids: dict[str, int] = self._tokenizer.get_vocab()

    def encode(self, text: str) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens

    def decode(self, tokens: Sequence[str]) -> str:
        ids = [self.ids[token] for token in tokens if token in self.ids]
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True)
        return text.strip()


class _SentencePiece:
    """One SentencePiece model, or one a side."""

    def __init__(self, source: Path, target: Path) -> None:
        import sentencepiece

        self._source = sentencepiece.SentencePieceProcessor(model_file=str(source))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(target))

    def encode(self, text: str) -> list[str]:
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def decode(self, tokens: Sequence[str]) -> str:
        text: str = self._target.decode([token for token in tokens if not _control(token)])
        return text.strip()


def _control(token: str) -> bool:
    return bool(re.fullmatch(r"</?\w+>|__\w+__|>>\w+<<|<2\w+>|\w{3}_[A-Z]\w{3}", token))


_END_OF_SENTENCE = re.compile(
    r"(?<=[.!?…؟।۔])(?<!\b[A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St|No)\.)(?<!\b(?:Mrs|Jr\.|Sr\.)\.)\s+"
    r"|(?<=[。！？])\s*"
)


def sentences(text: str) -> list[str]:
    """`We saw it. Did you? Dr. Who` -> We saw it. | Did you? | Dr. Who"""
    return [part.strip() for part in _END_OF_SENTENCE.split(text) if part and part.strip()]


def joined(parts: Sequence[str], target: str) -> str:
    return ("" if language(target).plain in UNSPACED else " ").join(part for part in parts if part)
