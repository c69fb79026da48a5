"""Terms that must not be translated, through engines that know no glossary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from translation.engines.apertium import Apertium
from translation.engines.keeping import KeepingTranslator
from translation.errors import EngineBroken
from translation.ports import NO_HINTS, Abilities, Hints, Rendering
from translation.termbase import Concept, Term

WINDOWS = Concept("1", [Term("en", "Windows", do_not_translate=True)])
NHS = Concept("2", [Term("en", "NHS", do_not_translate=True)])
CLOUD = Concept("3", [Term("en", "cloud"), Term("es", "cloud"), Term("fr", "nuage")])
HINTS = Hints(concepts=(WINDOWS, NHS, CLOUD))


class Doing:
    """A translator that does the same to every text."""

    def __init__(self, does: Callable[[str], str]) -> None:
        self.abilities = Abilities("x", "1", "none")
        self.asked: list[tuple[str, list[str]]] = []
        self.error: Exception | None = None
        self._does = does

    def supports(self, source: str, target: str) -> bool:
        return True

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        self.asked.append((text, list(targets)))
        made = self.error or Rendering(self._does(text), "x 1")
        return dict.fromkeys(targets, made)

    async def aclose(self) -> None: ...


def spanish(text: str) -> str:
    return text.replace("Windows", "Ventanas").replace("is slow", "es lento")


async def said(engine: Doing, text: str, *targets: str, hints: Hints = HINTS) -> list[str]:
    made = await KeepingTranslator(engine).translate(
        text, source="en", targets=targets or ("es",), hints=hints
    )
    return [one.text for one in made.values() if isinstance(one, Rendering)]


async def test_a_term_that_stays_goes_through_untouched() -> None:
    engine = Doing(spanish)
    assert await said(engine, "Windows is slow", "es", "fr") == ["Windows es lento"] * 2
    assert engine.asked == [("QXA is slow", ["es", "fr"])]


async def test_what_a_language_keeps_is_kept_there_alone() -> None:
    engine = Doing(str)
    assert await said(engine, "our cloud", "es", "fr") == ["our cloud"] * 2
    assert engine.asked == [("our QXA", ["es"]), ("our cloud", ["fr"])]


async def test_several_terms_each_have_a_mask_of_their_own() -> None:
    engine = Doing(lambda text: text.lower())
    assert await said(engine, "The NHS has Windows, the NHS") == ["the NHS has Windows, the NHS"]
    assert engine.asked[0][0] == "The QXB has QXA, the QXB"


async def test_a_mask_that_stands_in_the_text_already_is_not_used() -> None:
    assert await said(Doing(spanish), "Windows, not QXA") == ["Windows, not QXA"]


@pytest.mark.parametrize("loses", ["", "QX A", "aQXA", "QXAs"])
async def test_a_mask_that_does_not_come_through_costs_only_the_mask(loses: str) -> None:
    engine = Doing(lambda text: spanish(text).replace("QXA", loses))
    assert await said(engine, "Windows is slow", "es", "fr") == ["Ventanas es lento"] * 2
    assert engine.asked[1] == ("Windows is slow", ["es", "fr"])


async def test_an_engine_that_fails_is_not_asked_again() -> None:
    engine = Doing(spanish)
    engine.error = EngineBroken("x")
    made = await KeepingTranslator(engine).translate(
        "Windows is slow", source="en", targets=["es"], hints=HINTS
    )
    assert made == {"es": engine.error}
    assert len(engine.asked) == 1


async def test_an_engine_with_a_glossary_of_its_own_is_given_the_text() -> None:
    engine = Doing(str)
    engine.abilities = replace(engine.abilities, glossary=True)
    assert await said(engine, "Windows is slow") == ["Windows is slow"]
    assert engine.asked[0][0] == "Windows is slow"


async def test_without_terms_nothing_is_masked() -> None:
    engine = Doing(spanish)
    assert await said(engine, "Windows is slow", hints=NO_HINTS) == ["Ventanas es lento"]


@pytest.mark.programs
async def test_apertium_leaves_a_kept_term_alone_in_every_language_it_pivots_to() -> None:
    engine = Apertium()
    try:
        made = await KeepingTranslator(engine).translate(
            "our Windows team is growing", source="en", targets=["es", "it", "fr"], hints=HINTS
        )
    finally:
        await engine.aclose()
    assert {target: one.text for target, one in made.items() if isinstance(one, Rendering)} == {
        "es": "nuestro Windows equipo está creciendo",
        "it": "nostro Windows equipaggio sta crescendo",
        "fr": "notre Windows équipe est en train de grandir",
    }
