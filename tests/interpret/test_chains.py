"""Engines as the settings wish them."""

from pathlib import Path
from typing import Any

import pytest

from interpret import chains
from interpret.env import Env
from tests.translation.engines.tiny_seq2seq import tiny
from translation.engines.apertium import Apertium
from translation.engines.checked import CheckedTranslator
from translation.engines.choice import Slot
from translation.engines.fallback import FallbackTranslator
from translation.engines.fallback_speech import FallbackSynthesiser
from translation.engines.seq2seq import Family
from translation.errors import EngineMissing
from translation.ports import Translator


def settings(**given: Any) -> Env:
    return Env(_env_file=None, **given)  # type: ignore[call-arg]


def built(names: tuple[str, ...], **given: Any) -> Translator:
    def no_redis() -> Any:
        raise AssertionError("nothing is counted, so nobody needs Redis")

    return chains.translator(names, settings(**given), no_redis)


def test_the_settings_name_a_chain_a_slot() -> None:
    choice = chains.choice(settings(speech_engine="elevenlabs, piper,espeak-ng"))
    assert choice.chain(Slot.SPEECH, "es") == ("elevenlabs", "piper", "espeak-ng")
    assert choice.chain(Slot.TRANSLATION, "es") == ("apertium",)


def test_one_engine_is_checked_and_needs_no_chain() -> None:
    assert isinstance(built(("apertium",), translation_checks=False), Apertium)
    assert isinstance(built(("apertium",)), CheckedTranslator)


def test_several_make_a_chain(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "m2m100", Family.M2M100)
    made = built(
        ("llm", "ctranslate2", "apertium"), translation_checks=False,
        translation_model=str(folder), llm_url="http://127.0.0.1:9/v1", llm_model="m",
    )  # fmt: skip
    assert isinstance(made, FallbackTranslator)
    assert made.abilities.name == "LLM"
    assert made.supports("en", "so")


def test_what_cannot_be_built_is_left_out_and_said(caplog: pytest.LogCaptureFixture) -> None:
    made = built(("ctranslate2", "apertium"), translation_checks=False)
    assert isinstance(made, Apertium)
    assert "ctranslate2 is left out: TRANSLATION_MODEL is not set" in caplog.text


def test_nllb_needs_a_word_about_commerce(tmp_path: Path) -> None:
    folder = str(tiny(tmp_path / "nllb", Family.NLLB))
    with pytest.raises(EngineMissing, match="COMMERCIAL_USE"):
        built(("ctranslate2",), translation_model=folder)
    allowed = built(("ctranslate2",), translation_model=folder, commercial_use=False)
    assert allowed.supports("en", "yue")


def test_a_model_must_be_named() -> None:
    with pytest.raises(EngineMissing, match="LLM_MODEL"):
        built(("llm",))


def test_voices_and_ears_make_chains_too() -> None:
    assert isinstance(chains.synthesiser(("espeak-ng", "espeak-ng")), FallbackSynthesiser)
    assert chains.recogniser(("pocketsphinx",), "fr") is None
