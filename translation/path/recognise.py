"""Which recognised words are certain enough to be committed.

A streaming recogniser says again and again what the whole utterance seems to be, and changes its
mind about the latest words. A word is committed once several hypotheses in a row agree on it and
on every word before it, or its engine says that it is settled. What is committed is never taken
back: a hypothesis that later disagrees with it only decides about the words after it.
"""

from collections import deque
from collections.abc import Sequence
from itertools import takewhile

from translation.values import Word

Hypothesis = Sequence[Word]


class Agreement:
    """The words of one utterance as they become certain. Times count from its first sample.

    `depth` hypotheses in a row must agree (0: they never do); asked every 0.2 s, four of them cost
    a word 0.6 s and the recogniser's own delay, and commit no more errors than the final hypothesis
    has. Capitals and punctuation decide nothing: a recogniser that writes both changes them often.
    Words that end less than `edge_s` before the end of the sound are not counted: they are often
    cut in the middle. Words that have waited `patience_s` since they ended need only two in a row:
    a recogniser that wavers between two readings must not hold up what was said before and after.

    hypotheses `we have`, `we have a`, `we have seen`  ->  (depth 2)  `we`, `have`
    """

    def __init__(self, depth: int = 4, edge_s: float = 0.0, patience_s: float = 1.2) -> None:
        if depth < 0:
            raise ValueError(f"depth is {depth}; it counts hypotheses")
        self.depth = depth
        self._edge_s = edge_s
        self._patience_s = patience_s
        self._recent: deque[Hypothesis] = deque()
        self._last: Word | None = None

    def update(self, hypothesis: Hypothesis, *, audio_end_s: float) -> list[Word]:
        """The words that became certain with this hypothesis, in order.

        `audio_end_s`: how much sound the hypothesis is made from.
        """
        settled = takewhile(lambda word: word.settled, self.pending(hypothesis))
        committed = self._commit(list(settled))
        heard = [word for word in hypothesis if word.end_s <= audio_end_s - self._edge_s]
        self._recent.append(heard)
        while len(self._recent) > max(1, self.depth):
            self._recent.popleft()
        if not self.depth or len(self._recent) < self.depth:
            return committed
        recent = [self.pending(each) for each in self._recent]
        agreed = common_start(recent)
        late = takewhile(
            lambda word: word.end_s <= audio_end_s - self._patience_s, common_start(recent[-2:])
        )
        return committed + self._commit(max(agreed, list(late), key=len))

    def finish(self, final: Hypothesis) -> list[Word]:
        """The rest of the utterance's last hypothesis; the next utterance may begin."""
        rest = self._commit(self.pending(final))
        self._recent.clear()
        self._last = None
        return rest

    def pending(self, hypothesis: Hypothesis) -> list[Word]:
        """The words of a hypothesis that come after what is committed."""
        return following(hypothesis, self._last)

    def _commit(self, words: list[Word]) -> list[Word]:
        committed: list[Word] = []
        for word in words:
            earliest_s = self._last.end_s if self._last else word.start_s
            start_s = max(word.start_s, earliest_s)
            self._last = Word(word.text, start_s, max(word.end_s, start_s))
            committed.append(self._last)
        return committed


def following(hypothesis: Hypothesis, last: Word | None) -> list[Word]:
    """The words after one that stands. It is looked for where it was heard; where the hypothesis
    has thought better of it, time decides: words whose middle lies after it."""
    if last is None:
        return list(hypothesis)
    overlaps_s = [_overlap_s(word, last) for word in hypothesis]
    if max(overlaps_s, default=0.0) > 0:
        return list(hypothesis[overlaps_s.index(max(overlaps_s)) + 1 :])
    return [w for w in hypothesis if (w.start_s + w.end_s) / 2 > last.end_s]


def _overlap_s(word: Word, other: Word) -> float:
    """How long two hearings of the same word overlap; 0 where they do not or are not the same."""
    if plain(word.text) != plain(other.text):
        return 0.0
    return max(0.0, min(word.end_s, other.end_s) - max(word.start_s, other.start_s))


def plain(text: str) -> str:
    """`“Well,` -> `well`; what holds neither letter nor digit stays."""
    inner = [place for place, character in enumerate(text) if character.isalnum()]
    return text[inner[0] : inner[-1] + 1].casefold() if inner else text


def common_start(hypotheses: Sequence[Hypothesis]) -> list[Word]:
    """The words all hypotheses begin with, with the times of the newest.

    Words must be the same and also overlap in time: a word that is said twice is two words.
    """
    newest = hypotheses[-1]
    agreed: list[Word] = []
    for place, word in enumerate(newest):
        for older in hypotheses[:-1]:
            if place >= len(older) or not _overlap_s(word, older[place]):
                return agreed
        agreed.append(word)
    return agreed
