"""Engines as the settings wish them: a chain a slot, and what each engine is told."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import redis.asyncio

from interpret.env import ROOT, Env
from interpret.pool import Pool
from translation.choice import Chain, EngineChoice, Slot, chain_of
from translation.engines import registry, whisper_files
from translation.engines.checked import CheckedTranslator
from translation.engines.condenser import LLMCondenser
from translation.engines.fallback import FallbackTranslator
from translation.engines.fallback_hearing import FallbackRecogniser, FallbackVoiceActivity
from translation.engines.fallback_speech import FallbackSynthesiser
from translation.engines.guarded import GuardedRecogniser, GuardedSynthesiser, GuardedTranslator
from translation.engines.keeping import KeepingTranslator
from translation.errors import EngineMissing
from translation.log.budgets import RedisBudget
from translation.log.places import RedisPlaces
from translation.path.rolling import RollingSettings
from translation.path.settle import Commit, CommitSettings
from translation.ports import (
    Condenser,
    LanguageIdentifier,
    Recogniser,
    Synthesiser,
    Translator,
    VoiceActivity,
)
from translation.voices import voices_of_json

log = logging.getLogger(__name__)

E = TypeVar("E", Translator, Synthesiser)


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
        lambda name: GuardedTranslator(
            KeepingTranslator(one_translator(name, settings(), new_redis))
        ),
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
    return CheckedTranslator(chain, others=engines[1:])


def one_translator(
    name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> Translator:
    """Raises `EngineMissing`, also where a program is."""
    return _whole(registry.translator(name, **_told(name, settings, new_redis)))


def voices(
    settings: Callable[[], Env], new_redis: "Callable[[], redis.asyncio.Redis]"
) -> Pool[Synthesiser]:
    return Pool(
        lambda name: GuardedSynthesiser(one_synthesiser(name, settings(), new_redis)),
        lambda engines: FallbackSynthesiser(engines) if len(engines) > 1 else engines[0],
    )


def one_synthesiser(
    name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> Synthesiser:
    """Raises `EngineMissing`, also where a program is."""
    return _whole(registry.synthesiser(name, **_told_to_speak(name, settings, new_redis)))


def _whole(engine: E) -> E:
    _ = engine.abilities  # those with programs look for them
    return engine


def condenser(settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]") -> Condenser | None:
    """None where late lines are not to be condensed."""
    if not settings.speech_condense:
        return None
    told = _told("llm", settings, new_redis)
    del told["idle_s"]  # all of it has less time than that
    return LLMCondenser(**{**told, "timeout_s": min(1.0, settings.llm_timeout_s)})


def recogniser(names: Chain, language: str, settings: Env) -> Recogniser | None:
    """None where no engine of the chain understands the language. Raises as `hearing`."""
    able = hearing(names, language, settings)
    makers = [partial(_one_recogniser, name, language, settings) for name in able]
    if len(makers) > 1:
        return FallbackRecogniser(makers, names=able)
    return makers[0]() if makers else None


def hearing(names: Chain, language: str, settings: Env) -> Chain:
    """Those of a chain that understand the language here. Raises `EngineMissing` where there is
    none only because of what they lack."""
    able, missing = [], None
    for name in names:
        try:
            if language in heard_by(name, settings):
                able.append(name)
        except EngineMissing as error:
            missing = error
    if missing is not None and not able:
        raise missing
    return tuple(able)


def stands_ready(names: Chain, language: str, settings: Env) -> bool:
    """May the recogniser be built in every process that might need it? One with a model of its own
    is loaded where a floor is heard, or each idle process would hold a copy."""
    able = hearing(names, language, settings)
    return bool(able) and not getattr(
        registry.engine_class(Slot.RECOGNITION, able[0]), "HOLDS_MODEL", False
    )


def heard_by(name: str, settings: Env) -> frozenset[str]:
    """The languages that a recognition engine understands as it is set up here; loads no weights.
    Raises `EngineMissing`."""
    if name == "whisper":
        return whisper_files.languages(_whisper(settings)["model"])
    known: frozenset[str] = registry.engine_class(Slot.RECOGNITION, name).LANGUAGES
    if name in ("openai", "deepgram"):
        _one_recogniser(name, min(known), settings)
    return known


def voice_activity(names: Chain) -> VoiceActivity:
    """A new one, of those that can be built. Raises the last one's `EngineMissing` where none
    can."""
    engines, missing = [], EngineMissing("a chain of voice activity engines is empty; name one")
    for name in names:
        try:
            engines.append(registry.voice_activity(name))
        except EngineMissing as error:
            missing = error
            log.warning("the engine %s is left out: %s", name, error)
    if not engines:
        raise missing
    return FallbackVoiceActivity(engines) if len(engines) > 1 else engines[0]


def _one_recogniser(name: str, language: str, settings: Env) -> Recogniser:
    return GuardedRecogniser(
        registry.recogniser(name, language, **told_to_recognise(name, settings))
    )


def why_not(
    slot: Slot, name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> str:
    """What this install lacks to offer an engine; "" where it lacks nothing. Loads no weights."""
    try:
        match slot:
            case Slot.TRANSLATION:
                one_translator(name, settings, new_redis)
            case Slot.SPEECH:
                one_synthesiser(name, settings, new_redis)
            case Slot.RECOGNITION:
                heard_by(name, settings)
            case Slot.VOICE_ACTIVITY:
                registry.engine_class(slot, name)
    except EngineMissing as error:
        return str(error)
    return ""


def why_no_detection(settings: Env) -> str:
    """What this install lacks to tell languages apart; "" where nothing. Loads no weights."""
    name = settings.identification_engine
    if not name:
        return "IDENTIFICATION_ENGINE is not set"
    try:
        registry.engine_class("language identification", name)
        if name == "whisper" and len(whisper_files.languages(_whisper(settings)["model"])) < 2:
            return f"the model {settings.whisper_model} knows English only"
    except EngineMissing as error:
        return str(error)
    return ""


def model_files(
    settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> dict[str, list[Path]]:
    """How the label of each engine begins that has a model of its own -> the model's files and
    folders; of the settings' chains, those that can be built."""
    found: dict[str, list[Path]] = {}
    for slot, names in choice(settings).chains.items():
        for name in names:
            with suppress(EngineMissing):
                match slot, name:
                    case Slot.RECOGNITION, "whisper":
                        folder = _whisper(settings)["model"]
                        found[f"Whisper {folder.name}"] = [folder]
                    case Slot.TRANSLATION, "ctranslate2" | "transformers":
                        label = one_translator(name, settings, new_redis).abilities.label
                        found[label] = [_folder(settings.translation_model)]
                    case Slot.SPEECH, "piper":
                        voice: Any = one_synthesiser(name, settings, new_redis)
                        found[voice.abilities.label] = voice.files
    return found


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
            "idle_s": settings.llm_idle_s,
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


def _told_to_speak(
    name: str, settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> dict[str, Any]:
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
                "places": _places_of_account(settings, new_redis),
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


def _places_of_account(
    settings: Env, new_redis: "Callable[[], redis.asyncio.Redis]"
) -> RedisPlaces | None:
    """Two installs on one Redis may have an account each."""
    if not settings.elevenlabs_key:
        return None
    account = hashlib.sha256(settings.elevenlabs_key.encode()).hexdigest()[:12]
    return RedisPlaces(new_redis(), f"elevenlabs:{account}", settings.elevenlabs_at_once)


def _folder(path: str) -> Path:
    """A relative path counts from the project."""
    if not path:
        raise EngineMissing("TRANSLATION_MODEL is not set; give the folder of a model")
    return ROOT / path
