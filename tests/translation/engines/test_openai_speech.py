"""Against an imitation of an OpenAI-compatible server (tests/vendors/openai_speech.py)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from tests.stalls import keeps_the_loop_free
from tests.vendors.openai_server import KEY
from tests.vendors.openai_speech import MODEL, Imitation, expected, openai_speech
from translation.engines.fallback_speech import FallbackSynthesiser
from translation.engines.openai_speech import OpenAISpeech
from translation.engines.units import units_of
from translation.engines.wav_stream import WavStream
from translation.errors import (
    EngineBroken,
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
)
from translation.ports import PLAIN, Manner
from translation.values import Sound
from translation.voices import Gender, voices_of_json

pytestmark = pytest.mark.slow

VOICES = voices_of_json('{"openai": {"es": {"any": "alloy", "female": "nova"}, "fr": "alloy"}}')
CLAUSE = "tenemos una casa muy grande"


@pytest_asyncio.fixture
async def vendor() -> AsyncIterator[Imitation]:
    async with openai_speech() as imitation:
        yield imitation


@asynccontextmanager
async def engine(vendor: Imitation, **settings: Any) -> AsyncIterator[OpenAISpeech]:
    quick = {"first_s": 0.6, "next_s": 0.4}
    given = {"url": vendor.url, "model": MODEL, "key": KEY, "voices": VOICES, **quick, **settings}
    async with aclosing(OpenAISpeech(**given)) as made:
        yield made


async def said(
    engine: OpenAISpeech, text: str = CLAUSE, *, speed: float = 1.0, manner: Manner = PLAIN
) -> list[Sound]:
    sounds = engine.speak(text, language="es", speed=speed, manner=manner)
    return [sound async for sound in sounds]


def whole(sounds: list[Sound]) -> bytes:
    return np.concatenate([sound.samples for sound in sounds]).tobytes()


@pytest.mark.parametrize("format", ["wav", "pcm"])
async def test_a_clause_is_spoken_as_it_comes(vendor: Imitation, format: str) -> None:
    vendor.pace = 2.0
    async with engine(vendor, format=format) as voice:
        began_s = time.monotonic()
        sounds, first_s = [], 0.0
        async for sound in voice.speak(CLAUSE, language="es", speed=1.0):
            first_s = first_s or time.monotonic() - began_s
            sounds.append(sound)
        whole_s = time.monotonic() - began_s

    assert whole(sounds) == expected(CLAUSE)
    assert {sound.rate_hz for sound in sounds} == {24_000}
    assert units_of(FallbackSynthesiser([voice])) == {"characters spoken": len(CLAUSE)}
    assert first_s < 0.4 * whole_s
    assert vendor.requests == [
        {
            "model": MODEL,
            "input": CLAUSE,
            "voice": "alloy",
            "response_format": format,
            "speed": 1.0,
        }
    ]


async def test_speed_and_voice_are_asked_for(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        woman = await said(voice, speed=1.2, manner=Manner(Gender.FEMALE))
        hurried = await said(voice, speed=2.0)

    assert whole(woman) == expected(CLAUSE, pitch=1.6, speed=1.2)
    assert whole(hurried) == expected(CLAUSE, speed=1.2)


async def test_chunks_before_the_sound_are_stepped_over(vendor: Imitation) -> None:
    vendor.failures.append("list")
    async with engine(vendor) as voice:
        assert whole(await said(voice)) == expected(CLAUSE)


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("busy", EngineBusy, "again in 7 s"),
        ("down", EngineBroken, "HTTP 503"),
        ("key", EngineMissing, "SPEECH_KEY"),
        ("model", EngineMissing, "SPEECH_MODEL"),
        ("stall", EngineTimeout, "did not begin"),
        ("pause", EngineTimeout, "did not go on"),
        ("closed", EngineBroken, "broke off"),
        ("html", EngineBroken, "no WAV"),
        ("float", EngineBroken, "32 bits"),
    ],
)
async def test_a_failure_is_named_and_the_next_clause_is_spoken(
    vendor: Imitation, failure: str, error: type[Exception], words: str
) -> None:
    vendor.failures.append(failure)
    async with engine(vendor) as voice:
        with pytest.raises(error, match=words):
            await said(voice)

        assert whole(await said(voice, "cuatro")) == expected("cuatro")


async def test_a_voice_the_server_does_not_know(vendor: Imitation) -> None:
    unknown = voices_of_json('{"openai": {"es": "nobody"}}')
    async with engine(vendor, voices=unknown) as voice:
        with pytest.raises(EngineError, match="SPEECH_VOICES"):
            await said(voice)
        with pytest.raises(PairUnsupported, match="“de”"):
            [sound async for sound in voice.speak("ja", language="de", speed=1.0)]


async def test_a_server_that_is_not_there(vendor: Imitation) -> None:
    async with engine(vendor, url="http://127.0.0.1:9/v1") as voice:
        with pytest.raises(EngineBroken, match="is it running"):
            await said(voice)


async def test_no_more_clauses_at_once_than_it_may(vendor: Imitation) -> None:
    async with engine(vendor, at_once=2, first_s=5.0) as voice:
        spoken = await asyncio.gather(*(said(voice, f"uno {n}") for n in range(6)))

    assert [whole(each) for each in spoken] == [expected(f"uno {n}") for n in range(6)]
    assert vendor.most_at_once == 2


async def test_a_clause_left_early_is_not_fetched_to_its_end(vendor: Imitation) -> None:
    vendor.pace = 1.0
    async with engine(vendor, at_once=1) as voice:
        async with aclosing(voice.speak(CLAUSE, language="es", speed=1.0)) as sounds:  # type: ignore[type-var]
            await anext(sounds)

        assert whole(await said(voice, "no")) == expected("no")


async def test_nothing_to_say_asks_for_nothing(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        assert await said(voice, "  ... ") == []

    assert vendor.requests == []


async def test_the_loop_stays_free(vendor: Imitation) -> None:
    vendor.pace, vendor.piece = 100.0, 9_999
    async with engine(vendor) as voice:
        await said(voice, CLAUSE * 4)
        assert await keeps_the_loop_free(
            lambda: asyncio.gather(*(said(voice, CLAUSE * 4) for _ in range(4)))
        )


def test_it_needs_an_address_and_a_voice() -> None:
    with pytest.raises(EngineMissing, match="SPEECH_URL"):
        OpenAISpeech(url="", model=MODEL, voices=VOICES)
    with pytest.raises(EngineMissing, match="SPEECH_VOICES"):
        OpenAISpeech(url="http://x/v1", model=MODEL, voices=voices_of_json(""))
    speech = OpenAISpeech(url="http://x/v1", model=MODEL, voices=VOICES)
    assert speech.abilities.languages == frozenset({"es", "fr"})


# A WAV in pieces


@given(
    st.lists(st.integers(-32_768, 32_767), max_size=50),
    st.lists(st.integers(1, 30), min_size=1, max_size=30),
    st.sampled_from([1, 2]),
)
def test_a_wav_is_the_same_however_it_is_cut(
    values: list[int], cuts: list[int], channels: int
) -> None:
    fields = b"\1\0" + channels.to_bytes(2, "little") + (22_050).to_bytes(4, "little")
    header = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + fields + b"\0\0\0\0\0\0\x10\0data\0\0\0\0"
    frames = np.repeat(np.array(values, "<i2"), channels)
    left, wav, samples = header + frames.tobytes(), WavStream(), []
    for cut in [*cuts, 10_000]:
        samples += wav.push(left[:cut]).tolist()
        left = left[cut:]

    assert (wav.rate_hz, samples) == (22_050, values)
