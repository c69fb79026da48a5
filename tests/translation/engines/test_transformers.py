"""Translation models through transformers and torch: as through CTranslate2, word for word.

Tiny random weights of the real architecture. Needs the extra `local`; `make test-local` has it.
"""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.stalls import keeps_the_loop_free
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
    return made(tmp_path, Family.NLLB)


def made(models: Path, family: Family) -> Path:
    """A model's folder, as it is published."""
    pytest.importorskip("torch", reason="needs the extra `local`")
    from tests.translation.engines.published import published

    return published(models, family)


def converted(folder: Path, quantization: str = "int8") -> Path:
    """Put through the command that `manage.py models` tells."""
    command = model(folder.name).conversion(folder.parent).replace("int8", quantization).split()
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([program, *command[1:]], check=True, capture_output=True)
    return folder.with_name(f"{folder.name}-{quantization}")


async def texts(engine: Any, text: str, hints: Hints) -> dict[str, str]:
    made = await engine.translate(text, source="en", targets=ALL, hints=hints)
    return {tag: one.text for tag, one in made.items() if isinstance(one, Rendering)}


@pytest.mark.parametrize("family", list(Family))
async def test_it_says_what_ctranslate2_says_of_the_same_weights(
    tmp_path: Path, family: Family
) -> None:
    """However the family is published, spoken to and converted."""
    folder = made(tmp_path, family)
    one = TransformersSeq2Seq(model=folder, commercial=False, threads=1)
    other = CTranslate2Seq2Seq(
        model=converted(folder, "float32"), commercial=False, threads=1, compute_type="float32"
    )
    able = [tag for tag in ALL if one.supports("en", tag)]
    assert able == (["es"] if family is Family.OPUS else ALL)
    assert able == [tag for tag in ALL if other.supports("en", tag)]
    assert one.abilities.name == f"{family} (transformers)"
    for text in ("we saw it", "we saw it. did you see it so"):
        greedy = await texts(one, text, Hints(interim=True))
        assert list(greedy) == able
        assert greedy == await texts(other, text, Hints(interim=True))
        assert len(set(greedy.values())) > len(able) / 3
        assert not re.search(r"<|>|__|_Latn|▁", " ".join(greedy.values()))
        assert list(await texts(one, text, Hints(doubts={"es": ("number",)}))) == able
    assert await texts(one, "", Hints()) == dict.fromkeys(able, "")
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


async def test_a_converted_model_is_one_for_ctranslate2(folder: Path) -> None:
    engine = CTranslate2Seq2Seq(model=converted(folder), commercial=False, threads=1)

    assert set(await texts(engine, "we saw it", Hints())) == set(ALL)
    await engine.aclose()
