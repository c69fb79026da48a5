"""`shapes.Models`: CTranslate2's, with as many bits as they are published or converted in."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.bench.shapes import NEW_TOKENS, TEXT, NllbShape, Step, WhisperShape, targets
from tests.translation.engines.tiny_seq2seq import Shape, tiny
from tests.translation.engines.tiny_whisper import tiny_whisper
from translation.engines.ctranslate2_seq2seq import CTranslate2Seq2Seq
from translation.engines.seq2seq import Family
from translation.engines.whisper_model import loaded
from translation.path.rolling import RATE_HZ
from translation.ports import NO_HINTS

SOUND_S = 20


def build_whisper(folder: Path, shape: WhisperShape) -> None:
    tiny_whisper(
        folder, width=shape.width, heads=shape.heads, layers=shape.layers, mels=shape.mels,
        quantization="float16",
    )  # fmt: skip


def whisper(folder: Path, shape: WhisperShape, device: str) -> dict[str, Step]:
    ears = loaded(folder, device, "", 0)
    model = ears._model
    sound = np.random.default_rng(1).integers(-3000, 3000, SOUND_S * RATE_HZ).astype(np.int16)
    encoded, frames = ears._encoded(sound)
    begin = [*model.hf_tokenizer.encode("<|startoftranscript|>", add_special_tokens=False).ids]
    end = model.hf_tokenizer.token_to_id("<|endoftext|>")
    prompt = begin * 4
    written = list(range(300, 300 + NEW_TOKENS))

    def write() -> int:
        (result,) = model.model.generate(
            encoded, [prompt], beam_size=1, max_length=2 * NEW_TOKENS, suppress_tokens=[end]
        )
        return len(result.sequences_ids[0])

    assert write() == NEW_TOKENS, "it wrote more or less than was asked for"
    return {
        "encode": lambda: ears._encoded(sound),
        "write": write,
        "align": lambda: model.model.align(encoded, begin, [written], frames // 2),
    }


def build_nllb(folder: Path, shape: NllbShape) -> None:
    wide = Shape(
        shape.width, shape.layers, shape.heads, shape.hidden, words=shape.words,
        quantization="int8",
    )  # fmt: skip
    tiny(folder, Family.NLLB, shape=wide)


def nllb(folder: Path, shape: NllbShape, device: str) -> Callable[[int], object]:
    engine = CTranslate2Seq2Seq(model=folder, device=device, commercial=False)
    return lambda count: engine._translate(TEXT, "en", targets(count), NO_HINTS)
