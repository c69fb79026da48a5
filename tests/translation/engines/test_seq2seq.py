# ruff: noqa: RUF001 - sentences in many scripts
"""Translation models through CTranslate2, on tiny random weights of the real architecture."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from tests.stalls import keeps_the_loop_free
from tests.translation.engines.tiny_seq2seq import loads, tiny
from translation.engines.ctranslate2_seq2seq import CTranslate2Seq2Seq
from translation.engines.seq2seq import Family, Model, sentences
from translation.errors import EngineMissing, PairUnsupported
from translation.ports import Hints, Rendering

pytestmark = pytest.mark.slow

ALL = ("es", "fr", "de", "it", "pt-PT", "nl", "pl", "uk", "ar", "ur", "hi", "zh", "ja", "vi", "so")


@pytest_asyncio.fixture
async def nllb(tmp_path: Path) -> AsyncIterator[CTranslate2Seq2Seq]:
    folder = tiny(tmp_path / "nllb", Family.NLLB)
    engine = CTranslate2Seq2Seq(model=folder, commercial=False, threads=1)
    yield engine
    await engine.aclose()


async def texts(engine: CTranslate2Seq2Seq, text: str, *targets: str) -> dict[str, str]:
    made = await engine.translate(text, source="en", targets=targets)
    return {tag: one.text for tag, one in made.items() if isinstance(one, Rendering)}


@pytest.mark.parametrize(
    ("family", "row", "prefix"),
    [
        (Family.NLLB, ("eng_Latn", "▁", "a", "</s>"), ("spa_Latn",)),
        (Family.M2M100, ("__en__", "▁", "a", "</s>"), ("__es__",)),
        (Family.MADLAD, ("<2es>", "▁", "a", "</s>"), ()),
        (Family.OPUS, ("▁", "a", "</s>"), ()),
    ],
)
def test_each_family_is_spoken_to_in_its_own_way(
    tmp_path: Path, family: Family, row: tuple[str, ...], prefix: tuple[str, ...]
) -> None:
    model = Model(tiny(tmp_path / "opus-mt-en-es", family), commercial=False)
    (made,) = model.rows("a", "en", ["es"])
    assert (model.family, made.source, made.prefix) == (family, row, prefix)


def test_what_a_model_cannot_do_is_known(tmp_path: Path) -> None:
    nllb = Model(tiny(tmp_path / "a", Family.NLLB), commercial=False)
    m2m100 = Model(tiny(tmp_path / "b", Family.M2M100))
    opus = Model(tiny(tmp_path / "opus-mt-en-pt", Family.OPUS))
    assert nllb.supports("en", "yue")
    assert not nllb.supports("pt-PT", "pt-BR")
    assert not m2m100.supports("en", "yue")
    assert opus.supports("en", "pt-BR")
    assert not opus.supports("pt-BR", "en")


def test_nllb_is_refused_where_it_is_used_commercially(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "nllb", Family.NLLB)
    with pytest.raises(EngineMissing, match=r"CC-BY-NC-4\.0.*COMMERCIAL_USE=false"):
        CTranslate2Seq2Seq(model=folder)
    allowed = CTranslate2Seq2Seq(model=folder, commercial=False)
    assert "no commercial use" in allowed.abilities.licence


def test_a_model_that_is_not_converted_is_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "m2m100", Family.M2M100)
    (folder / "model.bin").unlink()
    with pytest.raises(EngineMissing, match="ct2-transformers-converter"):
        CTranslate2Seq2Seq(model=folder)


def test_a_model_that_is_not_there_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="TRANSLATION_MODEL"):
        CTranslate2Seq2Seq(model=tmp_path / "none")
    nameless = tiny(tmp_path / "some-model", Family.OPUS)
    with pytest.raises(EngineMissing, match="opus-mt-en-es"):
        CTranslate2Seq2Seq(model=nameless)


async def test_all_languages_are_one_batch_and_none_gets_anothers_words(
    nllb: CTranslate2Seq2Seq,
) -> None:
    together = await texts(nllb, "we saw it", *ALL)
    alone = {tag: (await texts(nllb, "we saw it", tag))[tag] for tag in ALL}

    assert list(together) == list(ALL)
    assert together == alone
    assert len(set(together.values())) > len(ALL) / 2


@pytest.mark.parametrize(
    ("family", "source", "prefix"),
    [
        (Family.NLLB, ["eng_Latn", "▁", "w", "e", "</s>"], ["spa_Latn"]),
        (Family.M2M100, ["__en__", "▁", "w", "e", "</s>"], ["__es__"]),
        (Family.MADLAD, ["<2es>", "▁", "w", "e", "</s>"], None),
        (Family.OPUS, ["▁", "w", "e", "</s>"], None),
    ],
)
async def test_what_is_said_is_what_the_model_itself_says(
    tmp_path: Path, family: Family, source: list[str], prefix: list[str] | None
) -> None:
    folder = tiny(tmp_path / "opus-mt-en-es", family)
    raw = loads(folder).translate_batch(
        [source], target_prefix=[prefix] if prefix else None, beam_size=2,
        no_repeat_ngram_size=4, disable_unk=True, max_decoding_length=3 * len(source) + 10,
    )  # fmt: skip
    letters = [token for token in raw[0].hypotheses[0] if len(token) == 1]
    said = "".join(letters).replace("▁", " ").strip()
    engine = CTranslate2Seq2Seq(model=folder, commercial=False, threads=1)

    assert said
    assert await texts(engine, "we", "es") == {"es": said}
    await engine.aclose()


def test_each_sentence_is_a_row_of_its_own(tmp_path: Path) -> None:
    model = Model(tiny(tmp_path / "m2m100", Family.M2M100))
    rows = model.rows("we. so?", "en", ["es", "ja"])

    assert [(row.target, "".join(row.source[1:-1]), *row.prefix) for row in rows] == [
        ("es", "▁we.", "__es__"), ("es", "▁so?", "__es__"),
        ("ja", "▁we.", "__ja__"), ("ja", "▁so?", "__ja__"),
    ]  # fmt: skip


async def test_what_a_model_does_not_speak_costs_the_others_nothing(tmp_path: Path) -> None:
    engine = CTranslate2Seq2Seq(model=tiny(tmp_path / "m2m100", Family.M2M100))
    made = await engine.translate("we saw it", source="en", targets=["es", "yue", "en"])
    await engine.aclose()

    assert isinstance(made["es"], Rendering)
    assert made["es"].engine == "M2M100 (CTranslate2) m2m100"
    assert isinstance(made["yue"], PairUnsupported)
    assert isinstance(made["en"], Rendering)
    assert made["en"].text == "we saw it"


@pytest.mark.parametrize("text", ["", "  ", "x" * 5000, "\x00", "日本語", "eng_Latn </s>"])
async def test_any_text_is_answered(nllb: CTranslate2Seq2Seq, text: str) -> None:
    made = await nllb.translate(text, source="en", targets=["es"], hints=Hints(interim=True))
    assert isinstance(made["es"], Rendering)


async def test_a_doubtful_sentence_is_searched_more_widely(nllb: CTranslate2Seq2Seq) -> None:
    asked = {"source": "en", "targets": list(ALL)}
    first = await nllb.translate("we saw it", **asked)  # type: ignore[arg-type]
    careful = Hints(doubts={"es": ("number",)})
    second = await nllb.translate("we saw it", hints=careful, **asked)  # type: ignore[arg-type]
    assert first != second


async def test_the_loop_stays_free_while_it_works(nllb: CTranslate2Seq2Seq) -> None:
    await texts(nllb, "warm", "es")
    long = ". ".join(["we saw it today"] * 20)
    assert await keeps_the_loop_free(lambda: texts(nllb, long, *ALL))


async def test_a_damaged_model_is_missing_with_the_reason(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "m2m100", Family.M2M100)
    (folder / "model.bin").write_bytes(b"\x06\x00\x00\x00")
    engine = CTranslate2Seq2Seq(model=folder)
    made = await engine.translate("we", source="en", targets=["es"])
    await engine.aclose()
    assert isinstance(made["es"], EngineMissing)
    assert "cannot be loaded on cpu" in str(made["es"])


async def test_calls_at_once_wait_for_each_other(nllb: CTranslate2Seq2Seq) -> None:
    alone = await texts(nllb, "we saw it", *ALL)
    many = await asyncio.gather(*(texts(nllb, "we saw it", *ALL) for _ in range(5)))
    assert many == [alone] * 5


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We saw it. Did you? Yes!", ["We saw it.", "Did you?", "Yes!"]),
        ("Dr. Smith and J. R. came at 3.5 p.m. today", None),
        ("我们看见了。你呢？好", ["我们看见了。", "你呢？", "好"]),
        ("یہ ہے۔ کیا؟ ہاں", ["یہ ہے۔", "کیا؟", "ہاں"]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(text: str, parts: list[str] | None) -> None:
    if parts is None:
        assert sentences(text)[0].startswith("Dr. Smith and J. R. came at 3.5")
    else:
        assert sentences(text) == parts


@given(st.text(max_size=200))
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_naming_a_model_loads_neither_torch_nor_ctranslate2(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "m2m100", Family.M2M100)
    code = (
        "import sys; from pathlib import Path;"
        "from translation.engines.ctranslate2_seq2seq import CTranslate2Seq2Seq;"
        f"CTranslate2Seq2Seq(model=Path({str(folder)!r})).supports('en', 'es');"
        "print([n for n in ('torch', 'ctranslate2', 'transformers') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
