"""Engines as the settings wish them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from interpret import chains
from interpret.env import Env
from tests.interpret.own_engines import BAD, OwnTranslator, OwnVoice
from tests.translation.engines.tiny_piper import tiny_voice
from tests.translation.engines.tiny_seq2seq import tiny
from tests.translation.engines.tiny_whisper import tiny_whisper
from translation.choice import Slot
from translation.engines.apertium import Apertium
from translation.engines.checked import CheckedTranslator
from translation.engines.espeak import ESpeak
from translation.engines.fallback import FallbackTranslator
from translation.engines.fallback_hearing import FallbackVoiceActivity
from translation.engines.fallback_speech import FallbackSynthesiser, close
from translation.engines.guarded import GuardedSynthesiser, GuardedTranslator
from translation.engines.keeping import KeepingTranslator
from translation.engines.seq2seq import Family
from translation.engines.silero import Silero
from translation.engines.units import units_of
from translation.errors import EngineBroken, EngineMissing
from translation.log.redis_client import redis_client
from translation.ports import Rendering, Translator
from translation.values import Sound


def settings(**given: Any) -> Env:
    return Env(_env_file=None, **given)  # type: ignore[call-arg]


def no_redis() -> Any:
    raise AssertionError("nothing is counted, so nobody needs Redis")


def new_redis() -> Any:
    return redis_client("redis://127.0.0.1:1/0")


def built(names: tuple[str, ...], **given: Any) -> Translator:
    return chains.translators(lambda: settings(**given), no_redis).of(names)


def test_the_settings_name_a_chain_a_slot() -> None:
    choice = chains.choice(settings(speech_engine="elevenlabs, piper,espeak-ng"))
    assert choice.chain(Slot.SPEECH, "es") == ("elevenlabs", "piper", "espeak-ng")
    assert choice.chain(Slot.TRANSLATION, "es") == ("apertium",)


def test_one_engine_is_checked_and_needs_no_chain() -> None:
    made = built(("apertium",), translation_checks=False)
    assert isinstance(made, GuardedTranslator)
    assert isinstance(made.engine, KeepingTranslator)
    assert isinstance(made.engine.engine, Apertium)
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
    assert isinstance(made, GuardedTranslator)
    assert isinstance(made.engine, KeepingTranslator)
    assert isinstance(made.engine.engine, Apertium)
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
    assert isinstance(chains.voices(settings, no_redis).of(("espeak-ng",) * 2), FallbackSynthesiser)
    assert chains.recogniser(("pocketsphinx",), "fr", settings()) is None


def test_who_speaks_is_told_by_a_chain_too(caplog: pytest.LogCaptureFixture) -> None:
    other = "translation.engines.silero.Silero"
    choice = chains.choice(settings(voice_activity_engine=f"silero, {other}"))
    names = choice.chain(Slot.VOICE_ACTIVITY, "")

    assert isinstance(chains.voice_activity(names), FallbackVoiceActivity)
    assert isinstance(chains.voice_activity(("hearing-aid", "silero")), Silero)
    assert "hearing-aid is left out" in caplog.text
    with pytest.raises(EngineMissing, match="hearing-aid"):
        chains.voice_activity(("hearing-aid",))


def test_each_recogniser_is_told_what_it_needs(tmp_path: Path) -> None:
    wished = settings(
        whisper_model=str(tiny_whisper(tmp_path / "whisper-tiny")), whisper_step_s=1.5,
        transcription_url="http://127.0.0.1:9/v1", transcription_model="m", deepgram_key="k",
    )  # fmt: skip

    ears = {
        name: chains.recogniser((name,), "de", wished) for name in ("whisper", "openai", "deepgram")
    }

    labels = [ear.abilities.label for ear in ears.values() if ear is not None]
    assert labels[0].startswith("Whisper whisper-tiny")
    assert labels[1:] == ["OpenAI transcription m", "Deepgram nova-3"]


def test_a_chain_of_recognisers_hears_with_the_first_that_works(tmp_path: Path) -> None:
    wished = settings(models_folder=str(tmp_path))

    ear = chains.recogniser(("whisper", "pocketsphinx"), "en", wished)

    assert ear is not None
    assert ear.abilities.name == "PocketSphinx"


def test_each_engine_with_a_model_of_its_own_names_its_files(tmp_path: Path) -> None:
    def no_redis() -> Any:
        raise AssertionError("nothing is counted, so nobody needs Redis")

    tiny_whisper(tmp_path / "whisper-tiny")
    tiny(tmp_path / "m2m100", Family.M2M100)
    voice = tiny_voice(tmp_path / "piper", "de_DE-tiny-low", espeak_voice="de")
    wished = settings(
        recognition_engine="whisper,pocketsphinx", models_folder=str(tmp_path),
        whisper_model="tiny", translation_engine="llm,ctranslate2,apertium",
        translation_model=str(tmp_path / "m2m100"), speech_engine="elevenlabs,piper",
        piper_voices_folder=str(tmp_path / "piper"),
    )  # fmt: skip

    found = chains.model_files(wished, no_redis)

    assert found == {
        "Whisper whisper-tiny": [tmp_path / "whisper-tiny"],
        "M2M100 (CTranslate2) m2m100": [tmp_path / "m2m100"],
        "Piper": [voice, voice.with_name("de_DE-tiny-low.onnx.json")],
    }
    ear = chains.recogniser(("whisper",), "de", wished)
    assert ear is not None
    assert ear.abilities.label.startswith("Whisper whisper-tiny")


def test_a_recogniser_with_a_model_of_its_own_does_not_stand_ready(tmp_path: Path) -> None:
    folder = tiny_whisper(tmp_path / "whisper-tiny-random")
    whisper = settings(whisper_model=str(folder))

    assert chains.stands_ready(("pocketsphinx",), "en", whisper)
    assert chains.stands_ready(("pocketsphinx", "whisper"), "en", whisper)
    assert not chains.stands_ready(("whisper", "pocketsphinx"), "en", whisper)
    assert not chains.stands_ready(("pocketsphinx", "whisper"), "fr", whisper)
    assert not chains.stands_ready(("pocketsphinx",), "fr", whisper)


def test_whisper_tells_languages_apart(tmp_path: Path) -> None:
    folder = str(tiny_whisper(tmp_path / "whisper-tiny"))
    wished = settings(identification_engine="whisper", whisper_model=folder)
    assert len(chains.language_identifier(wished).abilities.languages) > 20


# Speech


VOICES = '{"elevenlabs": {"*": "a-voice"}, "openai": {"es": "alloy"}, "espeak-ng": {"es": "es+f3"}}'


def test_each_voice_engine_is_told_what_it_needs(tmp_path: Path) -> None:
    tiny_voice(tmp_path, "de_DE-tiny-low", espeak_voice="de")
    wished = settings(
        speech_voices=VOICES, elevenlabs_key="k", piper_voices_folder=str(tmp_path),
        speech_url="http://127.0.0.1:9/v1", speech_model="m",
    )  # fmt: skip

    voice = chains.voices(lambda: wished, new_redis).of(
        ("elevenlabs", "openai", "piper", "espeak-ng")
    )

    assert isinstance(voice, FallbackSynthesiser)
    assert voice.abilities.name == "ElevenLabs"
    piper = chains.one_synthesiser("piper", wished, no_redis)
    assert piper.abilities.languages == frozenset({"de"})
    assert chains.one_synthesiser("openai", wished, no_redis).abilities.languages == frozenset(
        {"es"}
    )


def test_a_voice_engine_without_its_settings_is_left_out() -> None:
    made = chains.voices(settings, no_redis).of(("elevenlabs", "openai", "piper", "espeak-ng"))

    assert isinstance(made, GuardedSynthesiser)
    assert isinstance(made.engine, ESpeak)


def test_late_lines_are_condensed_only_where_that_is_wished() -> None:
    llm = {"llm_url": "http://127.0.0.1:9/v1", "llm_model": "m"}
    assert chains.condenser(settings(**llm), no_redis) is None
    assert chains.condenser(settings(**llm, speech_condense=True), no_redis) is not None
    with pytest.raises(EngineMissing, match="LLM_URL"):
        chains.condenser(settings(speech_condense=True), no_redis)


# An install's own engines


OWN = "tests.interpret.own_engines."


async def test_what_an_own_voice_raises_is_a_broken_engine() -> None:
    voice = chains.voices(settings, no_redis).of((f"{OWN}OwnVoice",))

    async def said(text: str) -> list[Sound]:
        return [sound async for sound in voice.speak(text, language="es", speed=1.0)]

    (sound,) = await said("good")
    assert sound.engine == "own voice 1 es-any"
    with pytest.raises(EngineBroken, match=r"^the engine failed \(ValueError\)$"):
        await said(BAD)
    await close(voice)
    assert isinstance(voice, GuardedSynthesiser)
    assert isinstance(voice.engine, OwnVoice)
    assert voice.engine.closed


async def test_what_an_own_translator_raises_is_its_answer() -> None:
    translator = built((f"{OWN}OwnTranslator",), translation_checks=False)

    made = await translator.translate(BAD, source="en", targets=["es", "fr"])

    assert {tag: str(error) for tag, error in made.items()} == dict.fromkeys(
        ["es", "fr"], "the engine failed (OSError)"
    )
    good = await translator.translate("good", source="en", targets=["es"])
    assert good == {"es": Rendering("good", "own translator 1")}
    await translator.aclose()
    assert isinstance(translator, GuardedTranslator)
    assert isinstance(translator.engine, KeepingTranslator)
    own = translator.engine.engine
    assert isinstance(own, OwnTranslator)
    assert own.closed


@pytest.mark.parametrize("count", [1, 2])
def test_what_an_own_recogniser_raises_is_a_broken_engine(count: int) -> None:
    ear = chains.recogniser((f"{OWN}OwnEar",) * count, "en", settings())
    assert ear is not None
    stream = ear.open()
    stream.push(np.zeros(512, np.int16))
    assert stream.hypothesis() == []

    stream.push(np.ones(512, np.int16))
    with pytest.raises(EngineBroken, match=r"^the engine failed \(KeyError\)$"):
        stream.hypothesis()


@pytest.mark.parametrize("count", [1, 2])
def test_what_own_engines_use_is_counted(count: int) -> None:
    """One engine that is in a chain twice counts twice, as two would."""
    voice = chains.voices(settings, no_redis).of((f"{OWN}OwnVoice",) * count)
    translator = built((f"{OWN}OwnTranslator",) * count)
    ear = chains.recogniser((f"{OWN}OwnEar",), "en", settings())

    assert units_of(voice) == units_of(translator) == {"calls": 2.0 * count}
    assert units_of(ear) == {"calls": 2.0}
