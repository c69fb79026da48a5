"""On tiny random weights of the real architecture: what they write is nonsense."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from tests.stalls import keeps_the_loop_free
from tests.translation.engines.tiny_whisper import tiny_whisper
from tests.translation.path.written_sound import Loudness
from translation.engines.whisper import Whisper, WhisperLanguages
from translation.engines.whisper_files import languages
from translation.engines.whisper_model import (
    TERM_TOKENS,
    Decoding,
    LoadedWhisper,
    loaded,
    prompt,
)
from translation.errors import EngineBroken, EngineMissing, PairUnsupported
from translation.flow import offload
from translation.languages import LANGUAGES
from translation.path.listen import Ear, Interim
from translation.path.rolling import RATE_HZ, Rolling, RollingSettings, Said
from translation.path.segment import Clause
from translation.path.settle import Commit, CommitSettings
from translation.values import Samples, Word


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_whisper(tmp_path_factory.mktemp("models") / "tiny-random")


def noise(seconds: float, seed: int = 1) -> Samples:
    """Sound that changes all the time; the model takes it for speech."""
    random = np.random.default_rng(seed)
    tones = np.repeat(random.uniform(0.0, 1.0, int(seconds * 10) + 1), RATE_HZ // 10)
    hiss = random.standard_normal(len(tones)) * 3000 * tones
    return hiss[: round(seconds * RATE_HZ)].clip(-32768, 32767).astype(np.int16)


class Counting(WhisperModel):  # type: ignore[misc]  # it publishes no types
    encodings = 0

    def encode(self, features):  # type: ignore[no-untyped-def]
        self.encodings += 1
        return super().encode(features)


@pytest.mark.slow
@pytest.mark.parametrize("vocabulary", ["vocabulary.json", "vocabulary.txt"])
def test_what_a_model_understands_is_read_from_its_folder(tmp_path: Path, vocabulary: str) -> None:
    large = tiny_whisper(tmp_path / "large-v3")
    small = tiny_whisper(tmp_path / "small", without="yue")
    english = tiny_whisper(tmp_path / "small.en", english_only=True)
    if vocabulary.endswith(".txt"):  # as older conversions have it
        for folder in (large, small, english):
            tokens = json.loads((folder / "vocabulary.json").read_text())
            (folder / "vocabulary.txt").write_text("".join(f"{token}\n" for token in tokens))
            (folder / "vocabulary.json").unlink()

    assert languages(large) == Whisper.LANGUAGES
    assert languages(small) == Whisper.LANGUAGES - {"yue"}
    assert languages(english) == {"en"}
    for folder in (large, small, english):
        model = loaded(folder, "cpu", "", 1)
        assert {t for t in Whisper.LANGUAGES if model.knows(LANGUAGES[t].whisper)} == languages(
            folder
        )


@pytest.mark.slow
@pytest.mark.parametrize("policy", list(Commit))
def test_settled_words_stay_and_every_word_lies_in_the_sound(folder: Path, policy: Commit) -> None:
    hear = partial(loaded(folder, "cpu", "", 0).words, code="en")
    wishes = RollingSettings(commit=CommitSettings(policy))
    stream = Rolling(hear, wishes, clock=lambda: 0.0)  # on a slow machine, too
    sound, settled = noise(6), list[Word]()
    for end in range(1600, len(sound) + 1, 1600):
        stream.push(sound[end - 1600 : end])
        words = stream.hypothesis()
        now = [word for word in words if word.settled]

        assert now[: len(settled)] == settled
        assert all(0 <= word.start_s <= word.end_s <= end / RATE_HZ for word in words)
        settled = now
    final = stream.finish()

    assert final[: len(settled)] == settled
    assert len(final) > 1
    assert all(word.settled for word in final)


@pytest.mark.slow
def test_a_step_encodes_once_and_never_more_than_its_bound(folder: Path) -> None:
    model = Counting(str(folder), device="cpu", compute_type="int8")
    heard_s: list[float] = []

    def hear(samples: Samples, said: Said) -> list[Word]:
        heard_s.append(len(samples) / RATE_HZ)
        return list(ears.words(samples, said, code="en"))

    ears = LoadedWhisper(model)
    stream = Rolling(hear, RollingSettings(step_s=4.0), clock=lambda: 0.0)
    for second in range(32):
        stream.push(noise(1.0, seed=second))
        stream.hypothesis()

    assert len(heard_s) == 8
    assert max(heard_s) <= 24.0
    assert model.encodings - len(heard_s) <= 2  # where more is settled than the prompt can hold


@pytest.mark.slow
def test_memory_does_not_grow_with_a_long_talk(folder: Path) -> None:
    """Ten minutes. Whoever kept what a step is made of would keep 0.5 MB of sound and 1 MB of its
    spectrum 75 times in the second half; an allocator's own ways are a fifth of that."""
    settings = RollingSettings(step_s=4.0)
    recogniser, sound = Whisper("en", model=folder, threads=1, settings=settings), noise(20)
    process, used_mb, words = psutil.Process(), list[float](), 0
    for _ in range(10):
        stream = recogniser.open()
        for second in range(60):
            stream.push(sound[second % 20 * RATE_HZ :][:RATE_HZ])
            stream.hypothesis()
            used_mb.append(process.memory_info().rss / 1e6)
        words += len(stream.finish())

    assert words > 100
    assert max(used_mb[300:]) - max(used_mb[:300]) < 30


