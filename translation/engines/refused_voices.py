"""The voices of events that an engine would not speak with, for a while."""

from dataclasses import replace

from translation.ports import Manner
from translation.voices import Voices

AGAIN_S = 60.0
"""Then a voice is tried again: somebody may have added it to the account by now."""


class RefusedVoices:
    """`now_s`: on any clock, always the same."""

    def __init__(self) -> None:
        self._since_s: dict[str, float] = {}

    def add(self, voice: str, now_s: float) -> None:
        self._since_s[voice] = now_s

    def forget(self, voice: str) -> None:
        self._since_s.pop(voice, None)

    def without(self, manner: Manner, now_s: float) -> Manner:
        """The manner, but for choices of voices that are refused now."""
        since_s = {voice: at_s for voice, at_s in self._since_s.items() if now_s - at_s < AGAIN_S}
        self._since_s = since_s
        if not since_s:
            return manner
        kept = tuple(one for one in manner.voices.choices if one.voice not in since_s)
        return replace(manner, voices=Voices(kept))
