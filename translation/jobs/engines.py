"""The engines that a job's process builds."""

from collections.abc import Callable
from dataclasses import dataclass

from translation.path.listen import Ear
from translation.ports import Condenser, LanguageIdentifier, Recogniser, Synthesiser, VoiceActivity


@dataclass(frozen=True, slots=True)
class Engines:
    """Makers, so that a process can build them before it has a job. `recogniser` gives None for
    a language that no engine recognises; `identifier` is None where no engine tells languages
    apart."""

    recogniser: Callable[[str], Recogniser | None]
    voice_activity: Callable[[], VoiceActivity]
    synthesiser: Callable[[], Synthesiser]
    condenser: Callable[[], Condenser | None] = lambda: None
    identifier: Callable[[], LanguageIdentifier] | None = None

    def ear(self, language: str) -> Ear:
        """Blocking: loads a model. Where there is none for the language, an ear that hears only
        who speaks when."""
        return Ear(
            recogniser=self.recogniser(language),
            voice_activity=self.voice_activity(),
            language=language,
        )
