import asyncio
import shutil
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.servers import require
from translation.audio import level_db
from translation.engines.duty import said_by
from translation.engines.espeak import ESpeak, parse_wav, trimmed
from translation.errors import EngineBroken, EngineMissing, EngineTimeout, PairUnsupported
from translation.ports import Manner
from translation.values import Sound
from translation.voices import Gender, VoiceChoice, Voices


@pytest.fixture
def espeak() -> ESpeak:
    return ESpeak(program=require(shutil.which("espeak-ng"), "eSpeak NG"))


def program(folder: Path, script: str) -> str:
    path = folder / "espeak-ng"
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
    return str(path)


async def spoken(
    engine: ESpeak, text: str, *, language: str = "es", speed: float = 1.0
) -> list[Sound]:
    return [sound async for sound in engine.speak(text, language=language, speed=speed)]


async def duration_s(engine: ESpeak, text: str, *, speed: float = 1.0) -> float:
    (sound,) = await spoken(engine, text, speed=speed)
    return sound.duration_s


@pytest.mark.programs
@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt", "pt-BR", "it", "de", "ar"])
async def test_a_clause_is_spoken_in_every_language(espeak: ESpeak, language: str) -> None:
    text = "مرحبا بكم جميعا" if language == "ar" else "radio taxi hotel"
    (sound,) = await spoken(espeak, text, language=language)

    assert sound.rate_hz == 22_050
    assert 0.5 < sound.duration_s < 4.0
    assert level_db(sound.samples) > -40


@pytest.mark.programs
async def test_speech_begins_and_ends_at_once(espeak: ESpeak) -> None:
    (sound,) = await spoken(espeak, "tenemos una casa")

    loud = np.flatnonzero(np.abs(sound.samples) >= 64)
    assert loud[0] / sound.rate_hz <= 0.06
    assert (len(sound.samples) - 1 - loud[-1]) / sound.rate_hz <= 0.06


@pytest.mark.programs
async def test_speed_makes_speech_shorter(espeak: ESpeak) -> None:
    text = "tenemos una casa muy grande cerca del mar y la queremos"
    slow, fast = await duration_s(espeak, text), await duration_s(espeak, text, speed=1.4)

    assert slow / fast == pytest.approx(1.4, rel=0.12)


@pytest.mark.programs
def test_it_says_which_voice_it_takes(espeak: ESpeak) -> None:
    label = espeak.abilities.label
    chosen = Voices((VoiceChoice("espeak-ng", "es", "es-419+f3"),))

    assert said_by(espeak, "fr", Manner()) == f"{label} fr-fr"
    assert said_by(espeak, "es", Manner(Gender.FEMALE)) == f"{label} es+f2"
    assert said_by(espeak, "es", Manner(voices=chosen)) == f"{label} es-419+f3"


async def test_a_womans_voice_is_higher(espeak: ESpeak) -> None:
    async def pitch(manner: Manner) -> float:
        spoken = espeak.speak("aaaaa", language="es", speed=1.0, manner=manner)
        (sound,) = [sound async for sound in spoken]
        spectrum = np.abs(np.fft.rfft(sound.samples.astype(np.float64) ** 2))
        lowest, highest = (round(hz * sound.duration_s) for hz in (60, 400))
        return float(lowest + np.argmax(spectrum[lowest:highest])) / sound.duration_s

    man, woman = await pitch(Manner(Gender.MALE)), await pitch(Manner(Gender.FEMALE))
    chosen = Voices((VoiceChoice("espeak-ng", "es", "es+f2"),))

    assert woman > 1.3 * man
    assert await pitch(Manner(voices=chosen)) == woman


@pytest.mark.programs
@pytest.mark.parametrize("text", ["", "  \n", "...", "\x01\x02"])
async def test_nothing_to_say_is_no_sound(espeak: ESpeak, text: str) -> None:
    assert await spoken(espeak, text) == []


