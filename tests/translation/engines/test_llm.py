"""A language model as translator, against an imitation of an OpenAI-compatible server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
import redis.asyncio

from tests.translation.words import Words
from tests.vendors.openai_chat import MODEL, Imitation, openai_chat
from tests.vendors.openai_server import KEY
from translation.engines.checked import CheckedTranslator
from translation.engines.fallback import FallbackTranslator
from translation.engines.llm import LLM
from translation.engines.llm_prompt import cleaned, messages
from translation.engines.units import units_of
from translation.errors import (
    BudgetSpent,
    EngineBroken,
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
    LogUnreachable,
)
from translation.log.budgets import MemoryBudget, RedisBudget
from translation.log.redis_client import redis_client
from translation.ports import Hints, Rendering
from translation.termbase import Concept, Term

Make = Callable[..., LLM]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Imitation]:
    async with openai_chat() as imitation:
        yield imitation


@pytest_asyncio.fixture
async def make(server: Imitation) -> AsyncIterator[Make]:
    made: list[LLM] = []

    def maker(**wishes: Any) -> LLM:
        engine = LLM(**{"model": MODEL, "url": server.url, "key": KEY, **wishes})
        made.append(engine)
        return engine

    yield maker
    for engine in made:
        await engine.aclose()


async def said(engine: LLM, text: str, *targets: str, hints: Hints = Hints()) -> dict[str, Any]:  # noqa: B008 - frozen
    made = await engine.translate(text, source="en", targets=targets, hints=hints)
    return {tag: one.text if isinstance(one, Rendering) else one for tag, one in made.items()}


async def test_a_sentence_goes_into_every_language_at_once(make: Make, server: Imitation) -> None:
    made = await make().translate("we saw it", source="en", targets=["es", "pt-BR", "yue"])

    assert made == {
        "es": Rendering("Spanish<we saw it>", f"LLM {MODEL}"),
        "pt-BR": Rendering("Brazilian Portuguese<we saw it>", f"LLM {MODEL}"),
        "yue": Rendering("Cantonese<we saw it>", f"LLM {MODEL}"),
    }
    assert server.most_at_once > 1


async def test_no_more_requests_are_under_way_than_allowed(make: Make, server: Imitation) -> None:
    await said(make(at_once=2), "we saw it", "es", "fr", "de", "it", "ar", "ur")

    assert (len(server.requests), server.most_at_once) == (6, 2)


async def test_the_model_hears_what_was_said_before_and_the_terms(
    make: Make, server: Imitation
) -> None:
    concepts = (
        Concept("1", [Term("en", "holding"), Term("es", "grupo")]),
        Concept("2", [Term("en", "Acme", do_not_translate=True)]),
    )
    hints = Hints(context=("we grew",), concepts=concepts, doubts={"es": ("number",)})
    await said(make(), "the Acme holding", "es", hints=hints)

    rules, text = (message["content"] for message in server.requests[0]["messages"])
    assert text == "the Acme holding"
    assert "from English into Spanish." in rules
    assert "- holding: grupo\n- Acme: keep as it is" in rules
    assert "numbers were lost or changed" in rules
    assert rules.endswith("for understanding only:\nwe grew")
    assert server.requests[0]["temperature"] == 0


async def test_what_was_not_doubted_is_not_blamed() -> None:
    rules = messages("hi", "en", "fr", Hints(doubts={"es": ("number",)}))[0]["content"]
    assert "first translation" not in rules


@pytest.mark.parametrize("size", [1, 2, 7])
async def test_frames_may_come_in_any_pieces(make: Make, server: Imitation, size: int) -> None:
    server.frame_bytes = size

    assert await said(make(), "niño 日本", "es") == {"es": "Spanish<niño 日本>"}


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("busy", EngineBusy, "again in 7 s"),
        ("down", EngineBroken, "HTTP 503"),
        ("key", EngineMissing, "LLM_KEY"),
        ("model", EngineMissing, "LLM_MODEL"),
        ("stall", EngineTimeout, "silent for 0.3 s"),
        ("closed", EngineBroken, "broke off"),
        ("cut", EngineBroken, "length"),
        ("filter", EngineBroken, "content_filter"),
        ("mute", EngineBroken, "answered nothing"),
        ("endless", EngineBroken, "more than a translation"),
        ("nonsense", EngineBroken, "broke off"),
        ("error", EngineBroken, "in the middle"),
    ],
)
async def test_each_failure_is_told_and_costs_one_language_once(
    make: Make, server: Imitation, failure: str, error: type[EngineError], words: str
) -> None:
    engine = make(idle_s=0.3 if failure == "stall" else 5.0)
    server.failures.append(failure)

    made = await said(engine, "we saw it", "es", "fr")
    failed = [one for one in made.values() if isinstance(one, Exception)]
    assert [type(one) for one in failed] == [error]
    assert words in str(failed[0])
    assert "saw" not in str(failed[0])
    assert await said(engine, "we saw it", "es") == {"es": "Spanish<we saw it>"}


async def test_a_busy_server_says_how_long_to_leave_it_alone(make: Make, server: Imitation) -> None:
    server.failures.append("busy")
    (busy,) = (await said(make(), "we", "es")).values()
    assert busy.after_s == 7.0


async def test_a_slow_answer_is_ended_in_time(make: Make, server: Imitation) -> None:
    server.failures.append("stall")
    async with asyncio.timeout(2):
        (late,) = (await said(make(timeout_s=0.2, idle_s=9), "we", "es")).values()
    assert isinstance(late, EngineTimeout)
    assert "LLM_TIMEOUT_S" in str(late)


async def test_a_server_that_is_not_there_is_broken() -> None:
    engine = LLM(model=MODEL, url="http://127.0.0.1:9/v1")
    (gone,) = (await said(engine, "we", "es")).values()
    await engine.aclose()
    assert isinstance(gone, EngineBroken)
    assert "is it running?" in str(gone)


def test_a_model_must_be_named() -> None:
    with pytest.raises(EngineMissing, match="LLM_MODEL"):
        LLM(model="", url="http://127.0.0.1/v1")


@pytest.mark.redis
async def test_a_session_that_spent_its_budget_is_refused_and_others_go_on(
    make: Make, jobs_redis: "redis.asyncio.Redis", session_id: str
) -> None:
    for budget in (MemoryBudget(), RedisBudget(jobs_redis, "llm")):
        engine = make(tokens_a_session=250, budget=budget)
        mine, other = Hints(session_id=session_id), Hints(session_id=f"{session_id}-other")
        for _ in range(3):
            assert await said(engine, "we", "es", hints=mine) == {"es": "Spanish<we>"}

        refused = await said(engine, "we", "es", hints=mine)
        assert isinstance(refused["es"], BudgetSpent)
        assert "250 tokens" in str(refused["es"])
        assert await said(engine, "we", "es", hints=other) == {"es": "Spanish<we>"}


async def test_a_translation_that_cannot_be_counted_is_not_lost(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = redis_client("redis://127.0.0.1:1/0")
    assert await said(make(budget=RedisBudget(nowhere, "llm")), "we", "es") == {"es": "Spanish<we>"}
    assert f"tokens of {MODEL} were not counted: Redis does not answer" in caplog.text

    bounded = make(budget=RedisBudget(nowhere, "llm"), tokens_a_session=250)
    (refused,) = (await said(bounded, "we", "es")).values()
    assert isinstance(refused, LogUnreachable)


async def test_what_an_answer_cost_is_guessed_where_the_server_does_not_say(
    make: Make, server: Imitation
) -> None:
    server.with_usage = False
    budget = MemoryBudget()
    engine = make(budget=budget)
    await said(engine, "we", "es", hints=Hints(session_id="s"))
    assert await budget.spend("s", 0) == engine.units["tokens"] > 100


async def test_tokens_are_counted_also_where_nobody_sets_a_bound(make: Make) -> None:
    engine = make()
    chain = CheckedTranslator(FallbackTranslator([engine, Words()]))
    await chain.translate("we", source="en", targets=["es", "fr"])
    once = units_of(chain)["tokens"]
    await chain.translate("we", source="en", targets=["es", "fr"])

    assert units_of(chain) == engine.units == {"tokens": 2 * once}


async def test_going_away_leaves_nothing_behind(make: Make, server: Imitation) -> None:
    server.failures.append("stall")
    task = asyncio.create_task(said(make(idle_s=60, timeout_s=60), "we", "es"))
    while not server.requests:  # noqa: ASYNC110 - the server is another party
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ('"Lo vimos."', "Lo vimos."),
        ("«Lo  vimos.»\n", "Lo vimos."),
        ("“a” y “b”", "“a” y “b”"),
        ("Dijo: «sí»", "Dijo: «sí»"),
        ("", ""),
    ],
)
def test_quotation_marks_around_it_all_go(answer: str, text: str) -> None:
    assert cleaned(answer) == text
