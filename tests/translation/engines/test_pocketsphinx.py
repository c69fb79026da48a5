import threading
import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from tests.translation.engines.recordings import SAID, spoken_english
from translation.engines.pocketsphinx import PocketSphinx, clean, is_filler
from translation.errors import PairUnsupported
from translation.values import Word


@pytest.fixture(scope="module")
def recogniser() -> PocketSphinx:
    return PocketSphinx("en")


@pytest.mark.parametrize(
    ("heard", "text"), [("read(2)", "read"), ("i", "I"), ("i'm(3)", "I'm"), ("house", "house")]
)
def test_words_are_cleaned(heard: str, text: str) -> None:
    assert clean(heard) == text


@pytest.mark.parametrize("mark", ["<s>", "</s>", "<sil>", "[NOISE]", "++UM++", "(NULL)", ""])
def test_noises_are_no_words(mark: str) -> None:
    assert is_filler(mark)
    assert not is_filler("house")


def test_languages_it_has_no_model_for_are_refused() -> None:
    with pytest.raises(PairUnsupported, match="“de”"):
        PocketSphinx("de")


def test_it_says_what_it_is(recogniser: PocketSphinx) -> None:
    abilities = recogniser.abilities

    assert (abilities.name, abilities.needs_network) == ("PocketSphinx", False)
    assert abilities.version.startswith("5.")


def test_an_utterance_without_sound_holds_no_words(recogniser: PocketSphinx) -> None:
    stream = recogniser.open()

    assert (stream.hypothesis(), stream.finish()) == ([], [])


def test_silence_holds_no_words(recogniser: PocketSphinx) -> None:
    stream = recogniser.open()
    stream.push(np.zeros(16_000, np.int16))

    assert stream.finish() == []


@pytest.mark.programs
def test_speech_is_recognised_as_it_comes(recogniser: PocketSphinx) -> None:
    samples = spoken_english()
    stream = recogniser.open()
    counts = []
    for start in range(0, len(samples), 3200):
        stream.push(samples[start : start + 3200])
        counts.append(len(stream.hypothesis()))
    final = stream.finish()

    heard = [word.text for word in final]
    assert sum(word in heard for word in SAID.split()) >= 5
    assert counts[len(counts) // 2] > 1
    assert all(0 <= a.start_s < a.end_s <= b.start_s for a, b in pairwise(final))
    assert final[-1].end_s <= len(samples) / 16_000 + 0.1


@pytest.mark.programs
def test_the_next_utterance_counts_from_its_own_start(recogniser: PocketSphinx) -> None:
    samples = spoken_english()
    firsts = []
    for _ in range(2):
        stream = recogniser.open()
        stream.push(samples[:32_000])
        firsts.append(stream.finish()[0])

    assert firsts[0].start_s == pytest.approx(firsts[1].start_s, abs=0.1)


def test_a_stream_left_open_is_closed_by_the_next(recogniser: PocketSphinx) -> None:
    left = recogniser.open()
    left.push(np.zeros(3200, np.int16))

    recogniser.open().finish()

    with pytest.raises(ValueError, match="finished"):
        left.push(np.zeros(320, np.int16))


@pytest.mark.programs
def test_other_threads_get_their_turn_while_it_works(recogniser: PocketSphinx) -> None:
    samples = np.tile(spoken_english(), 2)
    stream = recogniser.open()
    pauses_s: list[float] = []
    done = threading.Event()

    def watch() -> None:
        last = time.monotonic()
        while not done.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            pauses_s.append(now - last)
            last = now

    watcher = threading.Thread(target=watch)
    watcher.start()
    stream.push(samples)
    done.set()
    watcher.join()
    stream.finish()

    assert len(pauses_s) > 50


@pytest.mark.programs
def test_words_of_the_glossary_are_listened_for() -> None:
    recogniser = PocketSphinx("en")
    plain = recogniser.open()
    plain.push(spoken_english())
    said = [word.text for word in plain.finish()]

    told = recogniser.open(terms=["Sweynheim press", "Young", "The Not at All"])
    told.push(spoken_english())

    heard = [word.text for word in told.finish()]
    assert "young" in said
    assert "Young" in heard
    assert "not" in heard


@pytest.mark.programs
@pytest.mark.parametrize("terms", [["ill disposed"], ["an ill-disposed man", "ill-disposed"]])
def test_a_term_is_heard_that_was_taken_for_other_words(terms: Sequence[str]) -> None:
    def heard(listened_for: Sequence[str]) -> list[Word]:
        stream = PocketSphinx("en").open(terms=listened_for)
        stream.push(spoken_english())
        return stream.finish()

    assert "ill disposed" not in " ".join(word.text for word in heard([]))
    told = heard(terms)
    assert "ill disposed" in " ".join(word.text for word in told)
    assert all(a.start_s < a.end_s <= b.start_s + 0.001 for a, b in pairwise(told))


@pytest.mark.programs
def test_another_glossary_is_listened_for_from_the_next_utterance_on() -> None:
    recogniser = PocketSphinx("en")
    for terms in (["block book"], ["Subiaco", "block book"]):
        recogniser.open(terms=terms).finish()

    assert recogniser._decoder.lookup_word("block_books#") == "B L AA K B UH K S"
    assert recogniser._decoder.lookup_word("subiaco#") == "S AH B IH AA K OW"
