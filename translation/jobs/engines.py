"""The engines that a job's process builds."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from translation.choice import Wishes
from translation.path.listen import Ear
from translation.ports import Condenser, LanguageIdentifier, Recogniser, Synthesiser, VoiceActivity


async def _closes_none(used: Collection[Synthesiser]) -> None:
    return


@dataclass(frozen=True, slots=True)
class Engines:
    """Makers, so that a process can build them before it has a job; blocking, and from any thread
    where they take a plan's wishes. `recogniser`, for a language, gives None where no engine
    recognises it; `synthesiser`, for a language, gives the same for the same chain.
    `close_voices_but`: all that nobody uses let go of what they hold. `identifier` is None where
    no engine tells languages apart."""

    recogniser: Callable[[str, Wishes], Recogniser | None]
    voice_activity: Callable[[], VoiceActivity]
    synthesiser: Callable[[str, Wishes], Synthesiser]
    close_voices_but: Callable[[Collection[Synthesiser]], Awaitable[None]] = _closes_none
    condenser: Callable[[], Condenser | None] = lambda: None
    identifier: Callable[[], LanguageIdentifier] | None = None

    def ear(self, language: str, wishes: Wishes = ()) -> Ear:
        """Blocking: loads a model. Where there is none for the language, an ear that hears only
        who speaks when."""
        return Ear(
            recogniser=self.recogniser(language, wishes),
            voice_activity=self.voice_activity(),
            language=language,
        )
