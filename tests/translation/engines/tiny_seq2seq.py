"""Translation models of the real architecture with tiny random weights: they translate nothing,
but every shape, token and batch is as in the real ones. Made with numpy, no torch."""

from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.common_spec import Activation

from translation.engines.seq2seq import Family, code
from translation.languages import LANGUAGES

WIDTH, LAYERS, HEADS, HIDDEN, POSITIONS = 16, 2, 2, 32, 256
LETTERS = "▁abcdefghijklmnopqrstuvwxyz.,?!'0123456789"


def vocabulary(family: Family) -> list[str]:
    codes = [] if family is Family.OPUS else [code(family, tag) for tag in LANGUAGES]
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    return [*special, *LETTERS, *dict.fromkeys(c for c in codes if c)]


def tiny(folder: Path, family: Family, *, seed: int = 1) -> Path:
    """Writes the model with its tokenizer into the folder."""
    tokens = vocabulary(family)
    spec = TransformerSpec.from_config(
        LAYERS, HEADS, pre_norm=family is not Family.OPUS, activation=Activation.SWISH
        if family is Family.OPUS else Activation.RELU,
    )  # fmt: skip
    _fill(spec, len(tokens), np.random.default_rng(seed))
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization=None)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    return folder


def _tokenizer(tokens: list[str]) -> tokenizers.Tokenizer:
    made = tokenizers.Tokenizer(
        tokenizers.models.Unigram([(token, -1.0) for token in tokens], unk_id=3)
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    made.decoder = tokenizers.decoders.Metaspace()
    made.add_special_tokens([token for token in tokens if len(token) > 1])
    return made


def _fill(spec: TransformerSpec, words: int, random: np.random.Generator) -> None:
    def weight(*shape: int) -> np.ndarray:
        return random.normal(0, 0.3, shape).astype(np.float32)

    def linear(layer: object, outputs: int, inputs: int) -> None:
        layer.weight = weight(outputs, inputs)  # type: ignore[attr-defined]
        layer.bias = weight(outputs)  # type: ignore[attr-defined]

    def norm(layer: object) -> None:
        layer.gamma = np.ones(WIDTH, np.float32)  # type: ignore[attr-defined]
        layer.beta = np.zeros(WIDTH, np.float32)  # type: ignore[attr-defined]

    embeddings, places = weight(words, WIDTH), weight(POSITIONS, WIDTH)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embeddings
    linear(spec.decoder.projection, words, WIDTH)
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
                    linear(attention.linear[0], 3 * WIDTH, WIDTH)
                else:
                    linear(attention.linear[0], WIDTH, WIDTH)
                    linear(attention.linear[1], 2 * WIDTH, WIDTH)
                linear(attention.linear[-1], WIDTH, WIDTH)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, HIDDEN, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, HIDDEN)


def loads(folder: Path) -> ctranslate2.Translator:
    return ctranslate2.Translator(str(folder), device="cpu", compute_type="int8")
