"""Recognition by a server that speaks the OpenAI protocol: OpenAI's own, or one at home (Speaches,
vLLM, LocalAI, LiteLLM's gateway ...). It hears whole sounds: `path.rolling` makes a stream of it.

    POST /v1/audio/transcriptions {file, model, language, prompt, response_format: verbose_json,
                                   timestamp_granularities[]: word}
    ->  {"text", "words": [{"word", "start", "end"}], "segments": [{"text", "start", "end"}]}

Fields: https://platform.openai.com/docs/api-reference/audio/createTranscription
"""

import io
import json
import wave
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from translation.engines.http_form import FormPost
from translation.engines.openai_refusal import Remedies, refusal
from translation.engines.units import SECONDS
from translation.errors import EngineBroken, EngineMissing
from translation.languages import LANGUAGES, UNSPACED, coded
from translation.path.recognise import following, plain
from translation.path.rolling import RATE_HZ, Rolling, RollingSettings, Said
from translation.ports import Abilities, Listening
from translation.values import Samples, Word

STEP = RollingSettings(step_s=1.0)
"""A request a second: what a step costs is paid for."""

MOST_TERMS = 40
REMEDIES = Remedies(
    key="check TRANSCRIPTION_KEY",
    unknown="model or address; check TRANSCRIPTION_URL and TRANSCRIPTION_MODEL",
    refused="check TRANSCRIPTION_MODEL: it has to know verbose_json with word times",
)


class OpenAITranscription:
    """`url`: up to `/v1`. `timeout_s` bounds a request."""

    LANGUAGES = coded("whisper")

    def __init__(
        self,
        language: str,
        *,
        url: str,
        model: str,
        key: str = "",
        timeout_s: float = 2.5,
        settings: RollingSettings = STEP,
    ) -> None:
        if not url or not model:
            raise EngineMissing(
                "no transcription server is named; set TRANSCRIPTION_URL and TRANSCRIPTION_MODEL"
            )
        self._url = url.rstrip("/")
        self._model = model
        self._code = LANGUAGES[language].whisper if language in LANGUAGES else language
        self._settings = settings
        self._stream: Rolling | None = None
        self._server = FormPost(
            f"{self._url}/audio/transcriptions",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout_s=timeout_s,
        )
        self._sent_s = 0.0
        self.abilities = Abilities(
            name="OpenAI transcription",
            version=model,
            licence="the model's or its provider's terms",
            languages=self.LANGUAGES,
            needs_network=urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"),
            listening=Listening(every_s=0.1, agreeing=0),
        )

    def open(self, *, terms: Sequence[str] = ()) -> Rolling:
        before = self._stream.carried if self._stream is not None else ()
        self._stream = Rolling(self._hear, self._settings, before=before, terms=terms)
        return self._stream

    @property
    def units(self) -> dict[str, float]:
        """Sound that was sent, the same again and again: what vendors bill."""
        return {SECONDS: self._sent_s}

    def close(self) -> None:
        self._server.close()

    def _hear(self, samples: Samples, said: Said) -> Sequence[Word]:
        """Raises `EngineMissing` (key or model refused), `EngineBusy`, `EngineTimeout`,
        `EngineBroken`."""
        fields = [
            ("model", self._model),
            ("response_format", "verbose_json"),
            ("timestamp_granularities[]", "word"),
            ("temperature", "0"),
        ]
        if self._code:
            fields.append(("language", self._code))
        if prompt := self._prompt(said):
            fields.append(("prompt", prompt))
        self._sent_s += len(samples) / RATE_HZ
        status, retry_after, body = self._server.post(fields, file=wav(samples), name="floor.wav")
        if status != 200:
            raise refusal(status, retry_after, self._url, REMEDIES)
        return following(_words(body, self._code), said.settled[-1] if said.settled else None)

    def _prompt(self, said: Said) -> str:
        """Terms first: of a prompt that is too long a server keeps the end."""
        gap = "" if self._code in UNSPACED else " "
        parts = [", ".join(said.terms[:MOST_TERMS]), gap.join(said.before)]
        return ". ".join(part for part in parts if part)


def wav(samples: Samples) -> bytes:
    """A WAV file of one channel at 16 kHz."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    return held.getvalue()


def _words(body: bytes, code: str) -> list[Word]:
    """Words with their times; of a server that gives times only to segments, spread over these."""
    try:
        answer = json.loads(body)
        text = str(answer.get("text") or "")
        if words := answer.get("words"):
            heard = [
                Word(str(w["word"]).strip(), float(w["start"]), float(w["end"])) for w in words
            ]
            return _dressed(heard, text.split())
        return [
            word
            for segment in answer.get("segments") or ()
            for word in _spread(segment, unspaced=code in UNSPACED)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise EngineBroken(
            "the transcription server's answer is no verbose_json; does it know word times?"
        ) from None


def _dressed(words: list[Word], written: Sequence[str]) -> list[Word]:
    """Words as the text writes them, with capitals and punctuation, where both are the same."""
    if [plain(word.text) for word in words] != [plain(text) for text in written]:
        return [word for word in words if word.text]
    return [Word(t, w.start_s, w.end_s) for t, w in zip(written, words, strict=True)]


def _spread(segment: Mapping[str, Any], *, unspaced: bool) -> list[Word]:
    text = str(segment["text"]).strip()
    texts = list(text) if unspaced else text.split()
    begin_s, end_s = float(segment["start"]), float(segment["end"])
    letters = max(1, sum(len(each) for each in texts))
    words, at = [], 0
    for each in texts:
        start_s = begin_s + (end_s - begin_s) * at / letters
        at += len(each)
        words.append(Word(each, start_s, begin_s + (end_s - begin_s) * at / letters))
    return words
