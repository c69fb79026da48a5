"""Captions while an interpreter is on air: her own words where they are recognised, else the
machine's translation."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.translation.jobs.booth import OPEN, TALKING, Booth, plan, take
from tests.translation.jobs.hall import Hall
from tests.translation.path.written_sound import Loudness
from tests.translation.words import rendered
from translation.choice import Wishes
from translation.errors import EngineBroken
from translation.path.listen import RATE_HZ, Ear
from translation.ports import Abilities, Listening
from translation.values import Gesture, Interpreted, OnAir, Samples, Stage, Trouble, Word

WORD_S = 0.3
ANN_SAYS, BOB_SAYS = "lo hemos visto hoy", "era muy grande"


class Reciter:
    """A `Recogniser` that hears its words one after another, whatever is said; `fails` while that
    is set. `opened`: how many utterances it began."""

    abilities = Abilities(
        "reciter", "1", "Apache-2.0", frozenset({"es"}), listening=Listening(agreeing=1)
    )

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.fails: Exception | None = None
        self.opened = 0

    def open(self, *, terms: Sequence[str] = ()) -> "Recital":
        self.opened += 1
        if self.fails:
            raise self.fails
        return Recital(self, self.texts.pop(0) if self.texts else "")


class Recital:
    def __init__(self, reciter: Reciter, text: str) -> None:
        self._reciter = reciter
        self._words = text.split()
        self._count = 0

    def push(self, samples: Samples) -> None:
        if self._reciter.fails:
            raise self._reciter.fails
        self._count += len(samples)

    def hypothesis(self) -> list[Word]:
        said = int(self._count / RATE_HZ / WORD_S)
        return [
            Word(word, place * WORD_S, (place + 1) * WORD_S)
            for place, word in enumerate(self._words[:said])
        ]

    def finish(self) -> list[Word]:
        return self.hypothesis()


class Audible(Loudness):
    """Less than a hundredth is what resampling adds to silence."""

    def probability(self, window: NDArray[np.float32]) -> float:
        return super().probability(np.where(np.abs(window) > 0.01, window, 0))


class Ears:
    """Makes ears of one recogniser; `made` counts them."""

    def __init__(self, *texts: str) -> None:
        self.recogniser = Reciter(*texts)
        self.refuses: Exception | None = None
        self.made = 0

    def __call__(self, language: str, wishes: Wishes) -> Ear:
        self.made += 1
        if self.refuses:
            raise self.refuses
        return Ear(recogniser=self.recogniser, voice_activity=Audible(), language=language)


@asynccontextmanager
async def on_air(
    hall: Hall, booth: Booth, ears: Ears, *, recognises: bool = True
) -> AsyncIterator[None]:
    """Ann is on air and says nothing yet; nor does the floor, so nobody stands in for her."""
    booth.microphones["ann"] = OPEN
    await hall.log.append(plan())
    channel = hall.channel("es", booth=booth, ear=ears, recognises=recognises)
    async with hall.on_air(channel):
        assert (await take(hall, "ann")).refusal is None
        yield


async def says(booth: Booth, who: str, text: str) -> None:
    booth.microphones[who] = TALKING
    await asyncio.sleep(len(text.split()) * WORD_S + 0.2)
    booth.microphones[who] = OPEN
    await asyncio.sleep(1.0)


def shown(hall: Hall) -> list[tuple[str, str]]:
    """The final captions: whose words, and which."""
    told = hall.sinks["es"].told("captions", "final")
    return [(caption["by"], caption["text"]) for caption in told]


async def troubles(hall: Hall) -> list[tuple[Stage, str, str]]:
    return [(t.stage, t.language, t.message) for t in await hall.of(Trouble)]


async def test_captions_are_the_words_of_whoever_is_on_air() -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears(ANN_SAYS)
    async with on_air(hall, booth, ears):
        await says(booth, "ann", ANN_SAYS)
        await hall.say("we saw it")
        await hall.done(1)

    assert shown(hall) == [("interpreter", ANN_SAYS)]
    (said,) = await hall.of(Interpreted)
    assert (said.id, said.interpreter, said.text, said.engine) == (1, "ann", ANN_SAYS, "reciter 1")
    interim = hall.sinks["es"].told("captions", "interim")
    assert {(c["by"], c["id"]) for c in interim} == {("interpreter", "i1")}
    assert interim[-1]["text"] == ANN_SAYS


async def test_the_machines_words_are_shown_where_nobody_recognises_her() -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears(ANN_SAYS)
    async with on_air(hall, booth, ears, recognises=False):
        await says(booth, "ann", ANN_SAYS)
        await hall.say("we saw it")
        await hall.done(1)

    assert shown(hall) == [("machine", rendered("we saw it", "es"))]
    assert ears.made == 0


async def test_each_partners_words_are_her_own() -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears(ANN_SAYS, BOB_SAYS)
    async with on_air(hall, booth, ears):
        booth.microphones["ann"] = booth.microphones["bob"] = TALKING
        await asyncio.sleep(len(ANN_SAYS.split()) * WORD_S + 0.2)
        await take(hall, "ann", Gesture.OFFER, "bob")
        await take(hall, "bob", Gesture.ACCEPT)
        await asyncio.sleep(len(BOB_SAYS.split()) * WORD_S + 0.2)
        booth.microphones["bob"] = OPEN
        await asyncio.sleep(1.0)

    said = [(one.id, one.interpreter, one.text) for one in await hall.of(Interpreted)]
    assert said == [(1, "ann", ANN_SAYS), (2, "bob", BOB_SAYS)]


@pytest.mark.parametrize("error", [EngineBroken("it crashed; it is restarted"), ValueError("x")])
async def test_a_recogniser_that_fails_leaves_her_on_air_and_the_machines_words(
    error: Exception,
) -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears(ANN_SAYS, ANN_SAYS)
    async with on_air(hall, booth, ears):
        ears.recogniser.fails = error
        await says(booth, "ann", ANN_SAYS)
        await hall.say("we saw it")
        await hall.done(1)
        ears.recogniser.fails = None
        await asyncio.sleep(5.0)
        await says(booth, "ann", ANN_SAYS)
        await hall.say("it was large")
        await hall.done(2)

    assert shown(hall) == [("machine", rendered("we saw it", "es")), ("interpreter", ANN_SAYS)]
    assert [change.who for change in await hall.of(OnAir)] == ["ann"]
    told = "it crashed; it is restarted" if isinstance(error, EngineBroken) else (
        "the engine failed (ValueError)"
    )  # fmt: skip
    assert await troubles(hall) == [(Stage.RECOGNISE, "es", told), (Stage.RECOGNISE, "es", "")]


async def test_a_recogniser_that_keeps_failing_is_left_alone_for_longer_and_longer() -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears()
    async with on_air(hall, booth, ears):
        ears.recogniser.fails = EngineBroken("it crashed; it is restarted")
        booth.microphones["ann"] = TALKING
        await asyncio.sleep(40.0)
        assert [change.who for change in await hall.of(OnAir)] == ["ann"]

    assert 4 <= ears.made <= 6


async def test_an_ear_that_cannot_be_built_is_told_and_built_later() -> None:
    hall, booth, ears = Hall("es"), Booth(), Ears(ANN_SAYS)
    ears.refuses = EngineBroken("the model cannot be read")
    async with on_air(hall, booth, ears):
        await hall.until(lambda entry: isinstance(entry, Trouble))
        ears.refuses = None
        await asyncio.sleep(5.0)
        await says(booth, "ann", ANN_SAYS)

    assert shown(hall) == [("interpreter", ANN_SAYS)]
    assert await troubles(hall) == [
        (Stage.RECOGNISE, "es", "the model cannot be read"), (Stage.RECOGNISE, "es", ""),
    ]  # fmt: skip
