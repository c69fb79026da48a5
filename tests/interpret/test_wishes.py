"""Engines as plans wish them, built once a process; and what the service says of them."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from interpret import chains, wiring
from interpret.env import Env, env
from interpret.pool import Pool
from rooms.models import Channel, EngineWish, Event, Organization, Room, Session
from tests.tones import Tones
from tests.translation.entries import plan, segment
from tests.translation.words import Words
from translation.choice import Slot, Wish, Wishes
from translation.engines.guarded import GuardedSynthesiser, GuardedTranslator
from translation.engines.keeping import KeepingTranslator
from translation.errors import EngineMissing
from translation.log.memory import MemoryLog
from translation.path.translate import translate_segment
from translation.ports import Abilities, Synthesiser, Translator
from translation.values import SessionState, Translation

WORDS, TONES = "tests.translation.words.Words", "tests.tones.Tones"


class Poet(Words):
    abilities = Abilities("poet", "1", "Apache-2.0")

    def supports(self, source: str, target: str) -> bool:
        return target == "es"


class Singer(Tones):
    abilities = replace(Tones.abilities, name="singer", languages=frozenset({"es"}))

    def __init__(self) -> None:
        self.closed = 0

    async def aclose(self) -> None:
        self.closed += 1


POET, SINGER = f"{__name__}.Poet", f"{__name__}.Singer"


def engine_in(guarded: object) -> Synthesiser | Translator:
    assert isinstance(guarded, GuardedSynthesiser | GuardedTranslator)
    return (
        guarded.engine.engine if isinstance(guarded.engine, KeepingTranslator) else guarded.engine
    )


def forget() -> None:
    env.cache_clear()
    wiring.forget()


@pytest.fixture(autouse=True)
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One whose engines need no program and no model."""
    for name, value in {
        "RECOGNITION_ENGINE": "pocketsphinx",
        "TRANSLATION_ENGINE": WORDS,
        "SPEECH_ENGINE": TONES,
        "TRANSLATION_CHECKS": "false",
        "ELEVENLABS_KEY": "",
    }.items():
        monkeypatch.setenv(name, value)
    forget()
    yield
    forget()


def wishes(slot: Slot, *chain: str, language: str = "") -> Wishes:
    return (Wish(slot, language, chain),)


async def test_tasks_translate_as_the_plan_wishes() -> None:
    wished = replace(plan("es", "fr"), engines=wishes(Slot.TRANSLATION, POET, language="es"))
    log = MemoryLog()
    for entry in (wished, segment(1, "hello")):
        await log.append(entry)

    await translate_segment(
        log=log, translator=wiring.translator_for(wished), segment_id=1, plan=wished
    )

    made = [logged.entry for logged in await log.read()]
    engines = {each.language: each.engine for each in made if isinstance(each, Translation)}
    assert engines == {"es": "poet 1", "fr": "words 1"}


def test_without_wishes_there_is_the_one_translator() -> None:
    assert wiring.translator_for(plan("es", "fr")) is wiring.translator()
    assert wiring.synthesiser_for("es", ()) is wiring.synthesiser()
    assert wiring.recogniser_for("de", ()) is wiring.recogniser("de") is None


def test_a_chain_that_is_wished_by_many_is_built_once() -> None:
    one, other = (
        wiring.translator_for(
            replace(plan(*languages), engines=wishes(Slot.TRANSLATION, POET, WORDS))
        )
        for languages in (("es",), ("fr", "it"))
    )
    assert one is other
    assert one is not wiring.translator()


async def test_voices_that_no_channel_uses_let_go_of_what_they_hold() -> None:
    speech = wishes(Slot.SPEECH, SINGER, language="es")
    singer = wiring.synthesiser_for("es", speech)
    inner = engine_in(singer)
    assert isinstance(inner, Singer)
    assert wiring.synthesiser_for("fr", speech) is wiring.synthesiser()

    await wiring.close_voices_but([singer, wiring.synthesiser()])
    assert inner.closed == 0
    await wiring.close_voices_but([wiring.synthesiser()])
    assert inner.closed == 1
    assert wiring.synthesiser_for("es", speech) is singer


async def test_all_are_closed_in_the_end() -> None:
    singer = wiring.synthesiser_for("es", wishes(Slot.SPEECH, SINGER))
    poet = wiring.translator_for(replace(plan("es"), engines=wishes(Slot.TRANSLATION, POET)))
    install = wiring.translator()
    await wiring.close_voices()
    await wiring.close_translators()
    voice, translators = engine_in(singer), [engine_in(poet), engine_in(install)]
    assert isinstance(voice, Singer)
    assert voice.closed == 1
    assert [isinstance(each, Words) and each.closed for each in translators] == [True, True]


def test_a_wish_that_cannot_be_met_any_more_leaves_the_install_s_engines(
    caplog: pytest.LogCaptureFixture,
) -> None:
    speech = wishes(Slot.SPEECH, "elevenlabs")
    with caplog.at_level(logging.WARNING):
        assert wiring.synthesiser_for("es", speech) is wiring.synthesiser()
    assert "ELEVENLABS_KEY" in caplog.text


def test_wishes_decide_which_pairs_are_served() -> None:
    translation, speech = wishes(Slot.TRANSLATION, POET), wishes(Slot.SPEECH, SINGER)

    assert wiring.unserved("en", "fr", ()) is None
    assert wiring.unserved("de", "fr", ()) is Slot.RECOGNITION
    assert wiring.unserved("en", "fr", translation) is Slot.TRANSLATION
    assert wiring.unserved("en", "es", translation) is None
    assert wiring.unserved("en", "fr", speech) is Slot.SPEECH
    assert wiring.supports("en", "es", (*translation, *speech))


