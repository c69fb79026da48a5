"""A recogniser that can only hear a whole buffer, made into one that hears a stream.

Each step hears the buffer anew, from `buffer_s` on; what is settled is given to it as the
beginning of its answer. The buffer is cut behind settled words, so that the cost of a step has a
bound however long somebody talks.

    |<- cut ->|<-------- buffer ------------------>|
     "we have" "seen a change" | "of scale in"
       before       settled          pending
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from translation.audio import level_db
from translation.errors import EngineBusy, EngineError
from translation.path.doubt import without_loops
from translation.path.recognise import plain
from translation.path.segment import SENTENCE_ENDS
from translation.path.settle import CommitSettings, Settled
from translation.values import Samples, Word

RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a recogniser is told when it hears a buffer. `before`: the words before it;
    `settled`: those at its beginning, at the buffer's times; `terms`: to listen for."""

    before: tuple[str, ...] = ()
    settled: tuple[Word, ...] = ()
    terms: tuple[str, ...] = ()


class Hearing(Protocol):
    def __call__(self, samples: Samples, said: Said) -> Sequence[Word]:
        """The words after the settled ones; times count from the first sample. Blocking."""


@dataclass(frozen=True, slots=True)
class RollingSettings:
    """`step_s`: new sound a step needs, more where steps are slow. From `trim_s` on the buffer is
    cut behind a settled sentence, or a settled word; at `most_s` it is cut whatever is settled.
    `quiet_db`: a word where the sound is never louder was made up. `carried`: words before the
    buffer that the recogniser is told; none after a loop, which feeds on them. `patience_s`: for so
    long the recogniser may fail in ways that pass, or so much sound go unheard meanwhile; what
    would take longer is an error at once, so that a chain goes on to its next engine."""

    step_s: float = 0.6
    trim_s: float = 12.0
    most_s: float = 20.0
    kept_s: float = 4.0
    quiet_db: float = -58.0
    carried: int = 40
    patience_s: float = 5.0
    commit: CommitSettings = field(default_factory=CommitSettings)


