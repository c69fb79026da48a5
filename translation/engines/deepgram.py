"""Deepgram: recognition as sound streams, by its websocket. What it calls final is settled."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np

from translation.engines.deepgram_line import RATE_HZ, Line
from translation.errors import EngineError, EngineMissing, EngineTimeout, PairUnsupported
from translation.languages import LANGUAGES, coded
from translation.ports import Abilities, Listening
from translation.values import Samples, Word

MOST_TERMS = 100
"""Key terms of one connection."""


class Deepgram:
    """`timeout_s` bounds connecting, the end of an utterance, and how long nothing may come back
    while sound is sent."""

    LANGUAGES = coded("deepgram")

    def __init__(
        self,
        language: str,
        *,
        key: str,
        model: str = "nova-3",
        url: str = "wss://api.deepgram.com",
        timeout_s: float = 5.0,
        keep_alive_s: float = 4.0,
    ) -> None:
        if not key:
            raise EngineMissing("DEEPGRAM_KEY is not set; make a key in Deepgram's console")
        if language not in self.LANGUAGES:
            raise PairUnsupported(f"Deepgram's {model} does not know “{language}”")
        self._code = LANGUAGES[language].deepgram
        self._key = key
        self._model = model
        self._url = url.rstrip("/")
        self.timeout_s = timeout_s
        self._keep_alive_s = keep_alive_s
        self._line: Line | None = None
        self._terms: tuple[str, ...] = ()
        self._stream: DeepgramStream | None = None
        self.abilities = Abilities(
            name="Deepgram",
            version=model,
            licence="Deepgram's terms",
            languages=self.LANGUAGES,
            needs_network=urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"),
            listening=Listening(every_s=0.1, agreeing=0),
        )

    def open(self, *, terms: Sequence[str] = ()) -> "DeepgramStream":
        """Raises `EngineMissing` (key, credit, model), `EngineBusy`, `EngineTimeout`,
        `EngineBroken`."""
        if tuple(terms[:MOST_TERMS]) != self._terms:
            self._terms = tuple(terms[:MOST_TERMS])  # they are part of the connection's address
            self.close()
        self._stream = DeepgramStream(self)
        return self._stream

    def line(self) -> Line:
        """The open connection, or a new one."""
        if self._line is None or not self._line.usable:
            self._line = Line(
                self._address(), key=self._key, timeout_s=self.timeout_s,
                keep_alive_s=self._keep_alive_s, take=self._take, lost=self._lost,
            )  # fmt: skip
        return self._line

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _take(self, results: Mapping[str, Any]) -> None:
        if self._stream is not None:
            self._stream.take(results)

    def _lost(self) -> None:
        if self._stream is not None:
            self._stream.look()

    def _address(self) -> str:
        asked = [
            ("model", self._model),
            ("language", self._code),
            ("encoding", "linear16"),
            ("sample_rate", str(RATE_HZ)),
            ("channels", "1"),
            ("interim_results", "true"),
            ("punctuate", "true"),
            ("endpointing", "300"),
            *(("keyterm", term) for term in self._terms),
        ]
        return f"{self._url}/v1/listen?{urlencode(asked)}"


class DeepgramStream:
    """One utterance. A connection that breaks is opened once more, and what was not final is sent
    again."""

    def __init__(self, engine: Deepgram) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._settled: list[Word] = []
        self._interim: list[Word] = []
        self._until_s = 0.0
        self._unsettled: Samples = np.zeros(0, np.int16)
        self._pushed_s = self._answered_s = 0.0
        self._finalized = self._finished = False
        self._broke = False
        self._begin(engine.line())

    def push(self, samples: Samples) -> None:
        if self._finished:
            raise ValueError("the utterance is finished; open the next one")
        with self._changed:
            self._unsettled = np.concatenate([self._unsettled, samples])
            self._pushed_s += len(samples) / RATE_HZ
        try:
            self._line.send(samples)
        except EngineError as error:
            self._again(error)
        if self._pushed_s - self._answered_s > self._engine.timeout_s:
            self._engine.close()
            raise EngineTimeout(f"Deepgram said nothing for {self._engine.timeout_s:g} s")

    def hypothesis(self) -> list[Word]:
        with self._changed:
            return [*self._settled, *self._interim]

    def finish(self) -> list[Word]:
        """Waits for the last words, `timeout_s` at most."""
        if not self._finished:
            self._finished = True
            if self._pushed_s > self._until_s:
                self._finalize()
        return self.hypothesis()

    def take(self, results: Mapping[str, Any]) -> None:
        """Called on the line's thread."""
        begin_s = float(results.get("start", 0.0)) - self._zero_s
        end_s = begin_s + float(results.get("duration", 0.0))
        alternatives = (results.get("channel") or {}).get("alternatives") or [{}]
        told = alternatives[0].get("words") or ()
        words = [_word(each, -self._zero_s) for each in told]
        with self._changed:
            self._answered_s = self._pushed_s
            if end_s > self._until_s:
                new = [w for w in words if (w.start_s + w.end_s) / 2 >= self._until_s]
                if results.get("is_final"):
                    self._settle(new, end_s)
                else:
                    self._interim = new
            if results.get("from_finalize") and end_s > 0:  # not of the utterance before
                self._finalized = True
            self._changed.notify_all()

    def look(self) -> None:
        """Called when the line has broken: who waits for it looks at it."""
        with self._changed:
            self._changed.notify_all()

    def _settle(self, words: list[Word], end_s: float) -> None:
        self._settled += [Word(w.text, w.start_s, w.end_s, settled=True) for w in words]
        self._interim = []
        self._unsettled = self._unsettled[max(0, round((end_s - self._until_s) * RATE_HZ)) :]
        self._until_s = end_s

    def _begin(self, line: Line) -> None:
        """From now on the line's clock less `_zero_s` is the utterance's."""
        self._line = line
        self._zero_s = line.sent / RATE_HZ - self._until_s

    def _again(self, error: EngineError) -> None:
        if self._broke or not error.retryable:
            raise error
        self._broke = True
        line = self._engine.line()
        with self._changed:
            self._begin(line)
            self._interim = []
            self._answered_s = self._pushed_s
            unsettled = self._unsettled
        line.send(unsettled)

    def _finalize(self) -> None:
        while not self._ended():
            try:
                self._line.finalize()
            except EngineError as error:
                self._again(error)
                continue
            with self._changed:
                if not self._changed.wait_for(self._looked_for, self._engine.timeout_s):
                    self._engine.close()
                    raise EngineTimeout(
                        f"Deepgram did not end an utterance in {self._engine.timeout_s:g} s"
                    )
            if not self._ended() and self._line.error is not None:
                self._again(self._line.error)

    def _ended(self) -> bool:
        """The server said so, or all sound is final."""
        return self._finalized or self._until_s >= self._pushed_s - 0.02

    def _looked_for(self) -> bool:
        return self._ended() or self._line.error is not None


def _word(told: Mapping[str, Any], by_s: float) -> Word:
    text = str(told.get("punctuated_word") or told.get("word") or "")
    return Word(text, float(told["start"]) + by_s, float(told["end"]) + by_s)
