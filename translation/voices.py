"""Which voice an engine speaks a language with: data, from the settings or chosen for an event.

    {"elevenlabs": {"es": {"female": "EXAVITQu4vr4xnSDxMaL", "male": "onwK4e9ZLuTAkqWW03F9"},
                    "*": "JBFqnCBsd6RMkjVDRZzb"},
     "piper": {"de": "de_DE-thorsten-medium"}}

Engine -> language (`*` for any) -> a voice, or one for each gender (`any`, `female`, `male`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from translation.errors import BadVoices
from translation.languages import LANGUAGES

ANY_LANGUAGE = "*"


class Gender(StrEnum):
    """Of the voice that a speaker should be given."""

    ANY = "any"
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """`voice`: the engine's own name for it."""

    engine: str
    language: str
    voice: str
    gender: Gender = Gender.ANY


@dataclass(frozen=True, slots=True)
class Voices:
    """Choices; earlier ones win over later ones of the same engine, language and gender."""

    choices: tuple[VoiceChoice, ...] = ()

    def of(self, engine: str, language: str, gender: Gender = Gender.ANY) -> str:
        """The voice; "" where none is chosen.

        The language with its region comes before the plain one and that before any; in each, the
        gender comes before a voice for all. A gender nobody chose a voice for takes any voice.
        """
        tags = dict.fromkeys((language, language.partition("-")[0], ANY_LANGUAGE))
        genders = dict.fromkeys((gender, Gender.ANY, *Gender))
        found = {(c.language, c.gender): c.voice for c in self._mine(engine)}
        return next((found[t, g] for t in tags for g in genders if (t, g) in found), "")

    def languages(self, engine: str) -> frozenset[str]:
        """The tags for which the engine has a voice."""
        named = {choice.language for choice in self._mine(engine)}
        return frozenset(tag for tag in LANGUAGES if self._reached(tag) & named)

    def over(self, others: "Voices") -> "Voices":
        """These where there is a choice, else the others."""
        return Voices(self.choices + others.choices)

    def _mine(self, engine: str) -> list[VoiceChoice]:
        return [choice for choice in reversed(self.choices) if choice.engine == engine]

    @staticmethod
    def _reached(tag: str) -> set[str]:
        return {tag, tag.partition("-")[0], ANY_LANGUAGE}


NO_VOICES = Voices()


def voices_of_json(text: str) -> Voices:
    """Raises `BadVoices`, naming what is wrong."""
    try:
        given = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise BadVoices(f"the voices are no JSON ({error}); write them like {_EXAMPLE}") from None
    return Voices(tuple(_choices(given)))


_EXAMPLE = '{"elevenlabs": {"es": {"female": "...", "male": "..."}, "*": "..."}}'


def _choices(given: object) -> Iterable[VoiceChoice]:
    for engine, languages in _items(given, "engines"):
        for language, voices in _items(languages, f"the languages of “{engine}”"):
            if language != ANY_LANGUAGE and language not in LANGUAGES:
                raise BadVoices(f"“{language}” (of “{engine}”) is no language of this service")
            by_gender = {Gender.ANY.value: voices} if isinstance(voices, str) else voices
            for gender, voice in _items(by_gender, f"the voices of “{engine}” in “{language}”"):
                if gender not in set(Gender) or not isinstance(voice, str) or not voice:
                    raise BadVoices(
                        f"“{gender}” of “{engine}” in “{language}”: give any, female or male, and"
                        " the name of a voice"
                    )
                yield VoiceChoice(engine, language, voice, Gender(gender))


def _items(given: object, what: str) -> Iterable[tuple[str, object]]:
    if not isinstance(given, dict):
        raise BadVoices(f"{what} are no object in braces; write voices like {_EXAMPLE}")
    return [(str(key), value) for key, value in given.items()]
