"""The engines there are: a name in the settings -> a class, imported when first wanted.

A name may also be a dotted path of its own (`my.module.MyTranslator`).
"""

from importlib import import_module
from typing import Any

from translation.errors import EngineMissing
from translation.ports import Recogniser, Synthesiser, Translator, VoiceActivity

ENGINES: dict[str, dict[str, str]] = {
    "voice activity": {"silero": "translation.engines.silero.Silero"},
    "recognition": {"pocketsphinx": "translation.engines.pocketsphinx.PocketSphinx"},
    "translation": {"apertium": "translation.engines.apertium.Apertium"},
    "speech": {"espeak-ng": "translation.engines.espeak.ESpeak"},
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


def recogniser(name: str, language: str) -> Recogniser:
    """A new `ports.Recogniser` for a language."""
    engine: Recogniser = engine_class("recognition", name)(language)
    return engine


def translator(name: str) -> Translator:
    """A new `ports.Translator`."""
    engine: Translator = engine_class("translation", name)()
    return engine


def synthesiser(name: str) -> Synthesiser:
    """A new `ports.Synthesiser`."""
    engine: Synthesiser = engine_class("speech", name)()
    return engine


def recognises(name: str) -> frozenset[str]:
    """The languages a recognition engine understands; loads no model."""
    languages: frozenset[str] = engine_class("recognition", name).LANGUAGES
    return languages
