"""Whisper as a streaming recogniser (faster-whisper): `path.rolling` over `whisper_model`."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from translation.engines.whisper_files import languages
from translation.engines.whisper_model import loaded
from translation.errors import PairUnsupported
from translation.languages import LANGUAGES, coded
from translation.path.rolling import Rolling, RollingSettings, Said
from translation.ports import Abilities, Listening
from translation.values import Samples, Word

LICENCE = "MIT"
"""Of OpenAI's code and weights, and of faster-whisper."""

DEFAULT = RollingSettings()

UNKNOWN = "und"
"""BCP-47: a language that is none of ours."""


class Whisper:
    """One utterance at a time, of one floor.

    What was said before is carried into the next utterance, so that names keep their spelling.
    """

    LANGUAGES = coded("whisper")
    HOLDS_MODEL = True
    """Up to some gigabytes, in each process that builds it."""

    def __init__(
        self,
        language: str,
        *,
        model: Path,
        device: str = "auto",
        compute_type: str = "",
        threads: int = 0,
        settings: RollingSettings = DEFAULT,
    ) -> None:
        """Raises `PairUnsupported`, `EngineMissing`."""
        self._code = LANGUAGES[language].whisper if language in LANGUAGES else language
        self._model = loaded(model, device, compute_type, threads)
        if not self._model.knows(self._code):
            raise PairUnsupported(
                f"the Whisper model {model.name} does not know “{language}”; choose a multilingual"
                " one (large-v3 also knows Cantonese)"
            )
        self._settings = settings
        self._stream: Rolling | None = None
        self.abilities = Abilities(
            name=f"Whisper {model.name}",
            version=version("faster-whisper"),
            licence=LICENCE,
            languages=languages(model),
            listening=Listening(every_s=0.1, agreeing=0),
        )

    def open(self, *, terms: Sequence[str] = ()) -> Rolling:
        before = self._stream.carried if self._stream is not None else ()
        self._stream = Rolling(self._hear, self._settings, before=before, terms=terms)
        return self._stream

    def _hear(self, samples: Samples, said: Said) -> Sequence[Word]:
        return self._model.words(samples, said, code=self._code)


class WhisperLanguages:
    """A `ports.LanguageIdentifier`: which language is spoken, by one encoding."""

    def __init__(
        self, *, model: Path, device: str = "auto", compute_type: str = "", threads: int = 0
    ) -> None:
        self._model = loaded(model, device, compute_type, threads)
        self._tags = {one.whisper: one.plain for one in LANGUAGES.values() if one.whisper}
        self.abilities = Abilities(
            name=f"Whisper {model.name}",
            version=version("faster-whisper"),
            licence=LICENCE,
            languages=frozenset(self._tags.values()),
        )

    def identify(self, samples: Samples) -> Mapping[str, float]:
        likely: dict[str, float] = {}
        for code, probability in self._model.languages(samples).items():
            tag = self._tags.get(code, UNKNOWN)
            likely[tag] = likely.get(tag, 0.0) + probability
        return likely