class Rolling:
    """A `RecognitionStream` of one utterance. `before`: the words said just before it."""

    def __init__(
        self,
        hearing: Hearing,
        settings: RollingSettings = RollingSettings(),
        *,
        before: Sequence[str] = (),
        terms: Sequence[str] = (),
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._hearing = hearing
        self._settings = settings
        self._before = tuple(before)
        self._terms = tuple(terms)
        self._clock = clock
        self._settled = Settled(settings.commit)
        self._buffer: Samples = np.zeros(0, np.int16)
        self._buffer_s = 0.0
        self._unheard_s = 0.0
        self._step_took_s = 0.0
        self._failure: EngineError | None = None
        self._failing_since_s = self._resting_s = float("-inf")
        self._finished = False
        self._looped = False

    @property
    def buffered_s(self) -> float:
        return len(self._buffer) / RATE_HZ

    @property
    def carried(self) -> tuple[str, ...]:
        """The last words that stand, for the next utterance."""
        texts = (*self._before, *(word.text for word in self._settled.words))
        return texts[-self._settings.carried :]

    def push(self, samples: Samples) -> None:
        if self._finished:
            raise ValueError("the utterance is finished; open the next one")
        self._buffer = np.concatenate([self._buffer, samples])
        self._unheard_s += len(samples) / RATE_HZ

    def hypothesis(self) -> list[Word]:
        """Hears the buffer where there is enough new sound: at least `step_s`, and more than the
        last step took, so that a slow machine falls behind by one step and no further."""
        enough_s = max(self._settings.step_s, 1.2 * self._step_took_s)
        if self._finished or self._unheard_s < enough_s:
            return self._words()
        if self._clock() >= self._resting_s:
            self._step()
        elif self._failure is not None and self._unheard_s > self._settings.patience_s:
            raise self._failure
        return self._words()

    def finish(self) -> list[Word]:
        if not self._finished:
            if self._unheard_s or self._settled.pending:
                self._step(last=True)
            self._settled.settle_all()
            self._finished = True
            self._buffer = self._buffer[:0]
        return self._words()

    def _words(self) -> list[Word]:
        return [*self._settled.words, *self._settled.pending]

    def _step(self, *, last: bool = False) -> None:
        began_s = self._clock()
        try:
            heard = self._heard()
        except EngineError as error:
            if last or not error.retryable:
                raise
            self._rest(error, began_s)
            self._step_took_s = self._clock() - began_s
            return
        self._failure = None
        self._unheard_s = 0.0
        if last:
            heard = self._with_lost_end(heard)
        self._settled.hear(heard, until_s=self._buffer_s + self.buffered_s)
        self._trim()
        self._step_took_s = self._clock() - began_s

    def _rest(self, error: EngineError, began_s: float) -> None:
        """The recogniser is left alone for as long as it says. Raises the error where that is, or
        has been, for too long."""
        if self._failure is None:
            self._failing_since_s = began_s
        self._failure = error
        now_s = self._clock()
        self._resting_s = now_s + (error.after_s if isinstance(error, EngineBusy) else 0.0)
        failing_s = self._resting_s - self._failing_since_s
        if max(failing_s, self._unheard_s) > self._settings.patience_s:
            raise error

    def _heard(self) -> list[Word]:
        """The words after the settled ones, at the utterance's times."""
        if not len(self._buffer):
            return []
        begin_s, end_s = self._buffer_s, self._buffer_s + self.buffered_s
        words = self._settled.words
        first = next(
            (n for n, w in enumerate(words) if w.start_s + w.end_s > 2 * begin_s), len(words)
        )
        texts = (*self._before, *(word.text for word in words[:first])) if not self._looped else ()
        said = Said(
            before=texts[-self._settings.carried :],
            settled=tuple(Word(w.text, w.start_s - begin_s, w.end_s - begin_s)
                          for w in words[first:]),
            terms=self._terms,
        )  # fmt: skip
        heard = [
            Word(w.text, min(begin_s + w.start_s, end_s), min(begin_s + w.end_s, end_s))
            for w in self._hearing(self._buffer, said)
        ]
        spoken = [word for word in heard if self._sounds(word)]
        kept = without_loops(spoken, after=[word.text for word in words])
        self._looped = len(kept) < len(spoken)
        return kept

    def _sounds(self, word: Word) -> bool:
        """Is there any sound where the word is said to be (0.1 s of leeway)?"""
        begin = int((word.start_s - self._buffer_s - 0.1) * RATE_HZ)
        end = int((word.end_s - self._buffer_s + 0.1) * RATE_HZ)
        return level_db(self._buffer[max(0, begin) : end]) > self._settings.quiet_db

    def _with_lost_end(self, heard: list[Word]) -> list[Word]:
        """At the end of speech recognisers like to drop the last words: where the last hearing is
        the beginning of the one before, the longer one was right."""
        before = self._settled.pending
        same = [plain(w.text) for w in before[: len(heard)]] == [plain(w.text) for w in heard]
        return before if same and len(heard) < len(before) else heard

    def _trim(self) -> None:
        settings, end_s = self._settings, self._buffer_s + self.buffered_s
        if self.buffered_s > settings.trim_s:
            self._cut(self._best_cut(end_s))
        if self.buffered_s > settings.most_s:
            cut_s = end_s - settings.kept_s
            self._settled.settle_until(cut_s)
            pending = self._settled.pending
            self._cut(min(cut_s, pending[0].start_s) if pending else cut_s)
        if self.buffered_s > settings.most_s:
            self._settled.settle_all()
            self._cut(end_s - settings.kept_s)

    def _best_cut(self, end_s: float) -> float:
        """Behind the last settled sentence that is not too new, else behind the last word."""
        words = [w for w in self._settled.words if w.end_s <= end_s - self._settings.kept_s]
        for word in reversed(words):
            if word.end_s > self._buffer_s + self._settings.trim_s / 3 and word.text.endswith(
                SENTENCE_ENDS
            ):
                return word.end_s
        return words[-1].end_s if words else self._buffer_s

    def _cut(self, at_s: float) -> None:
        count = round((at_s - self._buffer_s) * RATE_HZ)
        if count > 0:
            self._buffer = self._buffer[count:]
            self._buffer_s += count / RATE_HZ
