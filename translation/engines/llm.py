"""A large language model as translator, through LiteLLM's gateway or any server that speaks the
OpenAI protocol. One request a language, all at once, streamed.

It knows what was said before and the glossary. It never sees interim captions: they change several
times a second, and each change would be paid for.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from urllib.parse import urlsplit

from translation.engines.chat import Chat
from translation.engines.llm_prompt import cleaned, messages
from translation.engines.units import TOKENS
from translation.errors import (
    EngineBroken,
    EngineTimeout,
    InterpretError,
    PairUnsupported,
)
from translation.languages import LANGUAGES
from translation.ports import NO_HINTS, Abilities, Budget, Hints, Rendering

LONGEST_ANSWER = 6
"""Times the length of what was said, and 200 characters: whoever says more does not translate."""


class LLM:
    """`url`: up to `/v1`. `timeout_s` bounds a sentence from asking to the last word, `idle_s` the
    silence between two pieces of the answer. `tokens_a_session`: 0 for no bound; `budget` counts
    what is used. At most `at_once` requests are under way; more wait, within `timeout_s`.
    """

    def __init__(
        self,
        *,
        model: str,
        url: str,
        key: str = "",
        timeout_s: float = 6.0,
        idle_s: float = 2.0,
        tokens_a_session: int = 0,
        budget: Budget | None = None,
        at_once: int = 16,
    ) -> None:
        self._timeout_s = timeout_s
        self._idle_s = idle_s
        self._chat = Chat(
            model=model, url=url, key=key, connect_s=timeout_s,
            tokens_a_session=tokens_a_session, budget=budget,
        )  # fmt: skip
        self._free = asyncio.Semaphore(at_once)
        local = urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
        self.abilities = Abilities(
            name="LLM",
            version=model,
            licence="the model's or its provider's terms",
            languages=frozenset(LANGUAGES),
            needs_network=not local,
            context=3,
            interim=False,
            glossary=True,
        )

    def supports(self, source: str, target: str) -> bool:
        return source != target and {source, target} <= LANGUAGES.keys()

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        try:
            await self._chat.require_budget(hints.session_id)
        except InterpretError as refused:
            return dict.fromkeys(targets, refused)
        async with asyncio.TaskGroup() as group:
            asked = {
                target: group.create_task(self._one(text, source, target, hints))
                for target in targets
            }
        return {target: task.result() for target, task in asked.items()}

    @property
    def units(self) -> dict[str, float]:
        return {TOKENS: self._chat.tokens}

    async def aclose(self) -> None:
        await self._chat.aclose()

    async def _one(
        self, text: str, source: str, target: str, hints: Hints
    ) -> Rendering | Exception:
        if source == target or not text.strip():
            return Rendering(text, "")
        if not self.supports(source, target):
            return PairUnsupported(f"the language model is not asked for “{source}” to “{target}”")
        try:
            async with asyncio.timeout(self._timeout_s), self._free:
                answer = await self._ask(text, source, target, hints)
        except InterpretError as error:
            return error
        except TimeoutError:
            return EngineTimeout(
                f"{self.abilities.label} did not translate within {self._timeout_s:g} s; set"
                " LLM_TIMEOUT_S higher, or take a quicker model"
            )
        return Rendering(answer, self.abilities.label)

    async def _ask(self, text: str, source: str, target: str, hints: Hints) -> str:
        longest = LONGEST_ANSWER * len(text) + 200
        asked = messages(text, source, target, hints)
        answer, tokens = "", 0
        try:
            async with aclosing(self._chat.ask(asked, most_tokens=longest // 2)) as said:
                while True:
                    async with asyncio.timeout(self._idle_s):
                        piece = await anext(said, None)
                    if piece is None:
                        break
                    answer, tokens = answer + piece.text, tokens + piece.tokens
                    if len(answer) > longest:
                        raise EngineBroken(f"{self.abilities.label} says more than a translation")
        except TimeoutError:
            raise EngineTimeout(
                f"{self.abilities.label} was silent for {self._idle_s:g} s; set LLM_IDLE_S higher,"
                " or take a quicker model"
            ) from None
        finally:
            written = sum(len(message["content"]) for message in asked) + len(answer)
            await self._chat.pay(hints.session_id, tokens, characters=written)
        if not (text := cleaned(answer)):
            raise EngineBroken(f"{self.abilities.label} answered nothing")
        return text
