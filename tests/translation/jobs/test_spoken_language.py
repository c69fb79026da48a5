"""An interpreter who speaks another language than her channel's."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing

import numpy as np
import pytest

from translation.errors import EngineBroken, as_ours
from translation.flow import SessionClock, cancel_and_wait
from translation.jobs.spoken_language import WINDOW_S, SpokenLanguage
from translation.ports import Abilities
from translation.values import Alarm, AlarmKind, Samples

RATE_HZ = 16_000
SPANISH_HZ, ENGLISH_HZ, MUMBLED_HZ = 400, 800, 1600


class ByPitch:
    """A `LanguageIdentifier`: low is Spanish, high is English, higher could be anything."""

    abilities = Abilities("by pitch", "1", "", frozenset({"es", "en"}))

    def identify(self, samples: Samples) -> Mapping[str, float]:
        spectrum = np.abs(np.fft.rfft(samples))
        hz = spectrum.argmax() * RATE_HZ / len(samples)
        if hz > 1200:
            return {"es": 0.4, "en": 0.4, "fr": 0.2}
        return {"es": 0.9, "en": 0.1} if hz < 600 else {"es": 0.05, "en": 0.95}


class Watched:
    """What a channel hears, and the alarms it comes to."""

    def __init__(self, language: str = "es", identifier: type = ByPitch) -> None:
        self.guard = SpokenLanguage(language, RATE_HZ, SessionClock.starting_now(), identifier)
        self.alarms: list[tuple[str, bool]] = []
        self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async with aclosing(self.guard.alarms()) as alarms:
            async for alarm in alarms:
                assert (alarm.alarm, alarm.language) == (AlarmKind.WRONG_LANGUAGE, "es")
                self.alarms.append((alarm.who, alarm.on))

    async def speaks(self, who: str, hz: int, seconds: float, *, speaking: bool = True) -> None:
        times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
        sound = (9_000 * np.sin(2 * np.pi * hz * times)).astype(np.int16)
        for at in range(0, len(sound), RATE_HZ // 2):
            self.guard.hear(who, sound[at : at + RATE_HZ // 2], speaking=speaking)
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)

    async def __aenter__(self) -> "Watched":
        return self

    async def __aexit__(self, *_: object) -> None:
        await cancel_and_wait(self._following)


async def test_two_windows_of_another_language_are_an_alarm_and_one_of_hers_ends_it() -> None:
    async with Watched() as booth:
        await booth.speaks("ann", SPANISH_HZ, WINDOW_S)
        await booth.speaks("ann", ENGLISH_HZ, WINDOW_S)
        assert booth.alarms == []
        await booth.speaks("ann", ENGLISH_HZ, WINDOW_S)
        assert booth.alarms == [("ann", True)]
        await booth.speaks("ann", ENGLISH_HZ, WINDOW_S)
        await booth.speaks("ann", SPANISH_HZ, WINDOW_S)
        assert booth.alarms == [("ann", True), ("ann", False)]


async def test_it_ends_with_her_going_off_air() -> None:
    async with Watched() as booth:
        await booth.speaks("ann", ENGLISH_HZ, 2 * WINDOW_S)
        await booth.speaks("", SPANISH_HZ, 1)
        assert booth.alarms == [("ann", True), ("ann", False)]


@pytest.mark.parametrize(("hz", "speaking"), [(MUMBLED_HZ, True), (ENGLISH_HZ, False)])
async def test_what_could_be_anything_and_what_is_not_speech_is_none(
    hz: int, speaking: bool
) -> None:
    async with Watched() as booth:
        await booth.speaks("ann", hz, 3 * WINDOW_S, speaking=speaking)
        assert booth.alarms == []


async def test_a_region_of_the_channels_language_is_no_other_language() -> None:
    booth = Watched("es-MX")
    async with booth:
        await booth.speaks("ann", SPANISH_HZ, 3 * WINDOW_S)
        assert booth.alarms == []


async def test_what_a_predecessor_rang_is_ended() -> None:
    async with Watched() as booth:
        booth.guard.known(Alarm("es", AlarmKind.WRONG_LANGUAGE, "ann", on=True, at_s=1.0))
        await booth.speaks("ann", SPANISH_HZ, WINDOW_S)
        assert booth.alarms == [("ann", False)]


@pytest.mark.parametrize("error", [EngineBroken("the model is gone"), ValueError("no")])
async def test_an_engine_that_fails_raises_no_alarm(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(ByPitch):
        def identify(self, samples: Samples) -> Mapping[str, float]:
            raise error

    async with Watched(identifier=Broken) as booth:
        await booth.speaks("ann", ENGLISH_HZ, 2 * WINDOW_S)
        assert booth.alarms == []
    assert str(as_ours(error)) in caplog.text
