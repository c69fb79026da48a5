import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from tests.translation.entries import plan, segment
from tests.translation.words import Words, rendered
from translation.engines.by_target import by_target
from translation.flow import SessionClock
from translation.log.memory import MemoryDrafts, MemoryLog
from translation.path.translate import translate_draft, translate_segment
from translation.ports import NO_HINTS, Abilities, Hints, Rendering
from translation.termbase import Concept, Term
from translation.values import Draft, Entry, SessionState, Stage, Translation, Trouble


async def log_of(*entries: Entry) -> MemoryLog:
    log = MemoryLog()
    for entry in entries:
        await log.append(entry)
    return log


async def written_after(log: MemoryLog, count: int) -> list[Entry]:
    return [logged.entry for logged in (await log.read())[count:]]


async def test_a_segment_is_translated_into_every_language_of_the_plan() -> None:
    log, clock = await log_of(plan("en", "es", "fr"), segment(1, "hello")), SessionClock(0.0)

    await translate_segment(log=log, translator=Words(), segment_id=1, clock=clock)

    made = await written_after(log, 2)
    assert [
        (t.segment_id, t.language, t.text, t.engine) for t in made if isinstance(t, Translation)
    ] == [
        (1, "es", "es<hello>", "words 1"),
        (1, "fr", "fr<hello>", "words 1"),
    ]


async def test_a_segment_translated_twice_is_in_the_log_once() -> None:
    log = await log_of(plan("es"), segment(1, "hello"))

    await asyncio.gather(
        *(translate_segment(log=log, translator=Words(), segment_id=1) for _ in range(3))
    )

    assert len(await written_after(log, 2)) == 1


async def test_a_language_that_fails_is_in_trouble_and_the_others_go_on() -> None:
    log = await log_of(plan("es", "fr"), segment(1, "hello"))

    await translate_segment(log=log, translator=Words(broken=["es"]), segment_id=1)

    trouble, made = await written_after(log, 2)
    assert isinstance(trouble, Trouble)
    assert (trouble.stage, trouble.language, trouble.message) == (
        Stage.TRANSLATE, "es", "the engine for this pair crashed; it is restarted",
    )  # fmt: skip
    assert isinstance(made, Translation)
    assert (made.language, made.text) == ("fr", "fr<hello>")


async def test_a_failure_tells_the_organizer_nothing_of_what_was_said() -> None:
    log = await log_of(plan("es"), segment(1, "my name is Ann"))
    engine = Words(broken=["es"], error=ValueError("cannot parse: my name is Ann"))

    await translate_segment(log=log, translator=engine, segment_id=1)

    (trouble,) = await written_after(log, 2)
    assert isinstance(trouble, Trouble)
    assert trouble.message == "the translation engine failed (ValueError)"


async def test_nothing_is_translated_for_a_session_that_is_gone() -> None:
    empty, no_segment = MemoryLog(), await log_of(plan("es"))

    await translate_segment(log=empty, translator=Words(), segment_id=1)
    await translate_segment(log=no_segment, translator=Words(), segment_id=1)

    assert (len(await empty.read()), len(await no_segment.read())) == (0, 1)


async def test_nothing_is_translated_where_only_the_original_is_offered() -> None:
    log = await log_of(plan("en"), segment(1))

    await translate_segment(log=log, translator=Words(), segment_id=1)

    assert await written_after(log, 2) == []


async def test_a_translation_made_after_a_pause_counts_all_the_same() -> None:
    log = await log_of(plan("es"), segment(1, "hello"), plan("es", state=SessionState.PAUSED))

    await translate_segment(log=log, translator=Words(), segment_id=1)

    (made,) = await written_after(log, 3)
    assert isinstance(made, Translation)


