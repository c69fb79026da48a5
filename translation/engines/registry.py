"""The engines there are: a name in the settings -> a class, imported when first wanted.

A name may also be a dotted path of its own (`my.module.MyTranslator`).
"""

from importlib import import_module
from typing import Any

from translation.choice import chain_of
from translation.errors import EngineMissing
from translation.ports import LanguageIdentifier, Recogniser, Synthesiser, Translator, VoiceActivity

ENGINES: dict[str, dict[str, str]] = {
    "voice activity": {"silero": "translation.engines.silero.Silero"},
    "recognition": {
        "pocketsphinx": "translation.engines.pocketsphinx.PocketSphinx",
        "whisper": "translation.engines.whisper.Whisper",
        "openai": "translation.engines.openai_transcription.OpenAITranscription",
        "deepgram": "translation.engines.deepgram.Deepgram",
    },
    "language identification": {"whisper": "translation.engines.whisper.WhisperLanguages"},
    "translation": {
        "apertium": "translation.engines.apertium.Apertium",
        "ctranslate2": "translation.engines.ctranslate2_seq2seq.CTranslate2Seq2Seq",
        "transformers": "translation.engines.transformers_seq2seq.TransformersSeq2Seq",
        "llm": "translation.engines.llm.LLM",
    },
    "speech": {
        "espeak-ng": "translation.engines.espeak.ESpeak",
        "piper": "translation.engines.piper.Piper",
        "elevenlabs": "translation.engines.elevenlabs.ElevenLabs",
        "openai": "translation.engines.openai_speech.OpenAISpeech",
    },
}
"""Slot -> name -> dotted path."""


def engine_class(slot: str, name: str) -> Any:
    """The class of an engine. Raises `EngineMissing` for a name nobody knows."""
    path = ENGINES[slot].get(name, name if "." in name else "")
    if not path:
        known = ", ".join(sorted(ENGINES[slot]))
        raise EngineMissing(f"“{name}” is no {slot} engine; known: {known}")
    module, _, attribute = path.rpartition(".")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise EngineMissing(f"the {slot} engine “{name}” cannot be loaded: {error}") from error


def voice_activity(name: str) -> VoiceActivity:
    """A new `ports.VoiceActivity`: one per stream of sound, it keeps state."""
    engine: VoiceActivity = engine_class("voice activity", name)()
    return engine


def recogniser(name: str, language: str, **options: Any) -> Recogniser:
    """A new `ports.Recogniser` for a language. `options`: what its class wants to be told."""
    engine: Recogniser = engine_class("recognition", name)(language, **options)
    return engine


def language_identifier(name: str, **options: Any) -> LanguageIdentifier:
    engine: LanguageIdentifier = engine_class("language identification", name)(**options)
    return engine


def translator(name: str, **options: Any) -> Translator:
    """A new `ports.Translator`. `options`: what its class wants to be told."""
    engine: Translator = engine_class("translation", name)(**options)
    return engine


def synthesiser(name: str, **options: Any) -> Synthesiser:
    """A new `ports.Synthesiser`. `options`: what its class wants to be told."""
    engine: Synthesiser = engine_class("speech", name)(**options)
    return engine


def recognises(names: str) -> frozenset[str]:
    """The languages a recognition engine (or a chain, `one,other`) understands; loads no model."""
    classes = [engine_class("recognition", name) for name in chain_of(names)]
    return frozenset().union(*(each.LANGUAGES for each in classes))
