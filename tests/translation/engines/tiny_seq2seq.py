"""Translation models of the real architecture with tiny random weights: they translate nothing,
but every shape, token and batch is as in the real ones. Made with numpy, no torch."""

from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.common_spec import Activation

from tests.translation.engines.made_up_tokens import tokenizer, vocabulary
from translation.engines.seq2seq import Family


@dataclass(frozen=True)
class Shape:
    """`layers`: of each side. `words`: of the vocabulary, 0 for as few as there can be.
    `quantization`: of the file."""

    width: int = 16
    layers: int = 2
    heads: int = 2
    hidden: int = 32
    positions: int = 256
    words: int = 0
    quantization: str | None = None


TINY = Shape()


def tiny(folder: Path, family: Family, *, seed: int = 1, shape: Shape = TINY) -> Path:
    """Writes the model with its tokenizer into the folder."""
    tokens = vocabulary(family, shape.words)
    spec = TransformerSpec.from_config(
        shape.layers, shape.heads, pre_norm=family is not Family.OPUS, activation=Activation.SWISH
        if family is Family.OPUS else Activation.RELU,
    )  # fmt: skip
    _fill(spec, len(tokens), np.random.default_rng(seed), shape)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization=shape.quantization)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer(tokens).save(str(folder / "tokenizer.json"))
    return folder


def _fill(spec: TransformerSpec, words: int, random: np.random.Generator, shape: Shape) -> None:
    width, hidden = shape.width, shape.hidden

    def weight(*size: int) -> np.ndarray:
        return random.normal(0, 0.3, size).astype(np.float32)

    def linear(layer: object, outputs: int, inputs: int) -> None:
        layer.weight = weight(outputs, inputs)  # type: ignore[attr-defined]
        layer.bias = weight(outputs)  # type: ignore[attr-defined]

    def norm(layer: object) -> None:
        layer.gamma = np.ones(width, np.float32)  # type: ignore[attr-defined]
        layer.beta = np.zeros(width, np.float32)  # type: ignore[attr-defined]

    embeddings, places = weight(words, width), weight(shape.positions, width)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embeddings
    linear(spec.decoder.projection, words, width)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = places
        if hasattr(side, "layer_norm"):
            norm(side.layer_norm)
        for layer in side.layer:
            attentions = [layer.self_attention]
            if side is spec.decoder:
                attentions.append(layer.attention)
            for attention in attentions:
                norm(attention.layer_norm)
                if attention is layer.self_attention:
                    linear(attention.linear[0], 3 * width, width)
                else:
                    linear(attention.linear[0], width, width)
                    linear(attention.linear[1], 2 * width, width)
                linear(attention.linear[-1], width, width)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, hidden, width)
            linear(layer.ffn.linear_1, width, hidden)


def loads(folder: Path) -> ctranslate2.Translator:
    return ctranslate2.Translator(str(folder), device="cpu", compute_type="int8")
