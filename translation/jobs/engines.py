"""The engines that a job's process builds."""

from collections.abc import Callable
from dataclasses import dataclass

from translation.ports import Recogniser, Synthesiser, VoiceActivity


@dataclass(frozen=True, slots=True)
class Engines:
    """Makers, so that a process can build them before it has a job."""

    recogniser: Callable[[str], Recogniser]
    voice_activity: Callable[[], VoiceActivity]
    synthesiser: Callable[[], Synthesiser]
