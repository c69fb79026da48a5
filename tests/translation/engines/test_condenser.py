"""Against an imitation of an OpenAI-compatible server (tests/vendors/openai_chat.py)."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
import pytest_asyncio

from tests.vendors.openai_chat import MODEL, Imitation, openai_chat
from tests.vendors.openai_server import KEY
from translation.engines.condenser import LLMCondenser
from translation.errors import BudgetSpent, EngineBroken, EngineMissing, EngineTimeout

LINE = "tenemos, como ya he dicho antes, una casa muy grande cerca del mar"


@pytest_asyncio.fixture
async def vendor() -> AsyncIterator[Imitation]:
    async with openai_chat() as imitation:
        yield imitation


class Purse:
    """A `Budget`."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}

    async def spend(self, session_id: str, units: int) -> int:
        self.spent[session_id] = self.spent.get(session_id, 0) + units
        return self.spent[session_id]


async def test_a_line_is_asked_for_in_fewer_words(vendor: Imitation) -> None:
    async with aclosing(LLMCondenser(model=MODEL, url=vendor.url, key=KEY)) as engine:
        said = await engine.condense(LINE, language="es", characters=45)

    assert LINE in said  # the imitation answers with what it was asked
    (asked,) = vendor.requests
    assert "Spanish" in asked["messages"][0]["content"]
    assert "at most 45 characters" in asked["messages"][0]["content"]


@pytest.mark.parametrize(
    ("failure", "error"),
    [("stall", EngineTimeout), ("closed", EngineBroken), ("key", EngineMissing)],
)
async def test_a_failure_is_told(vendor: Imitation, failure: str, error: type[Exception]) -> None:
    vendor.failures.append(failure)
    engine = LLMCondenser(model=MODEL, url=vendor.url, key=KEY, timeout_s=0.3)
    async with aclosing(engine):
        with pytest.raises(error):
            await engine.condense(LINE, language="es", characters=45)


async def test_the_sessions_budget_pays(vendor: Imitation) -> None:
    purse = Purse()
    engine = LLMCondenser(model=MODEL, url=vendor.url, key=KEY, budget=purse, tokens_a_session=150)
    async with aclosing(engine):
        for _ in range(2):
            await engine.condense(LINE, language="es", characters=45, session_id="s1")
        assert purse.spent == {"s1": 200}
        with pytest.raises(BudgetSpent):
            await engine.condense(LINE, language="es", characters=45, session_id="s1")


def test_it_needs_a_model() -> None:
    with pytest.raises(EngineMissing, match="LLM_MODEL"):
        LLMCondenser(model="", url="")
