"""Which words of a recogniser that hears its whole buffer anew each time are settled.

alignment  a word that ends `edge_s` or more before the end of the sound will not change: later
           sound does not reach it any more (AlignAtt: https://arxiv.org/abs/2305.11408)
agreement  two hearings in a row begin with the same words (LocalAgreement-2:
           https://arxiv.org/abs/2307.14743)

Both in this order: `we have seen` heard up to 1.5 s, `we have been there` up to 2.5 s
alignment (0.5 s)  `we have` | `seen`   then `seen` stays, for it was settled
agreement          -         |          then `we have`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from translation.path.recognise import plain
from translation.values import Word


class Commit(StrEnum):
    ALIGNMENT = "alignment"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class CommitSettings:
    policy: Commit = Commit.ALIGNMENT
    edge_s: float = 0.5


class Settled:
    """The words of one utterance that stand, and those that may still change. Times count from
    its first sample."""

    def __init__(self, settings: CommitSettings = CommitSettings()) -> None:
        self._settings = settings
        self.words: list[Word] = []
        self.pending: list[Word] = []

    @property
    def end_s(self) -> float:
        """Where the last settled word ends."""
        return self.words[-1].end_s if self.words else 0.0

    def hear(self, words: Sequence[Word], *, until_s: float) -> None:
        """What now seems to be said after the settled words, of sound up to `until_s`."""
        before, self.pending = self.pending, list(words)
        if self._settings.policy is Commit.ALIGNMENT:
            self.settle_until(until_s - self._settings.edge_s)
        else:
            self._settle(_alike_at_start(before, words))

    def settle_until(self, end_s: float) -> None:
        """The pending words before the first that ends after `end_s`."""
        late = (place for place, word in enumerate(self.pending) if word.end_s > end_s)
        self._settle(next(late, len(self.pending)))

    def settle_all(self) -> None:
        self._settle(len(self.pending))

    def _settle(self, count: int) -> None:
        for word in self.pending[:count]:
            start_s = max(word.start_s, self.end_s)
            self.words.append(Word(word.text, start_s, max(word.end_s, start_s), settled=True))
        del self.pending[:count]


def _alike_at_start(one: Sequence[Word], other: Sequence[Word]) -> int:
    """With how many words alike both begin."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if plain(a.text) != plain(b.text):
            break
        count += 1
    return count
