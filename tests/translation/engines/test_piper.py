"""With tiny voices of random weights (tests/translation/engines/tiny_piper.py) and eSpeak NG."""

# ruff: noqa: RUF001 - phonemes are written in IPA

import asyncio
import json
import shutil
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from tests.servers import require
from tests.stalls import keeps_the_loop_free
from tests.translation.engines.tiny_piper import PHONEMES, RATE_HZ, length_s, tiny_voice
from translation.engines.duty import said_by
from translation.engines.piper import Piper
from translation.engines.piper_voice import PiperVoice, read_facts, voice_files
from translation.errors import EngineBroken, EngineMissing, EngineTimeout, PairUnsupported
from translation.ports import PLAIN, Manner
from translation.values import Sound
from translation.voices import Gender, VoiceChoice, Voices, voices_of_json

pytestmark = pytest.mark.programs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    require(shutil.which("espeak-ng"), "eSpeak NG")
    tiny_voice(tmp_path, "es_ES-tiny-low", espeak_voice="es")
    tiny_voice(tmp_path, "de_DE-pair-low", espeak_voice="de", speakers=2)
    return tmp_path


async def said(
    engine: Piper,
    text: str,
    *,
    language: str = "es",
    speed: float = 1.0,
    manner: Manner = PLAIN,
) -> list[Sound]:
    async with aclosing(engine):
        sounds = engine.speak(text, language=language, speed=speed, manner=manner)
        return [sound async for sound in sounds]


async def test_a_clause_is_spoken(folder: Path) -> None:
    (sound,) = await said(Piper(folder=folder), "hola")

    assert sound.rate_hz == RATE_HZ
    ids = 2 + 2 * len("ˈola") + 1
    assert sound.duration_s == pytest.approx(length_s(ids), abs=0.15)  # its ends are trimmed


async def test_sentence_after_sentence(folder: Path) -> None:
    sounds = await said(Piper(folder=folder), "Hola a todos. ¿Qué tal? Son 3.5 casas.")

    assert len(sounds) == 3


async def test_a_voice_that_was_made_ready_needs_no_file_any_more(folder: Path) -> None:
    piper = Piper(folder=folder)
    await piper.ready("es", PLAIN)
    shutil.rmtree(folder)

    assert await said(piper, "hola")
    with pytest.raises(EngineMissing):
        await piper.ready("de", PLAIN)


async def test_speed_makes_speech_shorter_within_its_bounds(folder: Path) -> None:
    text = "tenemos una casa muy grande cerca del mar"
    (plain,), (fast,), (fastest,) = [
        await said(Piper(folder=folder), text, speed=speed) for speed in (1.0, 1.1, 9.0)
    ]

    assert plain.duration_s / fast.duration_s == pytest.approx(1.1, rel=0.03)
    assert plain.duration_s / fastest.duration_s == pytest.approx(1.2, rel=0.03)


@pytest.mark.parametrize(
    ("voice", "text", "phonemes"),
    [
        ("es", "Hola, ¿qué tal?", "ˈola, kˈe tˈal?"),
        ("es", "Son 3,5 casas; sí.", "sˈon tɾˈes koma θˈinko kˈasas; sˈi."),
        ("de", "Guten Morgen!", "ɡˈuːtən mˈɔɾɡən!"),
        ("pt-br", "Olá… bem", "olˈa. bˈeɪŋ"),
        ("es", "...", ""),
    ],
)
async def test_phonemes_keep_the_marks(folder: Path, voice: str, text: str, phonemes: str) -> None:
    """As Piper's own package makes them (piper-tts 1.8.0), but for what its newer eSpeak says
    otherwise."""
    facts = read_facts(tiny_voice(folder, "x-x-x", espeak_voice=voice))

    assert await Piper(folder=folder)._phonemes(text, facts) == phonemes


def test_ids_begin_end_and_are_padded(folder: Path) -> None:
    facts = read_facts(voice_files(folder)["es_ES-tiny-low"])
    number = {point: PHONEMES.index(point) for point in PHONEMES}

    assert facts.ids("ˈo☃l") == [
        number["^"], 0, number["ˈ"], 0, number["o"], 0, number["l"], 0, number["$"],
    ]  # fmt: skip


async def test_each_language_has_its_voice(folder: Path) -> None:
    engine = Piper(folder=folder)

    assert engine.abilities.languages == frozenset({"es", "de"})
    assert said_by(engine, "de", PLAIN) == "Piper de_DE-pair-low"
    assert said_by(engine, "es", PLAIN) == "Piper es_ES-tiny-low"
    with pytest.raises(PairUnsupported, match="“fr”"):
        await said(engine, "bonjour", language="fr")


async def test_a_voice_of_an_event_that_is_not_there_leaves_the_chosen_one(folder: Path) -> None:
    tiny_voice(folder, "es_ES-zoe-low", espeak_voice="es")
    engine = Piper(folder=folder, voices=voices_of_json('{"piper": {"es": "es_ES-zoe-low"}}'))
    absent = Manner(voices=Voices((VoiceChoice("piper", "es", "not_there"),)))

    assert said_by(engine, "es", absent) == "Piper es_ES-zoe-low"


