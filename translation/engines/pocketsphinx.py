"""PocketSphinx: streaming recognition of English with the model in its own wheel.

Its binding holds Python's global lock while it works, so sound goes in by small pieces: other
threads, an event loop above all, get their turn in between. Decoding takes 0.1 to 0.3 of the
sound's duration on one core.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from pocketsphinx import Config, Decoder

from translation.engines.pocketsphinx_terms import Entry, entries, forms
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

MOST_ENTRIES = 1000
MOST_NEW_WORDS = 500

TERM_WEIGHT = 100.0
"""How much likelier a term is than a word drawn by lot from the dictionary."""

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
        self._entries: dict[str, Entry] = {}

    def open(self, *, terms: Sequence[str] = ()) -> "PocketSphinxStream":
        """The next utterance; one that was left open is closed."""
        if self._stream is not None:
            self._stream.finish()
        if terms != self._terms:
            self._learn(terms)
        self._stream = PocketSphinxStream(self._decoder, self._written, self._entries)
        return self._stream

    def _learn(self, terms: Sequence[str]) -> None:
        """Terms are likelier from now on, and are written as they are. Without eSpeak NG those with
        words that the dictionary lacks are not listened for. What was learned before stays."""
        self._terms = terms
        found = forms(terms, self._knows)[:MOST_ENTRIES]
        learned = entries(found, self._pronunciations({w.lower() for ws in found for w in ws}))
        new = [entry for key, entry in learned.items() if key not in self._entries]
        model = self._decoder.get_lm()
        for place, entry in enumerate(new, 1):
            _working(model.add_word, entry.key, TERM_WEIGHT)
            _working(self._decoder.add_word, entry.key, entry.said, place == len(new))
        self._entries |= learned
        alone = [entry.words[0] for entry in learned.values() if len(entry.words) == 1]
        self._written = {word.lower(): word for word in alone if word != word.lower()}

    def _knows(self, word: str) -> bool:
        return self._decoder.lookup_word(word) is not None

    def _pronunciations(self, words: Iterable[str]) -> dict[str, str]:
        known = {word: self._decoder.lookup_word(word) for word in sorted(words)}
        unknown = [word for word, phones in known.items() if phones is None]
        try:
            read = pronunciations(unknown[:MOST_NEW_WORDS])
        except EngineMissing as error:
            log.warning("the glossary's new words are not listened for: %s", error)
            read = {}
        return {word: phones for word, phones in known.items() if phones} | dict(read)


class PocketSphinxStream:
    """One utterance. Blocking; call it from one thread at a time."""

    def __init__(
        self, decoder: Any, written: Mapping[str, str], terms: Mapping[str, Entry]
    ) -> None:
        """`written`: words that are written otherwise than the decoder does; `terms` that it may
        hear, by their entries in its dictionary."""
        self._decoder = decoder
        self._written = written
        self._terms = terms
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
            word
            for seg in self._decoder.seg() or ()
            if not is_filler(seg.word)
            for word in self._heard(
                seg.word, seg.start_frame * FRAME_S, (seg.end_frame + 1) * FRAME_S
            )
        ]

    def _heard(self, said: str, start_s: float, end_s: float) -> Iterator[Word]:
        if (term := self._terms.get(said)) is not None:
            yield from term.spread(start_s, end_s)
        else:
            text = clean(said)
            yield Word(self._written.get(text, text), start_s, end_s)


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
