"""How much interim captions take back of what they showed. Pure.

A final text of 10 words whose drafts took back 4 words in all has an erasure of 0.4 (normalised
erasure: Arivazhagan et al., 2020). Speech takes nothing back: only final text is ever spoken.
"""

from collections.abc import Sequence


def erased(shown: str, now: str) -> int:
    """How many words of what is shown have to go before the new text can stand there."""
    before, after = shown.split(), now.split()
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    return len(before) - same


class Erasure:
    """Of one language's captions, segment by segment."""

    def __init__(self) -> None:
        self.erased_words = 0
        self.final_words = 0
        self._shown: dict[int, str] = {}

    def draft(self, segment_id: int, text: str) -> None:
        self.erased_words += erased(self._shown.get(segment_id, ""), text)
        self._shown[segment_id] = text

    def final(self, segment_id: int, text: str) -> None:
        self.erased_words += erased(self._shown.pop(segment_id, ""), text)
        self.final_words += len(text.split())

    @property
    def normalised(self) -> float | None:
        """Words taken back for each word that stayed; None before anything is final."""
        return self.erased_words / self.final_words if self.final_words else None


def erasure(drafts: Sequence[str], final: str) -> float | None:
    """Of one caption: its drafts in order, and what it became."""
    measured = Erasure()
    for text in drafts:
        measured.draft(1, text)
    measured.final(1, final)
    return measured.normalised
