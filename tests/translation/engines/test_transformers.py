"""Translation models through transformers and torch: as through CTranslate2, word for word.

Tiny random weights of the real architecture. Needs the extra `local`; `make test-local` has it.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.stalls import keeps_the_loop_free
from tests.translation.engines.made_up_tokens import vocabulary
from tests.translation.engines.tiny_seq2seq import tiny
from translation.engines.ctranslate2_seq2seq import CTranslate2Seq2Seq
from translation.engines.models import model
from translation.engines.seq2seq import Family
from translation.engines.transformers_seq2seq import TransformersSeq2Seq
from translation.errors import EngineMissing
from translation.ports import Hints, Rendering

ALL = ["es", "fr", "de", "pt-BR", "ar", "hi", "zh", "ja", "so"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same random model for both engines, each in its own format."""
    torch: Any = pytest.importorskip("torch", reason="needs the extra `local`")
    transformers: Any = pytest.importorskip("transformers", reason="needs the extra `local`")
    from ctranslate2.converters.transformers import M2M100Loader

    torch.manual_seed(3)
    tokens = vocabulary(Family.NLLB)
    config = transformers.M2M100Config(
        vocab_size=len(tokens), d_model=16, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=32,
        decoder_ffn_dim=32, max_position_embeddings=256, init_std=0.4,
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2,
    )  # fmt: skip
    model = transformers.M2M100ForConditionalGeneration(config).eval()
    folder = tmp_path / "nllb-tiny"
    tiny(folder, Family.NLLB)
    (folder / "config.json").unlink()
    model.save_pretrained(folder)

    spec = M2M100Loader().get_model_spec(model)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization=None)
    converted = tmp_path / "nllb-converted"
    converted.mkdir()
    spec.save(str(converted))
    (converted / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    return folder


async def texts(engine: Any, text: str, hints: Hints) -> dict[str, str]:
    made = await engine.translate(text, source="en", targets=ALL, hints=hints)
    return {tag: one.text for tag, one in made.items() if isinstance(one, Rendering)}


async def test_it_says_what_ctranslate2_says_of_the_same_weights(folder: Path) -> None:
    one = TransformersSeq2Seq(model=folder, commercial=False, threads=1)
    other = CTranslate2Seq2Seq(
        model=folder.with_name("nllb-converted"), commercial=False, threads=1,
        compute_type="float32",
    )  # fmt: skip
    for text in ("we saw it", "we saw it. did you so?"):
        greedy = await texts(one, text, Hints(interim=True))
        assert list(greedy) == ALL
        assert greedy == await texts(other, text, Hints(interim=True))
        assert len(set(greedy.values())) > 3
    assert await texts(one, "", Hints()) == dict.fromkeys(ALL, "")
    await one.aclose()
    await other.aclose()


async def test_a_sentence_is_encoded_once_for_all_languages(folder: Path) -> None:
    engine = TransformersSeq2Seq(model=folder, commercial=False, threads=1)
    encoder = engine._loaded[2].get_encoder()
    batches: list[int] = []
    encoder.register_forward_pre_hook(lambda _, args: batches.append(len(args[0])))

    await texts(engine, "we saw it. did you?", Hints())
    await engine.aclose()

    assert batches == [2]


async def test_a_language_alone_is_as_in_the_batch(folder: Path) -> None:
    engine = TransformersSeq2Seq(model=folder, commercial=False, threads=1)
    together = await texts(engine, "we saw it", Hints())
    alone = await engine.translate("we saw it", source="en", targets=["hi"])
    await engine.aclose()

    assert isinstance(alone["hi"], Rendering)
    assert alone["hi"].text == together["hi"]


async def test_the_loop_stays_free_while_it_works(folder: Path) -> None:
    engine = TransformersSeq2Seq(model=folder, commercial=False, threads=1)
    await texts(engine, "warm", Hints())
    assert await keeps_the_loop_free(lambda: texts(engine, "we saw it today", Hints()))
    await engine.aclose()


def test_without_torch_it_names_the_extra(tmp_path: Path) -> None:
    if find_spec("torch"):
        pytest.skip("torch is installed")
    with pytest.raises(EngineMissing, match=r"infra/requirements/local\.txt"):
        TransformersSeq2Seq(model=tiny(tmp_path / "m2m100", Family.M2M100))


@pytest.fixture
def converted(folder: Path) -> Path:
    """A model as it is published, put through the command that `manage.py models` tells."""
    published = folder.with_name("nllb-200-distilled-600M")
    published.mkdir()
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        (published / name).write_bytes((folder / name).read_bytes())
    tokenizer = {"tokenizer_class": "NllbTokenizer", "src_lang": "eng_Latn"}
    (published / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    command = model("nllb-200-distilled-600M").conversion(folder.parent).split()
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([program, *command[1:]], check=True, capture_output=True)
    return folder.with_name("nllb-200-distilled-600M-int8")


async def test_a_converted_model_is_one_for_ctranslate2(converted: Path) -> None:
    engine = CTranslate2Seq2Seq(model=converted, commercial=False, threads=1)

    assert set(await texts(engine, "we saw it", Hints())) == set(ALL)
    await engine.aclose()
