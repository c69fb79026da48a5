import asyncio
from contextlib import aclosing

from tests.translation.entries import plan, segment, spoken, translation
from translation.log.memory import MemoryDrafts, MemoryLog
from translation.values import Draft, Drained, Entry, FloorActivity


async def test_log_keeps_what_is_written_in_order() -> None:
    log = MemoryLog()
    entries: list[Entry] = [plan("es"), segment(1), translation(1), spoken(1), Drained(1, 2.0)]

    assert [await log.append(entry) for entry in entries] == [True] * 5

    logged = await log.read()
    assert [each.entry for each in logged] == entries
    assert [each.position for each in logged] == sorted(each.position for each in logged)
    assert await log.read(after=logged[1].position, limit=2) == logged[2:4]


async def test_log_writes_an_entry_once() -> None:
    log = MemoryLog()
    await log.append(translation(1, "hola"))

    assert not await log.append(translation(1, "buenos días"))
    assert await log.append(translation(1, "bonjour", language="fr"))

    assert [each.entry for each in await log.read()] == [
        translation(1, "hola"),
        translation(1, "bonjour", language="fr"),
    ]


async def test_log_writes_what_may_repeat_again_and_again() -> None:
    log, silence = MemoryLog(), FloorActivity(False, 1.0)

    assert [await log.append(silence), await log.append(silence)] == [True, True]


async def test_log_is_followed_from_a_position_on_and_into_the_future() -> None:
    log = MemoryLog()
    await log.append(segment(1))
    await log.append(segment(2))
    first = (await log.read())[0].position

    async with aclosing(log.follow(after=first)) as entries:
        assert (await anext(entries)).entry == segment(2)
        coming = asyncio.ensure_future(anext(entries))
        await asyncio.sleep(0)
        assert not coming.done()
        await log.append(segment(3))
        assert (await coming).entry == segment(3)


async def test_log_finds_a_segment_and_the_newest_plan() -> None:
    log = MemoryLog()
    assert (await log.segment(1), await log.plan()) == (None, None)
    for entry in (plan("es"), segment(1), segment(2), plan("es", "fr")):
        await log.append(entry)

    assert await log.segment(2) == segment(2)
    assert await log.plan() == plan("es", "fr")


async def test_drafts_reach_everybody_who_hears_now() -> None:
    drafts = MemoryDrafts()
    await drafts.say(Draft(1, "es", "nobody hears this"))
    async with aclosing(drafts.hear()) as one, aclosing(drafts.hear()) as other:
        coming = [asyncio.ensure_future(anext(hearer)) for hearer in (one, other)]
        await asyncio.sleep(0)

        await drafts.say(Draft(1, "es", "we"))

        assert await asyncio.gather(*coming) == [Draft(1, "es", "we")] * 2


async def test_drafts_that_nobody_fetches_give_way_to_newer_ones() -> None:
    drafts = MemoryDrafts(bound=2)
    async with aclosing(drafts.hear()) as hearer:
        coming = asyncio.ensure_future(anext(hearer))
        await asyncio.sleep(0)
        for number in range(5):
            await drafts.say(Draft(number, "es", "…"))

        heard = [(await coming).segment_id, (await anext(hearer)).segment_id]

    assert heard == [3, 4]