@pytest.mark.slow
def test_an_ear_hears_with_it(folder: Path) -> None:
    ear = Ear(recogniser=Whisper("en", model=folder), voice_activity=Loudness(), language="en")
    sound = np.concatenate([noise(6), np.zeros(RATE_HZ, np.int16)])
    heard = [
        each
        for start in range(0, len(sound), 1600)
        for each in ear.hear(sound[start : start + 1600], start / RATE_HZ)
    ]

    assert any(isinstance(each, Clause) for each in heard)
    assert any(isinstance(each, Interim) for each in heard)


def test_the_next_utterance_is_told_the_last_words(folder: Path) -> None:
    recogniser = Whisper("en", model=folder)
    first = recogniser.open()
    first.push(noise(4))
    words = first.finish()

    assert recogniser.open().carried == tuple(word.text for word in words)[-40:]


class Broken(WhisperModel):  # type: ignore[misc]  # it publishes no types
    encodings = 0

    def encode(self, features):  # type: ignore[no-untyped-def]
        self.encodings += 1
        raise RuntimeError("out of memory")


def test_after_a_failure_the_next_utterance_begins_anew(folder: Path) -> None:
    recogniser, broken = Whisper("en", model=folder), Broken(str(folder), device="cpu")
    recogniser._model = LoadedWhisper(broken)
    failing = recogniser.open()
    failing.push(noise(2))
    with pytest.raises(EngineBroken):
        failing.finish()

    assert recogniser.open().finish() == []
    assert broken.encodings == 1


def test_the_prompt_holds_terms_and_what_was_said_before(folder: Path) -> None:
    tokenizer = Tokenizer(
        WhisperModel(str(folder), device="cpu").hf_tokenizer, True, task="transcribe", language="de"
    )

    assert prompt(tokenizer, Said()) == [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    told = prompt(tokenizer, Said(before=("wir", "sahen"), terms=("Basel", "x" * 200)))
    terms, before = told[1 : 1 + TERM_TOKENS], told[1 + TERM_TOKENS : -4]
    assert told[0] == tokenizer.sot_prev
    assert tokenizer.decode(terms).startswith(" Basel, xxx")
    assert tokenizer.decode(before) == " wir sahen"
    assert told[-3] == tokenizer.language


def test_settled_words_are_not_heard_again(folder: Path) -> None:
    settled = tuple(Word("zqx", n / 2, (n + 1) / 2) for n in range(8))

    words = loaded(folder, "cpu", "", 1).words(noise(6), Said(settled=settled), code="en")

    assert words
    assert "zqx" not in [word.text for word in words]


def test_what_is_written_of_a_silence_is_held_back(folder: Path) -> None:
    model = WhisperModel(str(folder), device="cpu", compute_type="int8")
    never_sure = Decoding(no_speech=-1.0, log_probability=0.0)

    assert LoadedWhisper(model).words(noise(3), Said(), code="en")
    assert LoadedWhisper(model, never_sure).words(noise(3), Said(), code="en") == []


def test_a_language_is_identified_with_how_likely_it_is(folder: Path) -> None:
    identifier = WhisperLanguages(model=folder)

    likely = identifier.identify(noise(3))

    assert set(likely) == {*identifier.abilities.languages, "und"}
    assert sum(likely.values()) == pytest.approx(1.0, abs=1e-3)


def test_a_missing_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"holds no model.bin.*make models"):
        Whisper("en", model=tmp_path / "large-v3")


def test_a_model_of_128_bands_that_does_not_say_so_is_refused(folder: Path, tmp_path: Path) -> None:
    """Without its file faster-whisper takes 80."""
    copy = tmp_path / "large-v3"
    shutil.copytree(folder, copy)
    (copy / "preprocessor_config.json").unlink()

    with pytest.raises(EngineMissing, match=r"no preprocessor_config\.json"):
        Whisper("en", model=copy)


def test_a_language_that_the_model_does_not_know_is_refused(folder: Path) -> None:
    with pytest.raises(PairUnsupported, match="“xx”"):
        Whisper("xx", model=folder)


def test_one_copy_of_a_model_serves_a_process(folder: Path) -> None:
    assert loaded(folder, "cpu", "", 0) is loaded(folder, "cpu", "", 0)


@pytest.mark.slow
async def test_the_event_loop_stays_free_while_it_works(folder: Path) -> None:
    ear = Ear(recogniser=Whisper("en", model=folder), voice_activity=Loudness(), language="en")
    pool = ThreadPoolExecutor(1)
    sound = noise(20)

    async def listen() -> None:
        for start in range(0, len(sound), 1600):
            await offload(pool, ear.hear, sound[start : start + 1600], start / RATE_HZ)

    assert await keeps_the_loop_free(listen)
    pool.shutdown()
