"""`shapes.Models`: of torch and transformers (the extra `local`), made where they are measured."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers

from tests.bench.shapes import NEW_TOKENS, TEXT, NllbShape, Step, WhisperShape, targets
from tests.translation.engines.made_up_tokens import tokenizer, vocabulary
from translation.engines.seq2seq import Family
from translation.engines.transformers_seq2seq import TransformersSeq2Seq
from translation.ports import NO_HINTS

WHISPER_WORDS = 51_866


def build_whisper(folder: Path, shape: WhisperShape) -> None:
    """Nothing lies in a folder."""


def whisper(folder: Path, shape: WhisperShape, device: str) -> dict[str, Step]:
    config = transformers.WhisperConfig(
        vocab_size=WHISPER_WORDS, d_model=shape.width, num_mel_bins=shape.mels,
        encoder_layers=shape.layers[0], decoder_layers=shape.layers[1],
        encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads,
        encoder_ffn_dim=4 * shape.width, decoder_ffn_dim=4 * shape.width,
    )  # fmt: skip
    model = _made(transformers.WhisperForConditionalGeneration, config, device)
    heard = torch.randn(1, shape.mels, 3000, device=device, dtype=model.dtype)
    encoder = model.get_encoder()
    with torch.inference_mode():
        encoded = encoder(heard)
    first = torch.full((1, 4), 300, device=device)

    def encode() -> object:
        with torch.inference_mode():
            return _done(encoder(heard), device)

    def write() -> object:
        ids, past = first, None
        with torch.inference_mode():
            for _ in range(NEW_TOKENS):
                out = model(
                    encoder_outputs=encoded, decoder_input_ids=ids, past_key_values=past,
                    use_cache=True,
                )  # fmt: skip
                ids, past = out.logits[:, -1:].argmax(-1), out.past_key_values
        return _done(ids, device)

    return {"encode": encode, "write": write}


def build_nllb(folder: Path, shape: NllbShape) -> None:
    """The tokenizer only."""
    folder.mkdir(parents=True)
    tokenizer(vocabulary(Family.NLLB, shape.words)).save(str(folder / "tokenizer.json"))


def nllb(folder: Path, shape: NllbShape, device: str) -> Callable[[int], object]:
    config = transformers.M2M100Config(
        vocab_size=len(vocabulary(Family.NLLB, shape.words)), d_model=shape.width,
        encoder_layers=shape.layers, decoder_layers=shape.layers,
        encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.hidden, decoder_ffn_dim=shape.hidden,
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2,
    )  # fmt: skip
    engine = TransformersSeq2Seq(model=folder, device=device, commercial=False)
    model = _made(transformers.M2M100ForConditionalGeneration, config, device)
    engine.__dict__["_loaded"] = (torch, transformers, model)

    def translate(count: int) -> object:
        return _done(engine._translate(TEXT, "en", targets(count), NO_HINTS), device)

    return translate


def _made(kind: Any, config: Any, device: str) -> Any:
    with torch.device(device):
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.float16 if device == "cuda" else torch.float32)
        try:
            return kind(config).eval()
        finally:
            torch.set_default_dtype(before)


def _done(result: object, device: str) -> object:
    """A GPU works on after it was asked."""
    if device == "cuda":
        torch.cuda.synchronize()
    return result