async def test_a_draft_is_heard_in_the_languages_that_work_and_never_logged() -> None:
    log, drafts = await log_of(plan("es", "fr", "it")), MemoryDrafts()
    async with aclosing(drafts.hear()) as hearing:
        first = asyncio.ensure_future(anext(hearing))
        await asyncio.sleep(0)

        await translate_draft(
            log=log, drafts=drafts, translator=Words(broken=["es"]), draft=Draft(4, "", "we saw")
        )

        assert await first == Draft(4, "fr", "fr<we saw>")
        assert await anext(hearing) == Draft(4, "it", "it<we saw>")
    assert len(await log.read()) == 1


class Listening(Words):
    """Remembers the hints it was given."""

    abilities = Abilities("listening", "1", "Apache-2.0", context=2)

    def __init__(self) -> None:
        super().__init__()
        self.hints: list[Hints] = []

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        self.hints.append(hints)
        made = Rendering(rendered(text, "es"), "listening 1", ("number",), terms=2, terms_kept=1)
        return dict.fromkeys(targets, made)


async def test_an_engine_is_told_what_was_said_before_and_the_terms_in_the_sentence() -> None:
    log, engine = MemoryLog(), Listening()
    acme = Concept("acme", [Term("en", "Acme", do_not_translate=True)])
    other = Concept("other", [Term("en", "other"), Term("es", "otro")])
    named = replace(plan("es"), glossary=log.keep_terms([acme, other]))
    for entry in (named, segment(1, "one"), segment(2, "two"), segment(3, "at Acme")):
        await log.append(entry)
    await translate_segment(log=log, translator=engine, segment_id=3)
    await translate_segment(log=log, translator=engine, segment_id=1)

    assert engine.hints == [
        Hints(context=("one", "two"), concepts=(acme,), session_id=named.session_id),
        Hints(session_id=named.session_id),
    ]


async def test_what_a_check_doubts_stands_in_the_log() -> None:
    log = await log_of(plan("es"), segment(1, "hello"))

    await translate_segment(log=log, translator=Listening(), segment_id=1)

    (made,) = await written_after(log, 2)
    assert isinstance(made, Translation)
    assert (made.doubts, made.terms, made.terms_kept) == (("number",), 2, 1)


class Poet(Words):
    abilities = Abilities("poet", "1", "Apache-2.0")


async def test_each_language_is_translated_by_who_was_chosen_for_it() -> None:
    log, words = await log_of(plan("es", "fr", "it"), segment(1, "hello")), Words()
    chosen = by_target({"es": Poet(), "fr": words, "it": Words(broken=["it"])})

    await translate_segment(log=log, translator=chosen, segment_id=1, plan=await log.plan())

    made = await written_after(log, 2)
    engines = {one.language: one.engine for one in made if isinstance(one, Translation)}
    assert engines == {"es": "poet 1", "fr": "words 1"}
    assert [one.language for one in made if isinstance(one, Trouble)] == ["it"]


async def test_only_engines_that_are_quick_enough_translate_drafts() -> None:
    log, drafts, slow = await log_of(plan("es", "fr")), MemoryDrafts(), Listening()
    slow.abilities = replace(slow.abilities, interim=False)
    chosen = by_target({"es": slow, "fr": Words()})
    async with aclosing(drafts.hear()) as hearing:
        first = asyncio.ensure_future(anext(hearing))
        await asyncio.sleep(0)
        await translate_draft(
            log=log, drafts=drafts, translator=chosen, draft=Draft(4, "en", "we saw")
        )
        assert await first == Draft(4, "fr", "fr<we saw>")
    assert slow.hints == []


def test_one_translator_for_all_languages_is_itself() -> None:
    words, other = Words(), Words()
    assert by_target({"es": words, "fr": words}) is words
    assert by_target({"es": words, "fr": other}) is not words


async def test_an_engine_too_slow_for_interim_captions_is_not_asked_for_them() -> None:
    log, engine = await log_of(plan("es")), Listening()
    engine.abilities = replace(engine.abilities, interim=False)

    await translate_draft(
        log=log, drafts=MemoryDrafts(), translator=engine, draft=Draft(4, "en", "we saw")
    )

    assert engine.hints == []