@pytest.mark.parametrize("engine", ["whisper", "deepgram", "openai"])
def test_what_an_engine_would_recognise_is_not_recognised_where_it_lacks_something(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: str
) -> None:
    monkeypatch.setenv("RECOGNITION_ENGINE", engine)
    monkeypatch.setenv("MODELS_FOLDER", str(tmp_path))
    forget()

    assert wiring.unserved("es", "fr", ()) is Slot.RECOGNITION
    assert not wiring.is_able(Slot.RECOGNITION, engine, "es", "fr")
    assert not wiring.recognises("es")


def test_a_wish_for_a_recogniser_that_lacks_its_key_leaves_the_install_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wished = wishes(Slot.RECOGNITION, "deepgram")

    assert not wiring.recognises("de", wished)
    assert wiring.recognises("en", wished)
    monkeypatch.setenv("DEEPGRAM_KEY", "k")
    forget()
    assert wiring.recognises("de", wished)


@pytest.mark.parametrize(
    ("slot", "engine"),
    [
        (Slot.RECOGNITION, "no-such-engine"),
        (Slot.TRANSLATION, "llm"),
        (Slot.TRANSLATION, "ctranslate2"),
        (Slot.SPEECH, "elevenlabs"),
    ],
)
def test_a_slot_in_which_nothing_can_be_built_serves_nobody(
    monkeypatch: pytest.MonkeyPatch, slot: Slot, engine: str
) -> None:
    monkeypatch.setenv(f"{slot.name}_ENGINE", engine)
    forget()

    assert wiring.EnginesHere().unserved("en", "es", ()) is slot


def test_a_wish_goes_before_an_install_that_has_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRANSLATION_ENGINE", "llm")
    monkeypatch.setenv("SPEECH_ENGINE", "elevenlabs")
    forget()
    wished = (*wishes(Slot.TRANSLATION, POET, language="es"), *wishes(Slot.SPEECH, SINGER))

    assert wiring.unserved("en", "es", wished) is None
    assert wiring.unserved("en", "fr", wished) is Slot.TRANSLATION
    translator = wiring.translator_for(replace(plan("es", "fr"), engines=wished))
    assert translator.supports("en", "es")
    assert not translator.supports("en", "fr")


def settings(**given: Any) -> Env:
    return Env(_env_file=None, **given)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("slot", "name", "said"),
    [
        (Slot.SPEECH, "elevenlabs", "ELEVENLABS_KEY"),
        (Slot.SPEECH, "openai", "SPEECH_URL"),
        (Slot.TRANSLATION, "ctranslate2", "TRANSLATION_MODEL"),
        (Slot.TRANSLATION, "llm", "LLM_MODEL"),
        (Slot.VOICE_ACTIVITY, "silero", ""),
        (Slot.VOICE_ACTIVITY, "hearing-aid", "no voice activity engine"),
        (Slot.RECOGNITION, "whisper", "not a Whisper model"),
        (Slot.RECOGNITION, "deepgram", "DEEPGRAM_KEY"),
        (Slot.RECOGNITION, "openai", "TRANSCRIPTION_URL"),
        (Slot.RECOGNITION, "pocketsphinx", ""),
    ],
)
def test_it_is_known_what_an_engine_lacks_here(
    tmp_path: Path, slot: Slot, name: str, said: str
) -> None:
    def no_redis() -> Any:
        raise AssertionError("nothing is counted, so nobody needs Redis")

    why = chains.why_not(slot, name, settings(models_folder=str(tmp_path)), no_redis)
    assert said in why
    assert bool(why) == bool(said)


def test_a_pool_builds_each_engine_once_whatever_chains_it_is_in() -> None:
    built: list[str] = []

    def build(name: str) -> Synthesiser:
        built.append(name)
        if name == "missing":
            raise EngineMissing("there is no such engine")
        return Tones()

    pool: Pool[Synthesiser] = Pool(build, lambda engines: Tones() if engines[1:] else engines[0])
    both, one = pool.of(("a", "b")), pool.of(("b",))

    assert pool.of(("a", "b")) is both
    assert built == ["a", "b"]
    assert pool.idle([one]) == [pool.of(("a",))]
    assert pool.idle([both]) == []
    assert pool.of(("missing", "a")) is not None
    with pytest.raises(EngineMissing):
        pool.of(("missing",))


def session_of(event: Event, state: SessionState, *languages: str) -> None:
    room = Room.objects.create(event=event, slug=f"{state}", name="Hall")
    session = Session.objects.create(room=room, title="x", source_language="en", state=state.value)
    Channel.objects.bulk_create(
        Channel(session=session, language=tag) for tag in ("en", *languages)
    )


@pytest.mark.django_db(transaction=True)
def test_one_table_says_who_serves_the_languages_of_the_events() -> None:
    organization = Organization.objects.create(slug="acme", name="Acme")
    event = Event.objects.create(organization=organization, slug="e", title="E")
    session_of(event, SessionState.PLANNED, "es", "fr")
    session_of(event, SessionState.ENDED, "it")
    EngineWish.objects.create(
        event=event, slot="speech", language="es", chain=f"elevenlabs, {SINGER}"
    )
    out = StringIO()

    call_command("languages", used=True, stdout=out)

    assert [" ".join(line.split()) for line in out.getvalue().splitlines()] == [
        "recognised by translated by spoken by",
        f"en > es pocketsphinx {WORDS} {SINGER} [1]",
        f"en > fr pocketsphinx {WORDS} {TONES}",
        "[1] elevenlabs: ElevenLabs has no key; set ELEVENLABS_KEY",
    ]