async def test_speakers_and_voices_are_chosen(folder: Path) -> None:
    chosen = voices_of_json(
        '{"piper": {"de": {"male": "de_DE-pair-low#s0", "female": "de_DE-pair-low#s1"},'
        ' "fr": "es_ES-tiny-low", "it": "not_there"}}'
    )

    async def wave(gender: Gender) -> list[int]:
        engine = Piper(folder=folder, voices=chosen)
        (sound,) = await said(engine, "hallo", language="de", manner=Manner(gender))
        samples: list[int] = sound.samples.tolist()
        return samples

    assert await wave(Gender.MALE) != await wave(Gender.FEMALE)
    assert await wave(Gender.MALE) == await wave(Gender.MALE)
    assert Piper(folder=folder, voices=chosen).abilities.languages == frozenset({"es", "de", "fr"})


async def test_a_voice_that_reads_letters_needs_no_phonemes(folder: Path) -> None:
    tiny_voice(folder, "uk_UA-letters-low", espeak_voice="", kind="text")

    engine = Piper(folder=folder, program="no-such-espeak")
    (sound,) = await said(engine, "abc abc", language="uk")

    assert sound.duration_s > 0.5
    assert engine.abilities.languages == {"uk"}
    assert [path.name for path in engine.files] == [
        "uk_UA-letters-low.onnx", "uk_UA-letters-low.onnx.json",
    ]  # fmt: skip


def test_without_the_program_for_phonemes_it_is_missing(folder: Path) -> None:
    with pytest.raises(EngineMissing, match="no-such-espeak is missing"):
        Piper(folder=folder, program="no-such-espeak")


@pytest.mark.parametrize("text", ["", " \n", "...", "\x01"])
async def test_nothing_to_say_is_no_sound(folder: Path, text: str) -> None:
    assert await said(Piper(folder=folder), text) == []


async def test_the_loop_stays_free(folder: Path) -> None:
    async def speak() -> None:
        for _ in range(3):
            async for _ in engine.speak("una casa " * 40, language="es", speed=1.0):
                pass

    async with aclosing(Piper(folder=folder)) as engine:
        assert await keeps_the_loop_free(speak)


# What goes wrong


def test_a_folder_without_voices_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="PIPER_VOICES_FOLDER"):
        Piper(folder=tmp_path / "nowhere")


async def test_a_voice_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "es_ES-tiny-low.onnx").write_bytes(b"no model")
    with pytest.raises(EngineMissing, match="fetch the voice again"):
        await said(Piper(folder=folder), "hola")

    (folder / "es_ES-tiny-low.onnx.json").write_text("{}")
    with pytest.raises(EngineMissing, match="no description"):
        await said(Piper(folder=folder), "hola")


async def test_a_voice_of_another_kind_is_refused(folder: Path) -> None:
    tiny_voice(folder, "zh_CN-tiny-low", espeak_voice="cmn", kind="pinyin")
    with pytest.raises(EngineMissing, match="“pinyin”"):
        await said(Piper(folder=folder), "你好", language="zh")


async def test_a_voice_that_fails_is_reported(folder: Path) -> None:
    path = voice_files(folder)["es_ES-tiny-low"]
    facts = json.loads(path.with_name(f"{path.name}.json").read_text())
    facts["phoneme_id_map"]["o"] = [9999]
    path.with_name(f"{path.name}.json").write_text(json.dumps(facts))
    with pytest.raises(EngineBroken, match="es_ES-tiny-low"):
        await said(Piper(folder=folder), "hola")


async def test_a_missing_program_names_the_package(folder: Path) -> None:
    with pytest.raises(EngineMissing, match="apt-get install espeak-ng"):
        await said(Piper(folder=folder, program="no-such-espeak"), "hola")


async def test_a_program_that_hangs_is_ended(folder: Path, tmp_path: Path) -> None:
    hanging = tmp_path / "hang"
    hanging.write_text("#!/bin/bash\nexec sleep 60\n")
    hanging.chmod(0o755)
    with pytest.raises(EngineTimeout, match="4 characters"):
        await said(Piper(folder=folder, program=str(hanging), timeout_s=0.2), "hola")


async def test_cancelled_speech_leaves_the_voice_usable(folder: Path) -> None:
    engine = Piper(folder=folder)
    async with aclosing(engine):
        for _ in range(5):
            task = asyncio.create_task(_all(engine, "una casa muy grande " * 20))
            await asyncio.sleep(0.03)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        assert len(await _all(engine, "hola")) == 1


async def _all(engine: Piper, text: str) -> list[Sound]:
    return [sound async for sound in engine.speak(text, language="es", speed=1.0)]


def test_a_loud_voice_is_not_wrapped_around(folder: Path) -> None:
    voice = PiperVoice(voice_files(folder)["es_ES-tiny-low"], threads=1)

    sound = voice.speak("ola" * 20, speaker="", speed=1.0)

    assert np.abs(np.diff(sound.samples.astype(np.int32))).max() < 60_000
