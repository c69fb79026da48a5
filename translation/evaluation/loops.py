"""Repetition loops: a failure of neural recognition and translation, which then say the same
phrase again and again."""

LONGEST_PHRASE = 12
"""Words."""


def loops(words: list[str]) -> int:
    """How many times a phrase is said over and over: three times in a row, a single word four.

    thank you thank you thank you for coming -> 1
    """
    count = start = 0
    while start < len(words):
        length = _loop_at(words, start)
        count += length > 0
        start += length or 1
    return count


def _loop_at(words: list[str], start: int) -> int:
    """How many words the loop that begins here takes; 0 where none does."""
    for phrase in range(1, LONGEST_PHRASE + 1):
        times = 1
        while _says(words, start, phrase, times):
            times += 1
        if times >= (4 if phrase == 1 else 3):
            return times * phrase
    return 0


def _says(words: list[str], start: int, phrase: int, times: int) -> bool:
    at = start + times * phrase
    return at + phrase <= len(words) and words[at : at + phrase] == words[start : start + phrase]
