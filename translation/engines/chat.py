"""A language model's server, and a session's budget for it: what all engines that ask one share."""

import logging
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import aiohttp

from translation.engines.chat_stream import LONGEST_LINE, Piece, stream
from translation.errors import BudgetSpent, EngineMissing, InterpretError
from translation.ports import Budget

log = logging.getLogger(__name__)

CHARACTERS_A_TOKEN = 3
"""Where the server does not say what an answer cost. Rather too many tokens than too few."""


class Chat:
    """`url`: up to `/v1`. `connect_s` bounds connecting. `tokens_a_session`: 0 for no bound;
    `budget` counts what is used."""

    def __init__(
        self,
        *,
        model: str,
        url: str,
        key: str,
        connect_s: float,
        tokens_a_session: int,
        budget: Budget | None,
    ) -> None:
        if not model or not url:
            raise EngineMissing("no language model is named; set LLM_URL and LLM_MODEL")
        self.model = model
        self._url = url.rstrip("/")
        self._key = key
        self._connect_s = connect_s
        self._most_tokens = tokens_a_session
        self._budget = budget
        self._http: aiohttp.ClientSession | None = None
        self.tokens = 0
        """Used so far."""

    def ask(
        self, messages: Sequence[dict[str, str]], *, most_tokens: int
    ) -> AsyncGenerator[Piece, None]:
        """The answer as it comes. Raises as `chat_stream.stream`."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": most_tokens,
        }
        return stream(self._client, self._url, key=self._key, body=body)

    async def require_budget(self, session_id: str) -> None:
        """Raises `BudgetSpent`; `LogUnreachable` where nobody can tell what was spent."""
        if self._budget is None or not self._most_tokens:
            return
        if await self._budget.spend(session_id, 0) >= self._most_tokens:
            raise BudgetSpent(
                f"this session has used its {self._most_tokens} tokens of {self.model};"
                " LLM_TOKENS_A_SESSION sets the bound"
            )

    async def pay(self, session_id: str, tokens: int, *, characters: int) -> None:
        """`tokens`: as the server said, 0 where it did not; `characters`: asked and answered. What
        was answered is worth more than its count: where that cannot be kept, the log says so."""
        used = tokens or characters // CHARACTERS_A_TOKEN
        self.tokens += used
        if self._budget is None:
            return
        try:
            await self._budget.spend(session_id, used)
        except InterpretError as error:
            log.warning("%d tokens of %s were not counted: %s", used, self.model, error)

    async def aclose(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    @property
    def _client(self) -> aiohttp.ClientSession:
        """Made on the loop that first asks."""
        if self._http is None:
            self._http = aiohttp.ClientSession(
                read_bufsize=LONGEST_LINE,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_s),
            )
        return self._http
