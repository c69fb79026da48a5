"""Sound that can be read: every word is a level of its own, held for 0.3 s, so that a recogniser
which only reads levels hears exactly what was written. For tests of what comes after."""

import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from translation.path.listen import RATE_HZ
from translation.ports import Abilities
from translation.values import Samples, Word

WORD_S = 0.3
GAP_S = 0.04
HEARD_AFTER_S = 0.1
QUIETEST = 1000


def level(word: str) -> int:
    return QUIETEST + zlib.crc32(word.encode()) % 20_000


def written(text: str, *, silence_s: float = 0.0) -> Samples:
    """The words of a text, then silence."""
    word, gap = np.ones(round(WORD_S * RATE_HZ)), np.zeros(round(GAP_S * RATE_HZ))
    parts = [part for said in text.split() for part in (word * level(said), gap)]
    return np.concatenate([*parts, np.zeros(round(silence_s * RATE_HZ))]).astype(np.int16)


def length_s(text: str) -> float:
    return len(text.split()) * (WORD_S + GAP_S)


class Loudness:
    """`VoiceActivity`: what is not silence is speech."""

    def probability(self, window: NDArray[np.float32]) -> float:
        return float(np.any(np.abs(window) > 0))

    def reset(self) -> None:
        return


class Reader:
    """`Recogniser` of a few known words."""

    abilities = Abilities("reader", "1", "Apache-2.0", frozenset({"en"}))

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = {level(word): word for word in vocabulary}

    def open(self, *, terms: Sequence[str] = ()) -> "ReadingStream":
        return ReadingStream(self._words)


class ReadingStream:
    def __init__(self, words: dict[int, str]) -> None:
        self._words = words
        self._sound: Samples = np.zeros(0, np.int16)

    def push(self, samples: Samples) -> None:
        self._sound = np.concatenate([self._sound, samples])

    def hypothesis(self) -> list[Word]:
        edges = np.flatnonzero(np.diff(self._sound)) + 1
        bounds = [0, *edges.tolist(), len(self._sound)]
        return [
            Word(self._words[int(self._sound[start])], start / RATE_HZ, end / RATE_HZ)
            for start, end in pairwise(bounds)
            if self._sound[start : start + 1].any() and end - start >= HEARD_AFTER_S * RATE_HZ
        ]

    def finish(self) -> list[Word]:
        return self.hypothesis()
