"""A Whisper of the real architecture with tiny random weights, for CTranslate2. What it writes of
speech is nonsense: it shows shapes, streaming, memory and speed, never quality."""

import json
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from tokenizers.pre_tokenizers import ByteLevel

TEXT_TOKENS = 50_257
SPECIAL = (
    "<|endoftext|>", "<|startoftranscript|>", *(f"<|{code}|>" for code in _LANGUAGE_CODES),
    "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>",
    "<|notimestamps|>", *(f"<|{n * 0.02:.2f}|>" for n in range(1501)),
)  # fmt: skip
"""As large-v3 has them."""


def tiny_whisper(
    folder: Path,
    *,
    width: int = 32,
    heads: int = 2,
    layers: tuple[int, int] = (1, 2),
    mels: int = 80,
    seed: int = 7,
    english_only: bool = False,
    without: str = "",
    quantization: str | None = None,
) -> Path:
    """`layers`: of encoder and decoder. `without`: a language's code it has no token for.
    `quantization`: of the file. Writes the model's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    unknown = {*([""] if english_only else ()), f"<|{without}|>"}
    tokens = [f"Ġunused{n}" if t in unknown else t for n, t in enumerate(_vocabulary())]
    spec = whisper_spec.WhisperSpec(layers[0], heads, layers[1], heads)
    random = _Random(np.random.default_rng(seed), width)
    _encoder(spec.encoder, random, mels)
    _decoder(spec.decoder, random, len(tokens))
    spec.register_vocabulary(tokens)
    end = TEXT_TOKENS
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [end]
    spec.config.lang_ids = [end + 2 + n for n in range(len(_LANGUAGE_CODES))]
    spec.config.alignment_heads = [(layers[1] - 1, head) for head in range(heads)]
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": mels}))
    return folder


class _Random:
    def __init__(self, generator: np.random.Generator, width: int) -> None:
        self._generator = generator
        self.width = width

    def array(self, *shape: int) -> Any:
        scale = 1.0 / np.sqrt(shape[-1])
        return (self._generator.standard_normal(shape) * scale).astype(np.float32)

    def linear(self, spec: Any, rows: int, columns: int) -> None:
        spec.weight, spec.bias = self.array(rows, columns), np.zeros(rows, np.float32)

    def norm(self, spec: Any) -> None:
        spec.gamma = np.ones(self.width, np.float32)
        spec.beta = np.zeros(self.width, np.float32)

    def attention(self, spec: Any, *, of_itself: bool) -> None:
        width = self.width
        self.norm(spec.layer_norm)
        rows = (3 * width, width) if of_itself else (width, 2 * width, width)
        for linear, count in zip(spec.linear, rows, strict=True):
            self.linear(linear, count, width)

    def feed_forward(self, spec: Any) -> None:
        self.norm(spec.layer_norm)
        self.linear(spec.linear_0, 4 * self.width, self.width)
        self.linear(spec.linear_1, self.width, 4 * self.width)


def _encoder(spec: Any, random: _Random, mels: int) -> None:
    width = random.width
    for conv, channels in ((spec.conv1, mels), (spec.conv2, width)):
        conv.weight = random.array(width, channels, 3)
        conv.bias = np.zeros(width, np.float32)
    spec.position_encodings.encodings = random.array(1500, width)
    random.norm(spec.layer_norm)
    for layer in spec.layer:
        random.attention(layer.self_attention, of_itself=True)
        random.feed_forward(layer.ffn)


def _decoder(spec: Any, random: _Random, vocabulary: int) -> None:
    spec.embeddings.weight = random.array(vocabulary, random.width)
    spec.projection.weight = spec.embeddings.weight
    spec.position_encodings.encodings = random.array(448, random.width)
    random.norm(spec.layer_norm)
    for layer in spec.layer:
        random.attention(layer.self_attention, of_itself=True)
        random.attention(layer.attention, of_itself=False)
        random.feed_forward(layer.ffn)


def _vocabulary() -> list[str]:
    """Bytes, then made-up words that begin with a space, then Whisper's own tokens. By the empty
    one CTranslate2 knows a multilingual model."""
    letters = sorted(ByteLevel.alphabet())
    made_up = ("Ġ" + "".join(word) for word in product(ascii_lowercase, repeat=4))
    words = islice(made_up, TEXT_TOKENS - len(letters) - 1)
    return [*letters, *words, "", *SPECIAL]


def _tokenizer(tokens: list[str]) -> Tokenizer:
    numbers = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=numbers, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([token for token in SPECIAL if token in numbers])
    return tokenizer
