"""Deepgram: recognition as sound streams, by its websocket. What it calls final is settled."""

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np

from translation.engines.deepgram_line import RATE_HZ, Line, RequestRefused
from translation.engines.units import SECONDS
from translation.errors import EngineError, EngineMissing, EngineTimeout, PairUnsupported
from translation.languages import LANGUAGES, coded
from translation.ports import Abilities, Listening
from translation.values import Samples, Word

log = logging.getLogger(__name__)

MOST_TERMS, MOST_TOKENS = 100, 500
"""Key terms of one connection, and tokens in all of them: a connection with more is refused.
https://developers.deepgram.com/docs/keyterm"""

FINALIZE_S = 1.0
"""So long the end of an utterance is waited for. Where little sound is left the server may never
say that it has finalized it. https://developers.deepgram.com/docs/finalize"""

ENDPOINT_S = 0.5
"""Behind an end of speech that the server found itself, so much more sound holds no words."""

ANSWERED_WITHIN_S = 2.0
"""Who has not answered to more sound than this has stalled."""


class Deepgram:
    """`timeout_s` bounds connecting, and how long nothing may come back while sound is sent."""

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
        self._sent_s = 0.0
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
        wanted = fitting(terms) if self._model.startswith("nova-3") else ()
        if wanted != self._terms:
            self._terms = wanted  # they are part of the connection's address
            self.close()
        self._stream = DeepgramStream(self)
        return self._stream

    @property
    def units(self) -> dict[str, float]:
        """Sound that was sent, again where a connection broke: what the vendor bills."""
        return {SECONDS: self._sent_s}

    def send(self, line: Line, samples: Samples) -> None:
        line.send(samples)
        self._sent_s += len(samples) / RATE_HZ

    def line(self) -> Line:
        """The open connection, or a new one; without terms where they are refused."""
        if self._line is None or not self._line.usable:
            try:
                self._line = self._connected(self._terms)
            except RequestRefused:
                if not self._terms:
                    raise
                self._line = self._connected(())
                log.warning("Deepgram refuses the event's terms; it listens without them")
        return self._line

    def _connected(self, terms: Sequence[str]) -> Line:
        return Line(
            self._address(terms), key=self._key, timeout_s=self.timeout_s,
            keep_alive_s=self._keep_alive_s, take=self._take, lost=self._lost,
        )  # fmt: skip

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

    def _address(self, terms: Sequence[str]) -> str:
        asked = [
            ("model", self._model),
            ("language", self._code),
            ("encoding", "linear16"),
            ("sample_rate", str(RATE_HZ)),
            ("channels", "1"),
            ("interim_results", "true"),
            ("punctuate", "true"),
            ("endpointing", "300"),
            *(("keyterm", term) for term in terms),
        ]
        return f"{self._url}/v1/listen?{urlencode(asked)}"


def fitting(terms: Sequence[str]) -> tuple[str, ...]:
    """The first terms that a connection takes, by an estimate on the safe side: a token has two
    bytes at least, a digit is one of its own."""
    fit: list[str] = []
    tokens = 0
    for term in terms[:MOST_TERMS]:
        digits = sum(map(str.isdigit, term))
        tokens += digits + (len(term.encode()) - digits + 1) // 2
        if tokens > MOST_TOKENS:
            break
        fit.append(term)
    return tuple(fit)


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
        self._finalized = self._finished = self._endpoint = False
        self._broke = False
        self._silent = True
        self._begin(engine.line())

    def push(self, samples: Samples) -> None:
        if self._finished:
            raise ValueError("the utterance is finished; open the next one")
        with self._changed:
            self._unsettled = np.concatenate([self._unsettled, samples])
            self._pushed_s += len(samples) / RATE_HZ
        try:
            self._engine.send(self._line, samples)
        except EngineError as error:
            self._again(error)
        if self._pushed_s - self._answered_s > self._engine.timeout_s:
            self._engine.close()
            raise EngineTimeout(f"Deepgram said nothing for {self._engine.timeout_s:g} s")

    def hypothesis(self) -> list[Word]:
        with self._changed:
            return [*self._settled, *self._interim]

    def finish(self) -> list[Word]:
        """Waits a moment for the last words to be final; what is not stays as it was heard."""
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
            self._silent = False
            if end_s > self._until_s:
                new = [w for w in words if (w.start_s + w.end_s) / 2 >= self._until_s]
                if results.get("is_final"):
                    self._settle(new, end_s)
                    self._endpoint = bool(results.get("speech_final"))
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
        self._silent = True
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
        self._engine.send(line, unsettled)

    def _finalize(self) -> None:
        while not self._ended():
            try:
                self._line.finalize()
            except EngineError as error:
                self._again(error)
                continue
            wait_s = self._engine.timeout_s if self._broke and self._silent else FINALIZE_S
            with self._changed:
                answered = self._changed.wait_for(self._looked_for, wait_s)
            if not answered:
                if self._silent and self._pushed_s - self._until_s > ANSWERED_WITHIN_S:
                    self._engine.close()
                    raise EngineTimeout(f"Deepgram did not end an utterance in {wait_s:g} s")
                return
            if not self._ended() and self._line.error is not None:
                self._again(self._line.error)

    def _ended(self) -> bool:
        """The server said so, or all sound is final, or what is not comes after its end."""
        left_s = self._pushed_s - self._until_s
        over = self._endpoint and not self._interim and left_s < ENDPOINT_S
        return self._finalized or over or left_s <= 0.02

    def _looked_for(self) -> bool:
        return self._ended() or self._line.error is not None


def _word(told: Mapping[str, Any], by_s: float) -> Word:
    text = str(told.get("punctuated_word") or told.get("word") or "")
    return Word(text, float(told["start"]) + by_s, float(told["end"]) + by_s)
