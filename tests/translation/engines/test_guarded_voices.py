"""A voice that an event chose and an engine does not have: the usual one speaks."""

from collections.abc import AsyncIterator

import numpy as np
import pytest

from translation.engines.espeak import ESpeak
from translation.engines.guarded import GuardedSynthesiser
from translation.engines.refused_voices import AGAIN_S
from translation.errors import EngineBroken, EngineMissing
from translation.ports import PLAIN, Abilities, Manner
from translation.values import Sound
from translation.voices import Gender, VoiceChoice, Voices


class Account:
    """A vendor's engine whose account has a usual voice and those that are `known`."""

    abilities = Abilities("account", "1", "none", frozenset({"es"}))

    def __init__(self, *known: str) -> None:
        self.known = {"usual", *known}
        self.asked: list[str] = []
        self.loaded: list[str] = []
        self.broken = False

    def voice(self, language: str, manner: Manner) -> str:
        return manner.voices.of("account", language, manner.gender) or "usual"

    async def ready(self, language: str, manner: Manner) -> None:
        voice = self.voice(language, manner)
        self.loaded.append(voice)
        if self.broken or voice not in self.known:
            raise EngineBroken("it cannot be loaded")

    async def speak(
        self, text: str, *, language: str, speed: float, manner: Manner = PLAIN
    ) -> AsyncIterator[Sound]:
        voice = self.voice(language, manner)
        self.asked.append(voice)
        if self.broken:
            raise EngineBroken("it is down")
        if voice not in self.known:
            raise EngineMissing("there is no such voice")
        yield Sound(np.full(2400, 3000, np.int16), 24_000)
        if voice == "weak":
            raise EngineBroken("it broke off")


class Time:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


HERS = Manner(Gender.FEMALE, Voices((VoiceChoice("account", "es", "hers", Gender.FEMALE),)))


async def said(voice: GuardedSynthesiser, manner: Manner = HERS) -> list[str]:
    sounds = voice.speak("hola", language="es", speed=1.0, manner=manner)
    return [sound.engine async for sound in sounds]


async def test_the_usual_voice_speaks_for_one_that_is_refused_which_is_asked_again_later() -> None:
    account, time = Account(), Time()
    voice = GuardedSynthesiser(account, clock=time)
    assert await said(voice) == ["account 1 usual"]
    assert await said(voice) == ["account 1 usual"]
    assert voice.voice("es", HERS) == "usual"
    assert account.asked == ["hers", "usual", "usual"]

    account.known.add("hers")
    time.now_s = AGAIN_S
    assert await said(voice) == ["account 1 hers"]


async def test_an_engine_that_is_down_fails_whatever_the_voice() -> None:
    account, time = Account("hers"), Time()
    account.broken = True
    voice = GuardedSynthesiser(account, clock=time)
    with pytest.raises(EngineBroken):
        await said(voice)
    with pytest.raises(EngineBroken):
        await said(voice, PLAIN)
    assert account.asked == ["hers", "usual", "usual"]
    account.broken = False
    assert await said(voice) == ["account 1 hers"]


async def test_a_line_that_is_given_up_leaves_the_voice_refused() -> None:
    account = Account()
    voice = GuardedSynthesiser(account)
    sounds = voice.speak("hola", language="es", speed=1.0, manner=HERS)
    assert (await anext(sounds)).engine == "account 1 usual"
    await sounds.aclose()  # type: ignore[attr-defined]

    assert await said(voice) == ["account 1 usual"]
    assert account.asked == ["hers", "usual", "usual"]


async def test_a_voice_that_cannot_be_loaded_keeps_no_engine_from_serving() -> None:
    account = Account()
    voice = GuardedSynthesiser(account)

    await voice.ready("es", HERS)
    assert account.loaded == ["hers", "usual"]

    account.broken = True
    with pytest.raises(EngineBroken):
        await voice.ready("es", PLAIN)


async def test_what_was_heard_is_not_said_again() -> None:
    account = Account("weak")
    weak = Manner(voices=Voices((VoiceChoice("account", "es", "weak"),)))
    with pytest.raises(EngineBroken):
        await said(GuardedSynthesiser(account), weak)
    assert account.asked == ["weak"]


@pytest.mark.programs
async def test_espeak_speaks_as_usual_where_it_has_no_such_voice() -> None:
    nobody = Manner(voices=Voices((VoiceChoice("espeak-ng", "es", "nobody"),)))
    (who,) = await said(GuardedSynthesiser(ESpeak()), nobody)
    assert who.split()[-1] == "es"
