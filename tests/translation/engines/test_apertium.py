import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from tests.servers import require
from translation.engines.apertium import Apertium
from translation.engines.apertium_pipeline import Pipeline, one_line
from translation.errors import (
    EngineBroken,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
    UnknownLanguage,
)
from translation.ports import Rendering


@pytest_asyncio.fixture
async def apertium() -> AsyncIterator[Apertium]:
    require(shutil.which("apertium"), "Apertium")
    engine = Apertium()
    require("yes" if engine.way("en", "es") else None, "apertium-eng-spa")
    yield engine
    await engine.aclose()


def program(folder: Path, script: str) -> str:
    path = folder / "apertium"
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
    return str(path)


async def said(engine: Apertium, text: str, source: str, *targets: str) -> dict[str, object]:
    """Target -> its text or its error."""
    made = await engine.translate(text, source=source, targets=targets)
    return {tag: one.text if isinstance(one, Rendering) else one for tag, one in made.items()}


async def spanish(engine: Apertium, text: str) -> object:
    return (await said(engine, text, "en", "es"))["es"]


# The ways between languages


def test_a_language_is_reached_by_the_shortest_way() -> None:
    engine = Apertium(modes=("eng-spa", "spa-ita", "eng-ita", "es-fr", "fr-es", "ita-spa"))

    assert engine.way("en", "it") == ("eng-ita",)
    assert engine.way("en", "fr") == ("eng-spa", "es-fr")
    assert engine.way("it", "fr") == ("ita-spa", "es-fr")
    assert not engine.supports("fr", "en")
    assert not engine.supports("en", "en")


def test_of_two_ways_the_one_over_spanish_is_taken() -> None:
    engine = Apertium(modes=("cat-fra", "eng-cat", "eng-spa", "es-fr"))

    assert engine.way("en", "fr") == ("eng-spa", "es-fr")


def test_a_variety_has_its_own_modes_or_its_languages() -> None:
    engine = Apertium(modes=("es-pt", "es-pt_BR", "pt-es", "eng-cat_valencia"))

    assert engine.way("es", "pt-BR") == ("es-pt_BR",)
    assert engine.way("pt-BR", "es") == ("pt-es",)
    assert engine.way("en", "ca") == ()


def test_the_program_says_which_modes_there_are_wherever_they_lie(tmp_path: Path) -> None:
    lists = program(tmp_path, "[ $1 = -l ] && printf '  %s\\n' eng-spa spa-ita")

    assert Apertium(program=lists).way("en", "it") == ("eng-spa", "spa-ita")


def test_a_tag_that_is_no_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="xx"):
        Apertium().supports("en", "xx")


# Translating, with the real programs


@pytest.mark.programs
async def test_a_sentence_is_translated_into_every_target(apertium: Apertium) -> None:
    results = await said(
        apertium, "we have seen the house today", "en", "es", "fr", "ca", "pt", "it"
    )

    assert results == {
        "es": "hemos visto la casa hoy",
        "fr": "nous avons vu la maison aujourd'hui",
        "ca": "hem vist la casa avui",
        "pt": "temos visto a casa hoje",
        "it": "abbiamo veduto la casa oggi",
    }


@pytest.mark.programs
async def test_what_several_targets_pivot_over_is_made_once(apertium: Apertium) -> None:
    await apertium.translate("the house", source="en", targets=["pt", "pt-BR", "it"])

    assert sorted(apertium.process_ids) == ["eng-spa", "es-pt", "es-pt_BR", "spa-ita"]


@pytest.mark.programs
async def test_a_rendering_names_the_programs_that_made_it(apertium: Apertium) -> None:
    made = await apertium.translate("the house", source="en", targets=["pt"])

    label = apertium.abilities.label
    assert made == {"pt": Rendering("a casa", f"{label} (eng-spa, es-pt)")}


@pytest.mark.programs
async def test_a_target_without_a_way_does_not_cost_the_others(apertium: Apertium) -> None:
    results = await said(apertium, "the house", "en", "ar", "es", "en")

    assert isinstance(results["ar"], PairUnsupported)
    assert (results["es"], results["en"]) == ("la casa", "the house")


@pytest.mark.programs
@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("", ""),
        ("  \n ", "  \n "),
        ("The house.", "La casa."),
        ("the house?", "la casa?"),
        ("I see the house", "veo la casa"),
        ("the blorp", "el blorp"),
        ("the * house", "la * casa"),
        ("the house\nand the\tcat", "la casa y el gato"),
        ("the house 😀", "la casa 😀"),
        ("^ $ [ ] { } / \\ @ < > *", "^ $ [ ] { } / \\ @ < > *"),
        ("[r1] [] \\", "[r1] [] \\"),
        ("the \x00 house \ud800", "la casa ?"),
    ],
)
async def test_any_text_is_fine(apertium: Apertium, text: str, translated: str) -> None:
    assert await spanish(apertium, text) == translated
    assert await spanish(apertium, "the house") == "la casa"