@pytest.mark.programs
async def test_text_that_looks_like_an_option_is_spoken(espeak: ESpeak) -> None:
    assert await duration_s(espeak, "--version") > 0.4
    assert await duration_s(espeak, "-q hola") > 0.3


@pytest.mark.programs
async def test_markup_and_commands_are_spoken_as_text(espeak: ESpeak) -> None:
    markup = await duration_s(espeak, "hola <break time='60s'/> adiós")
    command = await duration_s(espeak, "hola \x01450S adiós a todos los que están aquí")

    assert 1.5 < markup < 10
    assert command > 2.5


@pytest.mark.programs
async def test_text_with_newlines_is_one_sound(espeak: ESpeak) -> None:
    one = await duration_s(espeak, "una casa una casa")

    assert await duration_s(espeak, "una casa\nuna casa") == pytest.approx(one, rel=0.05)


async def test_a_missing_program_names_the_package() -> None:
    with pytest.raises(EngineMissing, match="apt-get install espeak-ng"):
        await spoken(ESpeak(program="no-such-espeak"), "hola")


@pytest.mark.programs
async def test_a_program_that_fails_is_reported(tmp_path: Path) -> None:
    broken = ESpeak(program=program(tmp_path, "cat >/dev/null; echo no data >&2; exit 3"))

    with pytest.raises(EngineBroken, match="no data"):
        await spoken(broken, "hola")


async def test_an_answer_that_is_no_sound_is_reported(tmp_path: Path) -> None:
    with pytest.raises(EngineBroken, match="no wav"):
        await spoken(ESpeak(program=program(tmp_path, "cat")), "hola")


async def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = ESpeak(program=program(tmp_path, "exec sleep 60"), timeout_s=0.2)

    with pytest.raises(EngineTimeout, match="4 characters"):
        await spoken(hanging, "hola")

    assert _children() == []


async def test_cancelled_speech_ends_its_program(tmp_path: Path) -> None:
    started = tmp_path / "started"
    hanging = ESpeak(program=program(tmp_path, f"touch {started}; exec sleep 60"))
    task = asyncio.create_task(spoken(hanging, "hola"))
    async with asyncio.timeout(10):
        while not started.exists():  # noqa: ASYNC110 - another program makes it
            await asyncio.sleep(0.01)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert _children() == []


async def test_a_language_without_a_voice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from translation import languages

    mute = languages.Language("xx", "X", "X")
    monkeypatch.setitem(languages.LANGUAGES, "xx", mute)

    with pytest.raises(PairUnsupported, match="“xx”"):
        await spoken(ESpeak(), "hola", language="xx")


@pytest.mark.programs
def test_it_says_what_it_is(espeak: ESpeak) -> None:
    assert espeak.abilities.name == "eSpeak NG"
    assert espeak.abilities.version.startswith("1.")
    assert {"es", "fr", "ca", "pt-BR", "it"} <= espeak.abilities.languages


def test_a_wav_from_a_pipe_is_read_without_its_sizes() -> None:
    header = bytearray(b"RIFF\x24\xf0\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x22\x56\0\0")
    header += b"\x44\xac\0\0\x02\0\x10\0data\0\xf0\xff\x7f"

    sound = parse_wav(bytes(header) + np.array([1, -2, 3], "<i2").tobytes() + b"\0")

    assert (sound.rate_hz, sound.samples.tolist()) == (22_050, [1, -2, 3])


def test_silence_is_trimmed_to_nothing() -> None:
    assert len(trimmed(Sound(np.zeros(500, np.int16), 1000)).samples) == 0
    padded = np.concatenate([np.zeros(500), np.full(10, 900), np.zeros(500)]).astype(np.int16)
    assert len(trimmed(Sound(padded, 1000)).samples) == 130


def _children() -> list[str]:
    return [child.name() for child in psutil.Process().children() if "sleep" in child.name()]
