"""Where committed words are closed into segments: units short enough to be spoken soon and whole
enough to be translated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translation.languages import UNSPACED
from translation.path.clause_words import clause_words
from translation.values import Word

SENTENCE_ENDS = (".", "?", "!", "…", "。", "\uff1f", "\uff01", "؟", "।", "\u06d4")
"""Those of Chinese and Japanese, Arabic, Hindi and Urdu are their own."""

CLAUSE_ENDS = (*SENTENCE_ENDS, ",", ";", ":", "\uff0c", "、", "،", "؛")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a segment is made of: its words in order, at their floor times. `engine`: the label of
    what recognised them."""

    words: tuple[Word, ...]
    engine: str = ""

    @property
    def text(self) -> str:
        return joined(word.text for word in self.words)

    @property
    def start_s(self) -> float:
        return self.words[0].start_s

    @property
    def end_s(self) -> float:
        return self.words[-1].end_s


@dataclass(frozen=True, slots=True)
class ClauseLengths:
    """When a clause is closed. A cut is looked for from `opener_words` on before an opener (and,
    because, which), from `starter_words` on before a starter (the, they), from `link_words` on
    before a link (in, with); at `most_words` or `most_s` the best place there is is taken. A lone
    word waits `lone_pause_s` for company."""

    pause_s: float = 0.35
    lone_pause_s: float = 1.0
    opener_words: int = 5
    starter_words: int = 6
    link_words: int = 7
    most_words: int = 10
    most_s: float = 3.6


CHARACTERS = ClauseLengths(opener_words=10, starter_words=12, link_words=13, most_words=22)
"""For languages whose recognised words are single characters."""


class Segmenter:
    """Committed words in, closed clauses out; every word ends up in exactly one, in order.

    we have seen a change of scale [0.5 s] and today -> `we have seen a change of scale`
    """

    def __init__(self, language: str, lengths: ClauseLengths | None = None) -> None:
        self._rules = clause_words(language)
        unspaced = language.partition("-")[0] in UNSPACED
        self._lengths = lengths or (CHARACTERS if unspaced else ClauseLengths())
        self._open: list[Word] = []

    @property
    def open_words(self) -> tuple[Word, ...]:
        """Committed, not yet in a clause."""
        return tuple(self._open)

    def add(self, words: Iterable[Word], *, ahead: Sequence[Word] = ()) -> list[Clause]:
        """More committed words. `ahead`: what seems to come next, not committed: it can show
        early that a clause is over, and is not kept."""
        closed: list[Clause] = []
        for word in words:
            closed += self._close_before(word)
            self._open.append(word)
            closed += self._close_if_full()
        if ahead:
            closed += self._close_before(ahead[0])
        return closed

    def pause(self, *, silent_since_s: float, now_s: float) -> list[Clause]:
        """Nobody has spoken since a moment, and no words are pending. Ask as long as it lasts."""
        if not self._open:
            return []
        silent_s = now_s - max(silent_since_s, self._open[-1].end_s)
        return self._close() if silent_s >= self._pause_s() else []

    def flush(self) -> list[Clause]:
        """What is open becomes a clause, however short."""
        return self._close() if self._open else []

    def _close_before(self, word: Word) -> list[Clause]:
        if self._open and (self._pauses_before(word) or self._may_cut(len(self._open), word)):
            return self._close()
        return []

    def _pauses_before(self, word: Word) -> bool:
        return word.start_s - self._open[-1].end_s >= self._pause_s()

    def _pause_s(self) -> float:
        lone = len(self._open) == 1 and not self._open[0].text.endswith(SENTENCE_ENDS)
        return self._lengths.lone_pause_s if lone else self._lengths.pause_s

    def _may_cut(self, count: int, following: Word) -> bool:
        """Whether the first `count` open words may stand alone before a word."""
        last, following_text = _plain(self._open[count - 1]), _plain(following)
        if self._open[count - 1].text.endswith(CLAUSE_ENDS):
            return count >= self._lengths.opener_words
        if last in self._rules.leaners:
            return False
        if following_text in self._rules.openers:
            return count >= self._lengths.opener_words
        if following_text in self._rules.starters and count >= self._lengths.starter_words:
            return True
        return following_text in self._rules.links and count >= self._lengths.link_words

    def _close_if_full(self) -> list[Clause]:
        lengths = self._lengths
        if self._open[-1].text.endswith(SENTENCE_ENDS) and len(self._open) > 1:
            return self._close()
        long_s = self._open[-1].end_s - self._open[0].start_s
        if len(self._open) < lengths.most_words and long_s < lengths.most_s:
            return []
        return self._close(self._best_cut())

    def _best_cut(self) -> int:
        """How many of the open words to close when they are too many: as many as do not end in
        a word that leans on the next."""
        count = len(self._open)
        for kept in range(count, max(2, count // 2), -1):
            if _plain(self._open[kept - 1]) not in self._rules.leaners:
                return kept
        return count

    def _close(self, count: int | None = None) -> list[Clause]:
        clause = Clause(tuple(self._open[:count]))
        self._open = [] if count is None else self._open[count:]
        return [clause]


def joined(texts: Iterable[str]) -> str:
    """Words as a text; without spaces between those of a script that has none.

    we have -> `we have`    你 好 。 -> `你好。`
    """
    text = ""
    for word in texts:
        spaced = text and word and not (_unspaced(text[-1]) or _unspaced(word[0]))
        text += f" {word}" if spaced else word
    return text


def _unspaced(character: str) -> bool:
    """Kana, Chinese characters and their punctuation."""
    return "\u3000" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef"


def _plain(word: Word) -> str:
    return word.text.lower().strip(".,;:?!…\"“”'")
