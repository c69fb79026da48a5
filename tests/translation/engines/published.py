"""Translation models as they are published, file by file, with tiny random weights. Needs torch."""

import json
import shutil
from pathlib import Path
from typing import Any

import sentencepiece

from tests.translation.engines.made_up_tokens import tokenizer, vocabulary
from translation.engines.seq2seq import Family

NAMES = {
    Family.NLLB: "nllb-200-distilled-600M",
    Family.M2M100: "m2m100_418M",
    Family.MADLAD: "madlad400-3b-mt",
    Family.OPUS: "opus-mt-en-es",
}
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SENTENCES = ("we saw it today", "did you see it so", "nobody knows why", "yes it was large") * 20
BART: dict[str, Any] = {
    "d_model": 16, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 2,
    "decoder_attention_heads": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32,
    "max_position_embeddings": 256, "init_std": 0.4,
}  # fmt: skip


def published(models: Path, family: Family) -> Path:
    """Writes the model's folder under its own name."""
    import torch

    folder = models / NAMES[family]
    folder.mkdir(parents=True)
    torch.manual_seed(3)
    made = {
        Family.NLLB: _nllb, Family.M2M100: _m2m100, Family.MADLAD: _madlad, Family.OPUS: _opus,
    }[family](folder)  # fmt: skip
    made.eval().save_pretrained(folder)
    return folder


def _nllb(folder: Path) -> Any:
    import transformers

    tokens = vocabulary(Family.NLLB)
    tokenizer(tokens).save(str(folder / "tokenizer.json"))
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "NllbTokenizer"})
    return transformers.M2M100ForConditionalGeneration(
        transformers.M2M100Config(
            vocab_size=len(tokens), bos_token_id=0, pad_token_id=1, eos_token_id=2,
            decoder_start_token_id=2, **BART,
        )
    )  # fmt: skip


def _m2m100(folder: Path) -> Any:
    """Its languages are not in its vocabulary: the tokenizer puts them behind it."""
    import transformers
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    pieces = _sentencepiece(folder / "sentencepiece.bpe.model")
    known = {token: number for number, token in enumerate((*SPECIAL, *pieces))}
    _write(folder / "vocab.json", known)
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "M2M100Tokenizer"})
    languages = [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    _write(folder / "special_tokens_map.json", {"additional_special_tokens": languages})
    return transformers.M2M100ForConditionalGeneration(
        transformers.M2M100Config(
            vocab_size=len(known) + len(languages) + 8, bos_token_id=0, pad_token_id=1,
            eos_token_id=2, decoder_start_token_id=2, **BART,
        )
    )  # fmt: skip


def _madlad(folder: Path) -> Any:
    import transformers

    tokens = vocabulary(Family.MADLAD)
    tokenizer(tokens).save(str(folder / "tokenizer.json"))
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "T5TokenizerFast", "extra_ids": 0})
    return transformers.T5ForConditionalGeneration(
        transformers.T5Config(
            vocab_size=len(tokens), d_model=16, d_kv=8, d_ff=32, num_layers=2, num_heads=2,
            feed_forward_proj="gated-gelu", tie_word_embeddings=False, pad_token_id=1,
            eos_token_id=2, decoder_start_token_id=0, initializer_factor=2.0,
        )
    )  # fmt: skip


def _opus(folder: Path) -> Any:
    import transformers

    pieces = _sentencepiece(folder / "source.spm")
    shutil.copy(folder / "source.spm", folder / "target.spm")
    known = {token: number for number, token in enumerate(("</s>", "<unk>", *pieces, "<pad>"))}
    _write(folder / "vocab.json", known)
    _write(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "MarianTokenizer", "source_lang": "en", "target_lang": "es"},
    )
    pad = known["<pad>"]
    return transformers.MarianMTModel(
        transformers.MarianConfig(
            vocab_size=len(known), bos_token_id=0, eos_token_id=0, pad_token_id=pad,
            decoder_start_token_id=pad, forced_eos_token_id=0, static_position_embeddings=True,
            activation_function="swish", scale_embedding=True, normalize_before=False,
            share_encoder_decoder_embeddings=True, **BART,
        )
    )  # fmt: skip


def _sentencepiece(path: Path) -> list[str]:
    """Trains a model; its pieces."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES), model_prefix=str(path.with_suffix("")), vocab_size=60,
        model_type="bpe", bos_id=-1, eos_id=-1, pad_id=-1, minloglevel=2, num_threads=1,
    )  # fmt: skip
    made = path.with_suffix("").with_suffix(".model") if path.suffix == ".spm" else None
    if made is not None:
        made.rename(path)
    path.with_suffix(".vocab").unlink()
    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    pieces = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    return [piece for piece in pieces if piece != "<unk>"]


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