@pytest.mark.programs
async def test_a_very_long_text_is_fine(apertium: Apertium) -> None:
    result = await spanish(apertium, "the house " * 2000)

    assert str(result).count("casa") == 2000


@pytest.mark.programs
async def test_sentences_at_once_get_their_own_answers(apertium: Apertium) -> None:
    numbers = {"two": "dos", "three": "tres", "four": "cuatro", "five": "cinco", "six": "seis"}

    results = await asyncio.gather(*(spanish(apertium, f"house {n}") for n in numbers))

    assert results == [f"casa {number}" for number in numbers.values()]


@pytest.mark.programs
async def test_a_caller_who_goes_away_leaves_no_answer_to_the_next(apertium: Apertium) -> None:
    await spanish(apertium, "the cat")
    for steps in range(12):
        task = asyncio.create_task(spanish(apertium, "the house " * 500))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await spanish(apertium, f"cat {steps}") == f"gato {steps}"


@pytest.mark.programs
async def test_programs_that_were_killed_are_started_again(apertium: Apertium) -> None:
    await spanish(apertium, "the cat")
    os.killpg(apertium.process_ids["eng-spa"], signal.SIGKILL)

    assert await spanish(apertium, "the house") == "la casa"


@pytest.mark.programs
async def test_programs_that_hang_cost_one_sentence(apertium: Apertium) -> None:
    await apertium.translate("the cat", source="en", targets=["es", "it", "ca"])
    apertium.timeout_s = 0.5
    os.killpg(apertium.process_ids["spa-ita"], signal.SIGSTOP)

    results = await said(apertium, "the house", "en", "es", "it", "ca")
    again = await said(apertium, "the house", "en", "it")

    assert isinstance(results["it"], EngineTimeout)
    assert (results["es"], results["ca"]) == ("la casa", "la casa")
    assert again == {"it": "la casa"}


@pytest.mark.programs
async def test_the_pair_used_least_recently_makes_room() -> None:
    engine = Apertium(most_pipelines=2)
    await spanish(engine, "house")
    await engine.translate("house", source="en", targets=["ca"])
    await spanish(engine, "house")
    first = engine.process_ids["eng-spa"]
    await engine.translate("casa", source="es", targets=["en"])

    assert list(engine.process_ids) == ["eng-spa", "spa-eng"]
    assert engine.process_ids["eng-spa"] == first
    await engine.aclose()


@pytest.mark.programs
async def test_closing_ends_every_program() -> None:
    engine = Apertium()
    await engine.translate("house", source="en", targets=["fr"])
    groups = list(engine.process_ids.values())

    await engine.aclose()

    assert len(groups) == 2
    async with asyncio.timeout(10):
        while any(map(_alive, groups)):  # noqa: ASYNC110 - killed, each goes in its own time
            await asyncio.sleep(0.01)


@pytest.mark.programs
def test_it_says_what_it_is() -> None:
    require(shutil.which("apertium"), "Apertium")
    abilities = Apertium().abilities

    assert abilities.name == "Apertium"
    assert abilities.version.startswith("3.")
    assert {"es", "fr", "ca", "pt", "pt-BR", "it"} <= abilities.languages


# Programs that misbehave


async def test_a_missing_program_names_the_package() -> None:
    engine = Apertium(program="no-such-apertium")

    results = await engine.translate("house", source="en", targets=["es", "it"])

    for error in results.values():
        assert isinstance(error, EngineMissing)
        assert "apt-get install apertium" in str(error)


async def test_programs_that_never_answer_are_ended(tmp_path: Path) -> None:
    hanging = program(tmp_path, "head -z -n 3; exec sleep 60")
    pipeline = Pipeline(hanging, "eng-spa")

    with pytest.raises(EngineTimeout, match="eng-spa"):
        await pipeline.translate("house", 0.2)

    assert pipeline.process_id is None
    await pipeline.aclose()


async def test_a_sentence_that_breaks_the_programs_twice_fails_alone(tmp_path: Path) -> None:
    brittle = program(
        tmp_path,
        "while IFS= read -r -d '' block; do"
        " [[ $block == *poison* ]] && exit 1; printf '%s\\0' \"$block\"; done",
    )
    pipeline = Pipeline(brittle, "eng-spa")

    with pytest.raises(EngineBroken, match="eng-spa"):
        await pipeline.translate("poison", 5)

    assert await pipeline.translate("house", 5) == "house"
    await pipeline.aclose()


async def test_a_closed_pipeline_starts_nothing(tmp_path: Path) -> None:
    pipeline = Pipeline(program(tmp_path, "cat"), "eng-spa")
    await pipeline.aclose()

    with pytest.raises(EngineBroken, match="closed"):
        await pipeline.translate("house", 5)


def test_white_space_and_control_characters_become_single_spaces() -> None:
    assert one_line(" a\n\tb\x00c\u2028d ") == "a b c d"


def _alive(group: int) -> list[str]:
    """The programs of a process group that still run."""
    alive = []
    for process in psutil.process_iter(["name", "status"]):
        with suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                alive.append(process.info["name"])
    return alive
