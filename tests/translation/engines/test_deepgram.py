"""Against an imitation of Deepgram: the protocol and its failures, no quality."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any, Protocol

import numpy as np
import pytest

from tests.translation.path.written_sound import Loudness, length_s, written
from tests.vendors.deepgram import KEY, Imitation, deepgram
from tests.vendors.threaded import threaded
from translation.engines.deepgram import Deepgram, DeepgramStream
from translation.errors import (
    EngineBroken,
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
)
from translation.path.listen import RATE_HZ, Ear
from translation.path.segment import Clause
from translation.values import Samples, Word

pytestmark = pytest.mark.slow

TALK = "we have seen a change of scale in every field and every town"
NEXT = "so today it is"
PACE_S = 0.015
"""Between tenths of a second of sound: it comes slower than the answers, on a busy machine too."""


class Make(Protocol):
    def __call__(self, **wishes: Any) -> Deepgram: ...


@pytest.fixture
def server() -> Iterator[Imitation]:
    with threaded(partial(deepgram, [*TALK.split(), *NEXT.split()])) as imitation:
        yield imitation


@pytest.fixture
def engine(server: Imitation) -> Iterator[Make]:
    made: list[Deepgram] = []

    def make(**wishes: Any) -> Deepgram:
        made.append(Deepgram("en", **{"key": KEY, "url": server.url, "timeout_s": 2.0, **wishes}))
        return made[-1]

    yield make
    for each in made:
        each.close()


def say(stream: DeepgramStream, sound: Samples) -> list[list[Word]]:
    heard = []
    for start in range(0, len(sound), 1600):
        stream.push(sound[start : start + 1600])
        time.sleep(PACE_S)
        heard.append(stream.hypothesis())
    return heard


def text(words: list[Word]) -> str:
    return " ".join(word.text for word in words).replace(".", "")


def test_words_come_while_sound_goes(engine: Make) -> None:
    stream = engine().open()

    heard = say(stream, written(TALK))

    assert len(heard[len(heard) // 2]) > 2
    assert text(stream.finish()) == TALK
    assert all(word.settled for word in stream.hypothesis())


def test_what_is_final_stays(engine: Make) -> None:
    stream = engine().open()
    sound = np.concatenate([written("we have seen", silence_s=0.5), written("a change")])

    settled = [[w for w in words if w.settled] for words in say(stream, sound)]
    final = stream.finish()

    assert any(len(words) == 3 for words in settled)
    assert all(final[: len(words)] == words for words in settled)


def test_utterances_share_a_connection_and_count_from_their_own_start(
    server: Imitation, engine: Make
) -> None:
    recogniser = engine()
    first = recogniser.open()
    say(first, written(TALK))
    first.finish()
    second = recogniser.open()
    say(second, written(NEXT))

    words = second.finish()

    seconds = (len(written(TALK)) + len(written(NEXT))) / RATE_HZ
    assert recogniser.units == {"seconds recognised": pytest.approx(seconds)}
    assert text(words) == NEXT
    assert words[0].start_s == pytest.approx(0.0, abs=0.02)
    assert words[-1].end_s == pytest.approx(length_s(NEXT), abs=0.1)
    assert len(server.asked) == 1


def test_the_connection_is_asked_for_as_documented(server: Imitation, engine: Make) -> None:
    recogniser = engine()
    recogniser.open(terms=["Subiaco", "black letter"])

    assert server.asked == [
        {
            "model": ["nova-3"],
            "language": ["en"],
            "encoding": ["linear16"],
            "sample_rate": ["16000"],
            "channels": ["1"],
            "interim_results": ["true"],
            "punctuate": ["true"],
            "endpointing": ["300"],
            "keyterm": ["Subiaco", "black letter"],
        }
    ]


def test_terms_are_as_many_as_a_connection_takes(server: Imitation, engine: Make) -> None:
    terms = [f"Flight RYR {1000 + number} to Ljubljana" for number in range(150)]

    engine().open(terms=terms)

    (asked,) = server.asked
    sent = asked["keyterm"]
    assert sent == terms[: len(sent)]
    assert 20 <= len(sent) < 50


def test_a_model_without_key_terms_is_sent_none(server: Imitation, engine: Make) -> None:
    engine(model="nova-2").open(terms=["Subiaco"])

    assert "keyterm" not in server.asked[0]


def test_where_terms_are_refused_it_listens_without_them(server: Imitation, engine: Make) -> None:
    server.failures.append("terms")
    recogniser = engine()
    stream = recogniser.open(terms=["Subiaco"])
    say(stream, written(NEXT))

    assert text(stream.finish()) == NEXT
    recogniser.open(terms=["Subiaco"])
    assert len(server.asked) == 1


def test_an_end_that_is_not_confirmed_costs_a_moment_and_no_word(
    server: Imitation, engine: Make
) -> None:
    server.failures.append("unanswered_finalize")
    recogniser = engine(timeout_s=5.0)
    first = recogniser.open()
    say(first, written(TALK, silence_s=0.1))
    began_s = time.monotonic()

    assert text(first.finish()) == TALK
    assert time.monotonic() - began_s < 2.0
    second = recogniser.open()
    say(second, written(NEXT, silence_s=0.5))
    assert text(second.finish()) == NEXT
    assert len(server.asked) == 1


def test_after_an_end_of_speech_there_is_nothing_to_wait_for(
    server: Imitation, engine: Make
) -> None:
    server.failures.append("unanswered_finalize")
    stream = engine().open()
    say(stream, written(TALK, silence_s=0.5))

    assert text(stream.finish()) == TALK
    assert "Finalize" not in server.texts


def test_a_pause_keeps_the_connection(server: Imitation, engine: Make) -> None:
    server.idle_s = 0.6
    recogniser = engine(keep_alive_s=0.2)
    first = recogniser.open()
    say(first, written("we have"))
    first.finish()
    time.sleep(1.5)
    second = recogniser.open()
    say(second, written(NEXT))

    assert text(second.finish()) == NEXT
    assert len(server.asked) == 1
    assert server.texts.count("KeepAlive") >= 2


@pytest.mark.parametrize("failure", ["closed", "cut", "nonsense"])
def test_a_line_that_breaks_costs_no_word(server: Imitation, engine: Make, failure: str) -> None:
    server.failures.append(failure)
    stream = engine().open()

    say(stream, written(TALK))

    assert text(stream.finish()) == TALK
    assert len(server.asked) == 2


def test_a_line_that_broke_in_a_pause_is_opened_again(server: Imitation, engine: Make) -> None:
    server.idle_s = 0.3
    recogniser = engine(keep_alive_s=60.0)
    first = recogniser.open()
    say(first, written("we have"))
    first.finish()
    time.sleep(0.8)
    second = recogniser.open()
    say(second, written(NEXT))

    assert text(second.finish()) == NEXT


def test_messages_in_many_frames_are_whole(server: Imitation, engine: Make) -> None:
    server.failures.append("partial")
    stream = engine().open()
    say(stream, written(NEXT))

    assert text(stream.finish()) == NEXT


def test_a_line_that_breaks_twice_is_an_error(server: Imitation, engine: Make) -> None:
    server.failures.extend(["closed", "closed"])
    stream = engine().open()

    with pytest.raises(EngineBroken, match="NET-0000"):
        say(stream, np.tile(written(TALK), 3)), stream.finish()


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("busy", EngineBusy, "again in 3 s"),
        ("down", EngineBroken, "HTTP 503"),
        ("credit", EngineMissing, "no credit"),
        ("language", EngineMissing, "DEEPGRAM_MODEL"),
    ],
)
def test_a_refusal_is_named_with_its_remedy(
    server: Imitation, engine: Make, failure: str, error: type[EngineError], words: str
) -> None:
    server.failures.append(failure)

    with pytest.raises(error, match=words):
        engine().open()


def test_a_wrong_key_is_named(engine: Make) -> None:
    with pytest.raises(EngineMissing, match="DEEPGRAM_KEY"):
        engine(key="wrong").open()


def test_who_never_answers_is_given_up(server: Imitation, engine: Make) -> None:
    server.failures.append("stall")
    stream = engine(timeout_s=1.0).open()

    with pytest.raises(EngineTimeout, match="1 s"):
        say(stream, written(TALK))


def test_who_never_ends_an_utterance_is_given_up(server: Imitation, engine: Make) -> None:
    server.failures.append("stall")
    stream = engine(timeout_s=10.0).open()
    say(stream, written(TALK))

    with pytest.raises(EngineTimeout, match="did not end"):
        stream.finish()


def test_without_a_key_or_for_a_language_it_lacks_it_is_refused() -> None:
    with pytest.raises(EngineMissing, match="DEEPGRAM_KEY"):
        Deepgram("en", key="")
    with pytest.raises(PairUnsupported, match="“so”"):
        Deepgram("so", key=KEY)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineBroken, match="DEEPGRAM_URL"):
        Deepgram("en", key=KEY, url="ws://127.0.0.1:9").open()


def test_an_ear_hears_with_it(engine: Make) -> None:
    ear = Ear(recogniser=engine(), voice_activity=Loudness(), language="en")
    sound = np.concatenate([written(TALK), np.zeros(RATE_HZ, np.int16)])
    clauses = []
    for start in range(0, len(sound), 1600):
        time.sleep(PACE_S)
        heard = ear.hear(sound[start : start + 1600], start / RATE_HZ)
        clauses += [each.text for each in heard if isinstance(each, Clause)]

    assert " ".join(clauses).replace(".", "") == TALK
