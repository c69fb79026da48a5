"""Whisper through CTranslate2: one buffer in, its words with their times out, by one encoding.

Never with temperature: trying again and again costs up to six decodings just where the sound is
hard. What is written of a silence is held back instead; loops are cut by whoever calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens, merge_punctuations

from translation.engines.whisper_files import require_files
from translation.errors import EngineBroken, EngineMissing
from translation.languages import UNSPACED
from translation.path.rolling import RATE_HZ, Said
from translation.values import Samples, Word

OPENING, CLOSING = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、؟،۔।"  # noqa: RUF001 - these are meant

TERM_TOKENS, BEFORE_TOKENS, SETTLED_TOKENS = 70, 90, 150
"""Of the prompt: terms, what was said before, what is settled. The model has 448 tokens for these
and its answer."""

FIRST_TOKENS, TOKENS_A_SECOND = 16, 12.0
"""No answer is longer: a loop costs no more than quick speech."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """`beam`: 1 is greedy. An answer is held back as silence where the model says that nothing is
    said (`no_speech`) and what it wrote is unlikely besides (mean log probability of a token):
    Whisper's own figures."""

    beam: int = 1
    no_speech: float = 0.6
    log_probability: float = -1.0


class LoadedWhisper:
    """A model in memory; threads may share it. Its own work leaves Python's global lock free."""

    def __init__(self, model: WhisperModel, decoding: Decoding = Decoding()) -> None:
        self._model = model
        self._decoding = decoding

    @property
    def multilingual(self) -> bool:
        return bool(self._model.model.is_multilingual)

    def knows(self, code: str) -> bool:
        if not self.multilingual:
            return code == "en"
        return self._model.hf_tokenizer.token_to_id(f"<|{code}|>") is not None

    def languages(self, samples: Samples) -> Mapping[str, float]:
        """Whisper's codes and how likely each is, of at most 30 s."""
        if not self.multilingual:
            return {"en": 1.0}
        encoded, _ = self._encoded(samples)
        (likely,) = _run(self._model.model.detect_language, encoded)
        return {token[2:-2]: probability for token, probability in likely}

    def words(self, samples: Samples, said: Said, *, code: str) -> Sequence[Word]:
        """What is said after the settled words. `code`: the language."""
        if self._length(said.settled) > SETTLED_TOKENS:
            return self._later_words(samples, said, code)
        encoded, frames = self._encoded(samples)
        tokenizer = Tokenizer(
            self._model.hf_tokenizer, self.multilingual, task="transcribe", language=code
        )
        settled = _tokens(tokenizer, [word.text for word in said.settled])
        written = self._written(encoded, prompt(tokenizer, said), settled, tokenizer, frames)
        if not written:
            return []
        (aligned,) = _run(
            self._model.find_alignment, tokenizer, [settled + written], encoded, frames
        )
        return _words(aligned, len(settled))

    def _length(self, words: Sequence[Word]) -> int:
        text = " ".join(word.text for word in words)
        return len(self._model.hf_tokenizer.encode(text, add_special_tokens=False))

    def _later_words(self, samples: Samples, said: Said, code: str) -> Sequence[Word]:
        """More is settled than the prompt can hold: the later half of it is heard again."""
        middle = (len(said.settled) + 1) // 2
        first, later = said.settled[:middle], said.settled[middle:]
        cut_s = first[-1].end_s
        told = Said(
            (*said.before, *(word.text for word in first)), _moved(later, -cut_s), said.terms
        )
        return _moved(self.words(samples[round(cut_s * RATE_HZ) :], told, code=code), cut_s)

    def _encoded(self, samples: Samples) -> tuple[Any, int]:
        """What the decoder reads, and how many frames of 10 ms of it are sound."""
        features = self._model.feature_extractor(samples.astype(np.float32) / 32768.0)
        frames = min(features.shape[-1], self._model.feature_extractor.nb_max_frames)
        return _run(self._model.encode, pad_or_trim(features)), frames

    def _written(
        self, encoded: Any, told: list[int], settled: list[int], tokenizer: Tokenizer, frames: int
    ) -> list[int]:
        """The tokens of the answer after the settled ones; none of a silence. It may end with its
        first token (`suppress_blank` off), or the model would have to make up a word."""
        most = len(settled) + FIRST_TOKENS + int(TOKENS_A_SECOND * frames / 100)
        most = min(most, self._model.max_length - len(told))
        (result,) = _run(
            self._model.model.generate,
            encoded,
            [told + settled],
            beam_size=self._decoding.beam,
            max_length=max(2 * most, len(told) + most),  # CTranslate2 lets half of it be written
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=False,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        )
        tokens = result.sequences_ids[0]  # the settled ones are repeated, and cost nothing
        new = tokens[len(settled) :]
        mean = result.scores[0] * len(tokens) / (len(new) + 1)
        likely = mean >= self._decoding.log_probability
        if result.no_speech_prob > self._decoding.no_speech and not likely:
            return []
        return [token for token in new if token < tokenizer.eot]


def prompt(tokenizer: Tokenizer, said: Said) -> list[int]:
    """What the model reads before its answer: terms, what was said before, language and task."""
    terms = tokenizer.encode(" " + ", ".join(said.terms))[:TERM_TOKENS] if said.terms else []
    before = _tokens(tokenizer, said.before)[-BEFORE_TOKENS:]
    previous = [tokenizer.sot_prev, *terms, *before] if terms or before else []
    return [*previous, *tokenizer.sot_sequence, tokenizer.no_timestamps]


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[int]:
    if not texts:
        return []
    unspaced = tokenizer.language_code in UNSPACED
    return list(tokenizer.encode("".join(texts) if unspaced else " " + " ".join(texts)))


def _words(aligned: list[dict[str, Any]], settled: int) -> list[Word]:
    """`aligned`: faster-whisper's words with their tokens; the first `settled` tokens are not new.
    Punctuation joins its word; where its word is settled it is dropped."""
    tokens = 0
    new = []
    for word in aligned:
        if tokens >= settled:
            new.append(word)
        tokens += len(word["tokens"])
    merge_punctuations(new, OPENING, CLOSING)
    return [
        Word(text, float(word["start"]), float(word["end"]))
        for number, word in enumerate(new)
        if (text := word["word"].strip()) and (number or any(map(str.isalnum, text)))
    ]


def _moved(words: Sequence[Word], by_s: float) -> tuple[Word, ...]:
    return tuple(Word(w.text, w.start_s + by_s, w.end_s + by_s) for w in words)


def _run(work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    try:
        return work(*arguments, **named)
    except (RuntimeError, ValueError) as error:
        raise EngineBroken(f"Whisper failed: {error}") from error


@lru_cache(maxsize=2)
def loaded(folder: Path, device: str, compute_type: str, threads: int) -> LoadedWhisper:
    """One copy a process. `compute_type`: CTranslate2's name; "" for 8-bit integers on a CPU,
    16-bit floats on a GPU. Raises `EngineMissing`."""
    require_files(folder)
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        return LoadedWhisper(WhisperModel(
            str(folder), device=device, cpu_threads=threads, local_files_only=True,
            compute_type=compute_type or ("int8" if device == "cpu" else "float16"),
        ))  # fmt: skip
    except (RuntimeError, ValueError) as error:
        raise EngineMissing(f"Whisper cannot be loaded from {folder}: {error}") from error
