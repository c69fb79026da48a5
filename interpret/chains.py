"""Engines as the settings wish them: a chain a slot, and what each engine is told."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import redis.asyncio

from interpret.env import ROOT, Env
from interpret.pool import Pool
from translation.choice import Chain, EngineChoice, Slot, chain_of
from translation.engines import registry
from translation.engines.checked import CheckedTranslator
from translation.engines.condenser import LLMCondenser
from translation.engines.fallback import FallbackTranslator
from translation.engines.fallback_hearing import FallbackRecogniser
from translation.engines.fallback_speech import FallbackSynthesiser
from translation.engines.whisper_files import require_files
from translation.errors import EngineMissing
from translation.log.budgets import RedisBudget
from translation.path.rolling import RollingSettings
from translation.path.settle import Commit, CommitSettings
from translation.ports import Condenser, LanguageIdentifier, Recogniser, Synthesiser, Translator
from translation.voices import voices_of_json


def choice(settings: Env) -> EngineChoice:
    """What this install wishes; organizations and events may wish otherwise."""
    return EngineChoice(
        {
            Slot.VOICE_ACTIVITY: chain_of(settings.voice_activity_engine),
            Slot.RECOGNITION: chain_of(settings.recognition_engine),
            Slot.TRANSLATION: chain_of(settings.translation_engine),
            Slot.SPEECH: chain_of(settings.speech_engine),
        }
    )


def translators(
    settings: Callable[[], Env], new_redis: "Callable[[], redis.asyncio.Redis]"
) -> Pool[Translator]:
    """Renderings are checked against their source unless the settings say otherwise. The second
    engine of a chain is the faithful one that doubtful sentences are given to."""
    return Pool(
        lambda name: one_translator(name, settings(), new_redis),
        lambda engines: _joined_translators(engines, settings()),
    )


def _joined_translators(engines: Sequence[Translator], settings: Env) -> Translator:
    chain = (
        FallbackTranslator(engines, timeout_s=settings.translation_timeout_s)
        if len(engines) > 1
        else engines[0]
    )
    if not settings.translation_checks:
        return chain
    return CheckedTranslator(chain, faithful=engines[1] if len(engines) > 1 else None)


def one_translator(
    name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> Translator:
    """Raises `EngineMissing`."""
    return registry.translator(name, **_told(name, settings, new_redis))


def voices(settings: Callable[[], Env]) -> Pool[Synthesiser]:
    return Pool(
        lambda name: one_synthesiser(name, settings()),
        lambda engines: FallbackSynthesiser(engines) if len(engines) > 1 else engines[0],
    )


def one_synthesiser(name: str, settings: Env) -> Synthesiser:
    """Raises `EngineMissing`."""
    return registry.synthesiser(name, **_told_to_speak(name, settings))


def condenser(settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]") -> Condenser | None:
    """None where late lines are not to be condensed."""
    if not settings.speech_condense:
        return None
    told = _told("llm", settings, new_redis)
    return LLMCondenser(**{**told, "timeout_s": min(1.0, settings.llm_timeout_s)})


def recogniser(names: Chain, language: str, settings: Env) -> Recogniser | None:
    """None where no engine of the chain understands the language."""
    able = [name for name in names if language in registry.recognises(name)]
    makers = [partial(_one_recogniser, name, language, settings) for name in able]
    if len(makers) > 1:
        return FallbackRecogniser(makers, names=able)
    return makers[0]() if makers else None


def _one_recogniser(name: str, language: str, settings: Env) -> Recogniser:
    return registry.recogniser(name, language, **told_to_recognise(name, settings))


def why_not(
    slot: Slot, name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> str:
    """What this install lacks to offer an engine; "" where it lacks nothing. Loads no weights."""
    try:
        match slot:
            case Slot.TRANSLATION:
                _ = one_translator(name, settings, new_redis).abilities  # looks for programs
            case Slot.SPEECH:
                _ = one_synthesiser(name, settings).abilities
            case Slot.RECOGNITION:
                _look_for_recogniser(name, settings)
    except EngineMissing as error:
        return str(error)
    return ""


def _look_for_recogniser(name: str, settings: Env) -> None:
    engine = registry.engine_class(Slot.RECOGNITION, name)
    if name == "whisper":
        require_files(_whisper(settings)["model"])
    elif name in ("openai", "deepgram"):
        _one_recogniser(name, min(engine.LANGUAGES), settings)


def language_identifier(settings: Env) -> LanguageIdentifier:
    """Where one is set. Blocking: loads a model."""
    name = settings.identification_engine
    return registry.language_identifier(name, **(_whisper(settings) if name == "whisper" else {}))


def _told(
    name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> dict[str, Any]:
    if name in ("ctranslate2", "transformers"):
        return {
            "model": _folder(settings.translation_model),
            "device": settings.translation_device,
            "threads": settings.translation_threads,
            "commercial": settings.commercial_use,
        }
    if name == "llm":
        bounded = settings.llm_tokens_a_session > 0
        return {
            "model": settings.llm_model,
            "url": settings.llm_url,
            "key": settings.llm_key,
            "timeout_s": settings.llm_timeout_s,
            "tokens_a_session": settings.llm_tokens_a_session,
            "budget": RedisBudget(new_redis(), "llm") if bounded else None,
        }
    return {}


def told_to_recognise(name: str, settings: Env) -> dict[str, Any]:
    match name:
        case "whisper":
            commit = CommitSettings(Commit(settings.whisper_commit))
            step = RollingSettings(step_s=settings.whisper_step_s, commit=commit)
            return {**_whisper(settings), "settings": step}
        case "openai":
            return {
                "url": settings.transcription_url,
                "model": settings.transcription_model,
                "key": settings.transcription_key,
                "timeout_s": settings.transcription_timeout_s,
            }
        case "deepgram":
            return {
                "key": settings.deepgram_key,
                "model": settings.deepgram_model,
                "url": settings.deepgram_url,
            }
    return {}


def _whisper(settings: Env) -> dict[str, Any]:
    name = settings.whisper_model
    folder = name if "/" in name else f"{settings.models_folder}/whisper-{name}"
    return {
        "model": ROOT / folder,
        "device": settings.whisper_device,
        "compute_type": settings.whisper_compute_type,
        "threads": settings.whisper_threads,
    }


def _told_to_speak(name: str, settings: Env) -> dict[str, Any]:
    voices = voices_of_json(settings.speech_voices)
    match name:
        case "espeak-ng":
            return {"voices": voices}
        case "piper":
            folder = ROOT / settings.piper_voices_folder
            return {"folder": folder, "voices": voices, "threads": settings.piper_threads}
        case "elevenlabs":
            return {
                "key": settings.elevenlabs_key,
                "voices": voices,
                "model": settings.elevenlabs_model,
                "url": settings.elevenlabs_url,
                "at_once": settings.elevenlabs_at_once,
            }
        case "openai":
            return {
                "url": settings.speech_url,
                "model": settings.speech_model,
                "voices": voices,
                "key": settings.speech_key,
                "format": settings.speech_format,
                "at_once": settings.speech_at_once,
            }
    return {}


def _folder(path: str) -> Path:
    """A relative path counts from the project."""
    if not path:
        raise EngineMissing("TRANSLATION_MODEL is not set; give the folder of a model")
    return ROOT / path
