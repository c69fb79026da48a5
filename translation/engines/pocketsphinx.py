"""PocketSphinx: streaming recognition of English with the model in its own wheel.

Its binding holds Python's global lock while it works, so sound goes in by small pieces: other
threads, an event loop above all, get their turn in between. Decoding takes 0.1 to 0.3 of the
sound's duration on one core.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from pocketsphinx import Config, Decoder

from translation.engines.pronounce import pronunciations
from translation.errors import EngineBroken, EngineMissing, PairUnsupported
from translation.ports import Abilities
from translation.values import Samples, Word

log = logging.getLogger(__name__)

FRAME_S = 0.01
PIECE = 512
"""Samples per call into the binding (32 ms of sound, 3 to 10 ms of work)."""

MEAN_EVERY = 8000
"""Samples between two looks at the channel (cepstral means). By itself the decoder looks only
between utterances, or after 8 s: a new speaker is misheard until then."""

MOST_NEW_WORDS = 500

DECODER: dict[str, Any] = {
    "loglevel": "FATAL",
    "samprate": 16000,
    "maxhmmpf": 4000,
    "fwdflat": False,
    "bestpath": False,
}
"""Chosen by measuring (azure passages, LJ Speech talk): at most 4000 models a frame (default
30,000) leave the word error where it was and save 10 to 20 % of the work. The second and third
pass come too late to change what agreement has committed, gave no better words at the end either
(13.7 % for 13.0 %), and hold the lock for long (0.6 s after a 10 s utterance). Narrower beams cost
7 points of word error, a heavier language model (8.5) 3."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_VARIANT = re.compile(r"\(\d+\)$")
_CAPITALS = {"i": "I", "i'm": "I'm", "i've": "I've", "i'll": "I'll", "i'd": "I'd"}


class PocketSphinx:
    """A recogniser for one floor: one stream at a time; what it learns of the microphone
    (cepstral means) stays from utterance to utterance."""

    LANGUAGES = frozenset({"en"})

    def __init__(self, language: str = "en", **settings: Any) -> None:
        """`settings`: the decoder's own, over ours. Raises `PairUnsupported`, `EngineMissing`."""
        if language.split("-")[0] != "en":
            raise PairUnsupported(
                f"PocketSphinx recognises English only, not “{language}”;"
                " choose another RECOGNITION_ENGINE or floor language"
            )
        self.abilities = Abilities(
            name="PocketSphinx",
            version=version("pocketsphinx"),
            licence="BSD-2-Clause",
            languages=self.LANGUAGES,
        )
        try:
            self._decoder = Decoder(Config(**DECODER | settings))
        except RuntimeError as error:
            raise EngineMissing(f"PocketSphinx cannot load its model: {error}") from error
        self._stream: PocketSphinxStream | None = None
        self._terms: Sequence[str] = ()
        self._written: dict[str, str] = {}

    def open(self, *, terms: Sequence[str] = ()) -> "PocketSphinxStream":
        """The next utterance; one that was left open is closed."""
        if self._stream is not None:
            self._stream.finish()
        if terms != self._terms:
            self._learn(terms)
        self._stream = PocketSphinxStream(self._decoder, self._written)
        return self._stream

    def _learn(self, terms: Sequence[str]) -> None:
        """Words of terms that the dictionary lacks can be recognised from now on, as likely as
        any word; all are written as the terms are. Without eSpeak NG there are no new words."""
        self._terms = terms
        words = {bare.lower(): bare for term in terms for bare in _WORD.findall(term)}
        new = [word for word in words if self._decoder.lookup_word(word) is None]
        try:
            said = pronunciations(new[:MOST_NEW_WORDS])
        except EngineMissing as error:
            log.warning("the glossary's new words are not listened for: %s", error)
            said = {}
        for place, (word, phones) in enumerate(said.items(), 1):
            _working(self._decoder.add_word, word, phones, place == len(said))
        self._written = {lower: word for lower, word in words.items() if word != lower}


class PocketSphinxStream:
    """One utterance. Blocking; call it from one thread at a time."""

    def __init__(self, decoder: Any, written: Mapping[str, str]) -> None:
        """`written`: words that are written otherwise than the decoder does."""
        self._decoder = decoder
        self._written = written
        self._since_mean = 0
        self._final: list[Word] | None = None
        self._fed = False
        _working(decoder.start_utt)

    def push(self, samples: Samples) -> None:
        if self._final is not None:
            raise ValueError("the utterance is finished; open the next one")
        for start in range(0, len(samples), PIECE):
            piece = samples[start : start + PIECE].tobytes()
            _working(self._decoder.process_raw, piece, False, False)
            self._fed = True
            self._since_mean += len(piece) // 2
        if self._since_mean >= MEAN_EVERY:
            self._since_mean = 0
            _working(self._decoder.get_cmn, True)

    def hypothesis(self) -> list[Word]:
        if self._final is not None:
            return self._final
        return self._words() if self._fed else []

    def finish(self) -> list[Word]:
        if self._final is None:
            _working(self._decoder.end_utt)
            self._final = self._words() if self._fed else []
        return self._final

    def _words(self) -> list[Word]:
        return [
            Word(self._text(seg.word), seg.start_frame * FRAME_S, (seg.end_frame + 1) * FRAME_S)
            for seg in self._decoder.seg() or ()
            if not is_filler(seg.word)
        ]

    def _text(self, word: str) -> str:
        text = clean(word)
        return self._written.get(text, text)


def is_filler(word: str) -> bool:
    """Silence, sentence marks and noises: `<sil>`, `<s>`, `[NOISE]`, `++UM++`, `(NULL)`."""
    return word.startswith(("<", "[", "++", "(")) or not word


def clean(word: str) -> str:
    """`read(2)` (a second pronunciation) -> `read`."""
    text = _VARIANT.sub("", word)
    return _CAPITALS.get(text, text)


def _working(call: Any, *arguments: Any) -> None:
    try:
        call(*arguments)
    except RuntimeError as error:
        raise EngineBroken(f"PocketSphinx failed: {error}") from error
