"""What recognisers are known to make up: the same words over and over."""

from collections.abc import Sequence

from translation.path.recognise import plain
from translation.values import Word

LONGEST = 8
"""Words of a loop."""

MOST = 3
"""People do say `no no no`; four times is a loop."""


def without_loops(words: Sequence[Word], *, after: Sequence[str] = ()) -> list[Word]:
    """The words before a loop begins, and its first round. `after`: what was said before them,
    which the loop may have begun with.

    the press the press the press the press  ->  the press
    """
    before = [plain(text) for text in after[-LONGEST * MOST :]]
    texts = before + [plain(word.text) for word in words]
    for end in range(len(before) + 1, len(texts) + 1):
        for length in range(1, LONGEST + 1):
            rounds = _rounds(texts[:end], length)
            if rounds > MOST:
                kept = end - length * (rounds - 1)
                return list(words[: max(0, kept - len(before))])
    return list(words)


def _rounds(texts: Sequence[str], length: int) -> int:
    """How often the last `length` texts stand at the end, one after another."""
    last, rounds = texts[-length:], 1
    while texts[-(rounds + 1) * length : -rounds * length] == last:
        rounds += 1
    return rounds
