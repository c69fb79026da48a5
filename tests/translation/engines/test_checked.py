"""Renderings laid beside their source: tried again, then made by the faithful engine."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from translation.engines.checked import CheckedTranslator
from translation.errors import EngineBroken
from translation.flow import offload
from translation.path.glossary import TermHits
from translation.ports import NO_HINTS, Abilities, Hints, Rendering
from translation.termbase import Concept, Term

FEVER = "he has no fever, 25 mg"
GOOD, WRONG, WORSE = "no tiene fiebre, 25 mg", "no tiene fiebre, 52 mg", "tiene fiebre, 52 mg"
HOLDING = Concept("1", [Term("en", "holding company"), Term("es", "grupo")])


class Saying:
    """A translator that answers one thing after the other, whatever it is asked."""

    def __init__(self, name: str, *answers: str | Exception, glossary: bool = False) -> None:
        self.abilities = Abilities(name, "1", "none", glossary=glossary)
        self.asked: list[tuple[str, list[str], Hints]] = []
        self._answers = list(answers)
        self.wait_s = 0.0

    def supports(self, source: str, target: str) -> bool:
        return True

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        self.asked.append((text, list(targets), hints))
        await asyncio.sleep(self.wait_s if len(self.asked) > 1 else 0)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            return dict.fromkeys(targets, answer)
        return {target: Rendering(answer, self.abilities.label) for target in targets}

    async def aclose(self) -> None:
        self._answers.clear()


async def checked(
    text: str, engine: Saying, faithful: Saying | None = None, hints: Hints = NO_HINTS
) -> tuple[Rendering | Exception, CheckedTranslator]:
    others = (faithful,) if faithful else ()
    wrapped = CheckedTranslator(engine, others=others, patience_s=0.2)
    made = await wrapped.translate(text, source="en", targets=["es"], hints=hints)
    return made["es"], wrapped


async def test_what_raises_no_doubt_is_taken_as_it_is() -> None:
    engine = Saying("a", GOOD)
    made, wrapped = await checked(FEVER, engine)
    assert made == Rendering(GOOD, "a 1")
    assert (len(engine.asked), wrapped.tally.retried) == (1, 0)


async def test_a_doubtful_rendering_is_made_once_more_and_the_engine_is_told_why() -> None:
    engine = Saying("a", WRONG, GOOD)
    made, wrapped = await checked(FEVER, engine)
    assert made == Rendering(GOOD, "a 1")
    assert engine.asked[1] == (FEVER, ["es"], Hints(doubts={"es": ("number",)}))
    assert (wrapped.tally.retried, wrapped.tally.mended) == (1, 1)


async def test_what_stays_doubtful_is_made_by_the_faithful_engine() -> None:
    made, wrapped = await checked(FEVER, Saying("a", WRONG, WRONG), Saying("faithful", GOOD))
    assert made == Rendering(GOOD, "faithful 1")
    assert wrapped.tally.by_faithful == 1


async def test_the_rendering_with_the_lightest_doubts_is_taken_and_they_are_told() -> None:
    made, wrapped = await checked(FEVER, Saying("a", WORSE, WRONG), Saying("faithful", WORSE))
    assert made == Rendering(WRONG, "a 1", ("number",))
    assert wrapped.tally.doubtful == 1


async def test_where_second_tries_fail_or_come_late_the_first_stands() -> None:
    failing, _ = await checked(FEVER, Saying("a", WRONG, EngineBroken("x")))
    slow = Saying("a", WRONG, GOOD)
    slow.wait_s = 60
    late, _ = await checked(FEVER, slow)
    assert failing == late == Rendering(WRONG, "a 1", ("number",))


async def test_an_error_is_not_checked() -> None:
    error = EngineBroken("x")
    made, _ = await checked(FEVER, Saying("a", error))
    assert made is error


async def test_interim_captions_are_not_checked() -> None:
    engine = Saying("a", WRONG)
    made, _ = await checked(FEVER, engine, hints=Hints(interim=True))
    assert made == Rendering(WRONG, "a 1")
    assert len(engine.asked) == 1


async def test_an_engine_without_a_glossary_is_given_the_wanted_word_in_the_source() -> None:
    engine = Saying("a", "la empresa creció", "el grupo creció")
    hints = Hints(concepts=(HOLDING,))
    made, wrapped = await checked("the Holding Company grew", engine, hints=hints)
    assert made == Rendering("el grupo creció", "a 1", terms=1, terms_kept=1)
    assert engine.asked[1][0] == "the grupo grew"
    assert wrapped.tally.terms == TermHits(1, 1)


async def test_an_engine_with_a_glossary_is_given_the_sentence_again() -> None:
    engine = Saying("a", "la empresa creció", "la empresa creció", glossary=True)
    hints = Hints(concepts=(HOLDING,))
    made, wrapped = await checked("the holding company grew", engine, hints=hints)
    assert isinstance(made, Rendering)
    assert engine.asked[1][0] == "the holding company grew"
    assert (made.doubts, made.terms, made.terms_kept) == (("term",), 1, 0)
    assert wrapped.tally.terms.rate == 0.0


async def test_a_term_left_in_the_sources_words_is_put_right_without_a_second_try() -> None:
    engine = Saying("a", "la Holding Company creció")
    made, _ = await checked("the Holding Company grew", engine, hints=Hints(concepts=(HOLDING,)))
    assert made == Rendering("la grupo creció", "a 1", terms=1, terms_kept=1)
    assert len(engine.asked) == 1


async def test_a_lost_name_is_tried_again_and_then_told() -> None:
    engine = Saying("a", "le pedimos que viniera", "le pedimos que viniera")
    made, _ = await checked("we asked Maria Lopez to come", engine)
    assert made == Rendering("le pedimos que viniera", "a 1", ("name",))
    assert len(engine.asked) == 2


class Threaded(Saying):
    """On one thread that cannot be stopped: wrong at first, then stuck until `free`."""

    def __init__(self) -> None:
        super().__init__("a")
        self.free = threading.Event()
        self._pool = ThreadPoolExecutor(1)

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        self.asked.append((text, list(targets), hints))
        if len(self.asked) > 1:
            await offload(self._pool, self.free.wait)
        return dict.fromkeys(targets, Rendering(WRONG, "a 1"))

    async def aclose(self) -> None:
        self._pool.shutdown()


async def test_second_tries_are_one_call_and_nobody_waits_for_a_late_one() -> None:
    engine = Threaded()
    in_the_end = threading.Timer(5, engine.free.set)
    in_the_end.start()
    targets = ["es", "fr", "it", "pt", "ca", "ro", "pl", "nl"]
    wrapped = CheckedTranslator(engine, patience_s=0.05)
    made = await wrapped.translate(FEVER, source="en", targets=targets)
    assert not engine.free.is_set()
    assert {one.text for one in made.values() if isinstance(one, Rendering)} == {WRONG}
    assert [asked for _, asked, _ in engine.asked] == [targets, targets]
    assert set(engine.asked[1][2].doubts) == set(targets)
    engine.free.set()
    in_the_end.cancel()
    await wrapped.aclose()


async def test_who_served_is_not_the_faithful_one() -> None:
    chain = Saying("second", WRONG, WRONG)
    second, third = Saying("second"), Saying("third", GOOD)
    wrapped = CheckedTranslator(chain, others=(second, third))
    made = await wrapped.translate(FEVER, source="en", targets=["es"])
    assert made["es"] == Rendering(GOOD, "third 1")
    assert second.asked == []
