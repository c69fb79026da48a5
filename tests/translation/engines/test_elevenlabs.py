"""Against an imitation of the vendor's socket (tests/vendors/elevenlabs.py)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from tests.stalls import keeps_the_loop_free
from tests.vendors.elevenlabs import CHARACTER_S, KEY, Imitation, elevenlabs, voiced
from translation.engines.elevenlabs import ElevenLabs
from translation.engines.elevenlabs_socket import BOUNDS
from translation.errors import (
    EngineBroken,
    EngineBusy,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
)
from translation.log.places import RedisPlaces
from translation.log.redis_client import redis_client
from translation.ports import PLAIN, Manner
from translation.values import Sound
from translation.voices import Gender, VoiceChoice, Voices, voices_of_json

pytestmark = pytest.mark.slow

VOICES = voices_of_json('{"elevenlabs": {"*": {"female": "voice-b", "any": "voice-a"}}}')
QUICK = replace(BOUNDS, first_s=0.6, next_s=0.4, quiet_s=0.2, close_s=0.5)
CLAUSE = "tenemos una casa muy grande"


@pytest_asyncio.fixture
async def vendor() -> AsyncIterator[Imitation]:
    async with elevenlabs() as imitation:
        yield imitation


@asynccontextmanager
async def engine(vendor: Imitation, **settings: Any) -> AsyncIterator[ElevenLabs]:
    given = {"key": KEY, "voices": VOICES, "url": vendor.url, "bounds": QUICK, **settings}
    async with aclosing(ElevenLabs(**given)) as made:
        yield made


async def said(
    engine: ElevenLabs,
    text: str = CLAUSE,
    *,
    language: str = "es",
    speed: float = 1.0,
    manner: Manner = PLAIN,
) -> list[Sound]:
    sounds = engine.speak(text, language=language, speed=speed, manner=manner)
    return [sound async for sound in sounds]


def whole(sounds: list[Sound]) -> bytes:
    return np.concatenate([sound.samples for sound in sounds]).tobytes()


def expected(text: str = CLAUSE, *, pitch: float = 1.0, speed: float = 1.0) -> bytes:
    return voiced(f"{text} ", pitch, speed)


async def test_a_clause_comes_in_chunks_whole_and_in_order(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        sounds = await said(voice)

    assert voice.units == {"characters spoken": len(CLAUSE)}
    assert whole(sounds) == expected()
    assert len(sounds) == 3
    assert {sound.rate_hz for sound in sounds} == {24_000}


async def test_the_first_chunk_does_not_wait_for_the_others(vendor: Imitation) -> None:
    vendor.pace = 2.0
    async with engine(vendor) as voice:
        began_s = time.monotonic()
        async with aclosing(voice.speak(CLAUSE, language="es", speed=1.0)) as sounds:  # type: ignore[type-var]
            await anext(sounds)
            first_s = time.monotonic() - began_s
            async for _ in sounds:
                pass
        whole_s = time.monotonic() - began_s

    assert first_s < 0.6 * whole_s


async def test_clauses_of_a_channel_share_a_socket_and_a_context(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        sounds = [await said(voice, text) for text in ("uno dos tres", "cuatro", CLAUSE)]

    assert [whole(each) for each in sounds] == [
        expected(text) for text in ("uno dos tres", "cuatro", CLAUSE)
    ]
    assert len(vendor.connections) == 1
    assert {message["context_id"] for message in vendor.received} == {"c1"}
    assert [m["text"] for m in vendor.received] == [" ", "uno dos tres ", "cuatro ", f"{CLAUSE} "]


async def test_what_it_asks_for_is_what_the_vendor_documents(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        await said(voice, language="pt-BR", speed=1.1)

    (path,) = vendor.connections
    assert path.startswith("/v1/text-to-speech/voice-b/multi-stream-input?") is False
    assert path.startswith("/v1/text-to-speech/voice-a/multi-stream-input?")
    for asked in ("model_id=eleven_flash_v2_5", "language_code=pt", "output_format=pcm_24000"):
        assert asked in path
    settings = vendor.received[0]["voice_settings"]
    assert settings == {"stability": 0.5, "similarity_boost": 0.8, "speed": 1.1}
    assert vendor.received[1]["flush"] is True


async def test_another_speed_is_another_context_of_the_same_socket(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        calm, hurried = await said(voice), await said(voice, speed=1.2)
        faster_than_it_can = await said(voice, speed=1.5)

    assert (whole(calm), whole(hurried)) == (expected(), expected(speed=1.2))
    assert whole(faster_than_it_can) == whole(hurried)
    assert len(vendor.connections) == 1
    assert [m["context_id"] for m in vendor.received if m.get("flush")] == ["c1", "c2", "c2"]


async def test_the_voice_follows_gender_and_choice(vendor: Imitation) -> None:
    chosen = Manner(voices=Voices((VoiceChoice("elevenlabs", "es", "voice-b"),)))
    async with engine(vendor) as voice:
        anyone = await said(voice, manner=Manner(Gender.MALE))
        woman = await said(voice, manner=Manner(Gender.FEMALE))
        of_the_event = await said(voice, manner=chosen)

    assert whole(anyone) == expected(pitch=1.0)
    assert whole(woman) == whole(of_the_event) == expected(pitch=1.6)


async def test_languages_of_a_job_speak_at_once(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        spoken = await asyncio.gather(
            *(said(voice, f"{CLAUSE} {tag}", language=tag) for tag in ("es", "fr", "de"))
        )

    assert [whole(each) for each in spoken] == [
        expected(f"{CLAUSE} {tag}") for tag in ("es", "fr", "de")
    ]
    assert vendor.most_at_once == 3


async def test_no_more_clauses_at_once_than_the_plan_allows(vendor: Imitation) -> None:
    vendor.plan = 2
    tags = ("es", "fr", "de", "it", "pl", "nl")
    async with engine(vendor, at_once=2) as voice:
        spoken = await asyncio.gather(*(said(voice, "uno dos", language=tag) for tag in tags))

    assert [whole(each) for each in spoken] == [expected("uno dos")] * 6
    assert vendor.most_at_once == 2


async def test_a_clause_that_finds_no_place_is_told_so(vendor: Imitation) -> None:
    vendor.pace = 1.0
    async with engine(vendor, at_once=1, bounds=BOUNDS) as voice:
        first = asyncio.create_task(said(voice))
        await asyncio.sleep(0.05)
        with pytest.raises(EngineBusy, match="ELEVENLABS_AT_ONCE"):
            await said(voice, language="fr")
        assert whole(await first) == expected()


@pytest.mark.redis
async def test_all_processes_share_the_places_of_the_account(
    vendor: Imitation, redis_url: str, session_id: str
) -> None:
    vendor.plan = 2
    tags = ("es", "fr", "de")
    async with AsyncExitStack() as opened:
        voices = []
        for _ in range(2):  # two processes
            client = await opened.enter_async_context(aclosing(redis_client(redis_url)))
            places = RedisPlaces(client, session_id, 2)
            voices.append(await opened.enter_async_context(engine(vendor, places=places)))
        spoken = await asyncio.gather(
            *(said(voice, "uno dos", language=tag) for voice in voices for tag in tags)
        )

    assert [whole(each) for each in spoken] == [expected("uno dos")] * 6
    assert vendor.most_at_once == 2


async def test_without_redis_a_process_counts_its_own(vendor: Imitation) -> None:
    vendor.plan = 2
    async with aclosing(redis_client("redis://127.0.0.1:1/0")) as nowhere:
        places = RedisPlaces(nowhere, "x", 2)
        async with engine(vendor, at_once=2, places=places) as voice:
            tags = ("es", "fr", "de", "it")
            spoken = await asyncio.gather(*(said(voice, "uno", language=tag) for tag in tags))

    assert [whole(each) for each in spoken] == [expected("uno")] * 4
    assert vendor.most_at_once == 2


# What goes wrong


@pytest.mark.parametrize("failure", ["no_alignment", "shared", "fragments", "odd"])
async def test_no_sound_is_lost_or_repeated_however_it_comes(
    vendor: Imitation, failure: str
) -> None:
    vendor.failures.append(failure)
    async with engine(vendor) as voice:
        first, second = await said(voice), await said(voice, "cuatro cinco")

    assert whole(first) == expected()
    assert whole(second) == expected("cuatro cinco")
    assert len(vendor.connections) == 1


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("busy", EngineBusy, "again in 7 s"),
        ("concurrent", EngineBusy, "too_many_concurrent_requests"),
        ("down", EngineBroken, "HTTP 503"),
        ("refused", EngineMissing, "ELEVENLABS_KEY"),
        ("quota", EngineMissing, "credit"),
        ("stall", EngineTimeout, "did not begin"),
        ("pause", EngineTimeout, "in the middle"),
        ("closed", EngineBroken, "broke off"),
        ("nonsense", EngineBroken, "broke off"),
        ("garbled", EngineBroken, "cannot be read"),
    ],
)
async def test_a_failure_is_named_and_the_next_clause_is_spoken(
    vendor: Imitation, failure: str, error: type[Exception], words: str
) -> None:
    vendor.failures.append(failure)
    async with engine(vendor) as voice:
        with pytest.raises(error, match=words):
            await said(voice)

        assert whole(await said(voice, "cuatro cinco")) == expected("cuatro cinco")


async def test_a_busy_vendor_says_how_long_to_leave_it(vendor: Imitation) -> None:
    vendor.failures.append("busy")
    async with engine(vendor) as voice:
        with pytest.raises(EngineBusy) as busy:
            await said(voice)

    assert busy.value.after_s == 7


async def test_a_socket_that_was_closed_while_idle_is_opened_again(vendor: Imitation) -> None:
    vendor.idle_s = 1.0
    async with engine(vendor) as voice:
        await said(voice)
        await asyncio.sleep(1.3)

        assert whole(await said(voice, "cuatro")) == expected("cuatro")
    assert len(vendor.connections) == 2


async def test_an_idle_socket_says_that_it_is_still_there(vendor: Imitation) -> None:
    vendor.idle_s = 1.0
    async with engine(vendor, bounds=replace(QUICK, alive_s=0.2)) as voice:
        await said(voice)
        await asyncio.sleep(2.0)
        await said(voice, "cuatro")

    assert len(vendor.connections) == 1
    assert {"text": "", "context_id": "c1"} in vendor.received


async def test_a_socket_nobody_needs_is_closed(vendor: Imitation) -> None:
    async with engine(vendor, bounds=replace(QUICK, alive_s=0.1, kept_s=0.2)) as voice:
        await said(voice)
        await asyncio.sleep(0.6)
        kept_alive = [m for m in vendor.received if m.get("text") == ""]
        assert len(kept_alive) <= 3

        assert whole(await said(voice, "cuatro")) == expected("cuatro")
    assert len(vendor.connections) == 2


async def test_a_clause_left_early_is_not_heard_in_the_next(vendor: Imitation) -> None:
    vendor.pace = 2.0
    async with engine(vendor) as voice:
        async with aclosing(voice.speak(CLAUSE, language="es", speed=1.0)) as sounds:  # type: ignore[type-var]
            await anext(sounds)

        assert whole(await said(voice, "cuatro")) == expected("cuatro")
    assert len(vendor.connections) == 1
    assert {"close_context": True, "context_id": "c1"} in vendor.received


async def test_cancelled_clauses_never_use_up_the_places_or_contexts(vendor: Imitation) -> None:
    vendor.pace = 2.0
    async with engine(vendor, at_once=1) as voice:
        for _ in range(8):
            task = asyncio.create_task(said(voice))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        assert whole(await said(voice, "cuatro")) == expected("cuatro")


async def test_a_vendor_that_is_not_there(vendor: Imitation) -> None:
    async with engine(vendor, url="ws://127.0.0.1:9") as voice:
        with pytest.raises(EngineBroken, match="ELEVENLABS_URL"):
            await said(voice)


async def test_a_voice_that_is_not_there(vendor: Imitation) -> None:
    missing = voices_of_json('{"elevenlabs": {"es": "nobody"}}')
    async with engine(vendor, voices=missing) as voice:
        with pytest.raises(EngineMissing, match="SPEECH_VOICES"):
            await said(voice)
        with pytest.raises(PairUnsupported, match="“fr”"):
            await said(voice, language="fr")


async def test_nothing_to_say_asks_for_nothing(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        assert await said(voice, " ... ") == []

    assert vendor.connections == []


async def test_the_loop_stays_free(vendor: Imitation) -> None:
    vendor.pace = 100.0
    async with engine(vendor) as voice:
        await said(voice)
        assert await keeps_the_loop_free(
            lambda: asyncio.gather(
                *(said(voice, f"{CLAUSE} " * 4, language=tag) for tag in ("es", "fr", "de", "it"))
            )
        )


@pytest.mark.parametrize(("key", "voices"), [("", VOICES), (KEY, Voices())])
def test_it_needs_a_key_and_a_voice(key: str, voices: Voices) -> None:
    with pytest.raises(EngineMissing, match="set "):
        ElevenLabs(key=key, voices=voices)


async def test_it_says_what_it_is(vendor: Imitation) -> None:
    async with engine(vendor) as voice:
        await said(voice)
        abilities = voice.abilities
        assert (abilities.speeds, abilities.needs_network) == ((0.7, 1.2), False)
    assert {"es", "pt-BR", "ja", "ar"} <= abilities.languages
    assert not {"ca", "so", "yue"} & abilities.languages
    assert ElevenLabs(key=KEY, voices=VOICES).abilities.needs_network
    assert CHARACTER_S == 0.06
