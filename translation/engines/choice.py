"""Which engines serve whom: a chain a slot, by organization, event and language. Pure data.

install       translation: apertium      speech: espeak-ng
organization  translation: llm, apertium
event                                    speech of Welsh: piper, espeak-ng
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Chain = tuple[str, ...]
"""Names of engines, the first choice first."""


class Slot(StrEnum):
    VOICE_ACTIVITY = "voice activity"
    RECOGNITION = "recognition"
    TRANSLATION = "translation"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What one scope wishes. `of_language` goes before `chains`: by slot and BCP-47 tag, of the
    language that is recognised, translated into, or spoken."""

    chains: Mapping[Slot, Chain] = field(default_factory=dict)
    of_language: Mapping[tuple[Slot, str], Chain] = field(default_factory=dict)

    def over(self, wider: "EngineChoice") -> "EngineChoice":
        """This scope's wishes, and the wider scope's where this one has none. A chain for all
        languages here does not undo one for a single language there."""
        return EngineChoice(
            {**wider.chains, **self.chains}, {**wider.of_language, **self.of_language}
        )

    def chain(self, slot: Slot, language: str) -> Chain:
        """For `pt-BR`: its own chain, that of `pt`, or the slot's; each engine once."""
        for tag in (language, language.partition("-")[0]):
            if wished := self.of_language.get((slot, tag)):
                return tuple(dict.fromkeys(wished))
        return tuple(dict.fromkeys(self.chains.get(slot, ())))


def chain_of(setting: str) -> Chain:
    """`"llm, apertium"` -> llm, apertium."""
    return tuple(dict.fromkeys(name.strip() for name in setting.split(",") if name.strip()))
