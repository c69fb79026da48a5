"""Which engines serve whom: a chain a slot, by organization, event and language. Pure data.

install       translation: apertium      speech: espeak-ng
organization  translation: llm, apertium
event                                    speech of Welsh: piper, espeak-ng
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Chain = tuple[str, ...]
"""Names of engines, the first choice first."""

ANY = ""
"""No language in particular."""


class Slot(StrEnum):
    VOICE_ACTIVITY = "voice activity"
    RECOGNITION = "recognition"
    TRANSLATION = "translation"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """A chain for a slot. `language`: for that one alone (BCP-47); "" for all."""

    slot: Slot
    language: str
    chain: Chain


Wishes = tuple[Wish, ...]
"""What is wished in all, in a steady order; empty where the install decides."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What one scope wishes. `of_language` goes before `chains`: by slot and BCP-47 tag, of the
    language that is recognised, translated into, or spoken."""

    chains: Mapping[Slot, Chain] = field(default_factory=dict)
    of_language: Mapping[tuple[Slot, str], Chain] = field(default_factory=dict)

    @classmethod
    def of(cls, wishes: Iterable[Wish]) -> "EngineChoice":
        """Of two wishes for the same the later one holds."""
        wishes = list(wishes)
        return cls(
            {wish.slot: wish.chain for wish in wishes if not wish.language},
            {(wish.slot, wish.language): wish.chain for wish in wishes if wish.language},
        )

    @property
    def wishes(self) -> Wishes:
        """The same choice gives the same wishes."""
        general = [Wish(slot, ANY, chain) for slot, chain in self.chains.items()]
        single = [Wish(slot, tag, chain) for (slot, tag), chain in self.of_language.items()]
        return tuple(sorted(general + single))

    def over(self, wider: "EngineChoice") -> "EngineChoice":
        """This scope's wishes, and the wider scope's where this one has none. A chain for all
        languages here does not undo one for a single language there."""
        return EngineChoice(
            {**wider.chains, **self.chains}, {**wider.of_language, **self.of_language}
        )

    def chain(self, slot: Slot, language: str) -> Chain:
        """For `pt-BR`: its own chain, that of `pt`, or the slot's; each engine once."""
        found = self.wish(slot, language)
        return tuple(dict.fromkeys(found.chain)) if found else ()

    def wish(self, slot: Slot, language: str) -> Wish | None:
        """The wish that `chain` obeys; None where there is none for the slot."""
        for tag in (language, language.partition("-")[0]):
            if wished := self.of_language.get((slot, tag)):
                return Wish(slot, tag, wished)
        if wished := self.chains.get(slot):
            return Wish(slot, ANY, wished)
        return None

    def holds(self, wish: Wish) -> bool:
        """Whether this scope has this very wish."""
        if wish.language:
            return self.of_language.get((wish.slot, wish.language)) == wish.chain
        return self.chains.get(wish.slot) == wish.chain


def chain_of(setting: str) -> Chain:
    """`"llm, apertium"` -> llm, apertium."""
    return tuple(dict.fromkeys(name.strip() for name in setting.split(",") if name.strip()))
