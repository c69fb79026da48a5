"""Against an imitation of a transcription server: the protocol and its failures, no quality."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any, Protocol

import numpy as np
import pytest

from tests.translation.path.written_sound import Loudness, Reader, written
from tests.vendors.openai_server import KEY
from tests.vendors.openai_transcription import MODEL, Imitation, openai_transcription
from tests.vendors.threaded import threaded
from translation.engines.fallback_hearing import FallbackRecogniser
from translation.engines.openai_transcription import OpenAITranscription
from translation.engines.units import units_of
from translation.errors import EngineBroken, EngineBusy, EngineError, EngineMissing, EngineTimeout
from translation.path.listen import RATE_HZ, Ear
from translation.path.rolling import RollingSettings
from translation.path.segment import Clause
from translation.values import Samples, Word

IMPATIENT = RollingSettings(step_s=1.0, patience_s=2.0)
TALK = "we have seen a change of scale in every field and every town"


@pytest.fixture
def server() -> Iterator[Imitation]:
    with threaded(partial(openai_transcription, TALK.split())) as imitation:
        yield imitation


class Make(Protocol):
    def __call__(self, **wishes: Any) -> OpenAITranscription: ...


@pytest.fixture
def engine(server: Imitation) -> Iterator[Make]:
    made: list[OpenAITranscription] = []

    def make(**wishes: Any) -> OpenAITranscription:
        told = {"url": server.url, "model": MODEL, "key": KEY, "timeout_s": 2.0, **wishes}
        made.append(OpenAITranscription("en", **told))
        return made[-1]

    yield make
    for each in made:
        each.close()


def hear(recogniser: OpenAITranscription, sound: Samples) -> list[str]:
    stream = recogniser.open(terms=["Basle"])
    for start in range(0, len(sound), 1600):
        stream.push(sound[start : start + 1600])
        stream.hypothesis()
    return [word.text for word in stream.finish()]


def test_a_talk_is_heard_while_it_is_said(server: Imitation, engine: Make) -> None:
    assert " ".join(hear(engine(), written(TALK))).lower().replace(".", "") == TALK
    assert len(server.requests) >= 4


def test_requests_are_what_the_protocol_says(server: Imitation, engine: Make) -> None:
    recogniser = engine()
    hear(recogniser, written("we have seen"))
    hear(recogniser, written("a change"))

    assert server.requests[0] == {
        "model": MODEL,
        "response_format": "verbose_json",
        "timestamp_granularities[]": "word",
        "temperature": "0",
        "language": "en",
        "prompt": "Basle",
    }
    assert server.requests[-1]["prompt"] == "Basle. We have seen."


def test_what_is_billed_is_every_sound_that_was_sent(server: Imitation, engine: Make) -> None:
    ear = engine()
    chain = FallbackRecogniser([lambda: ear, lambda: Reader(TALK.split())])
    sound = written(TALK)
    hear(ear, sound)

    assert sum(server.heard_s) > 2 * len(sound) / RATE_HZ
    assert ear.units == {"seconds recognised": pytest.approx(sum(server.heard_s))}
    assert units_of(chain) == ear.units


def test_words_are_written_as_the_text_writes_them(server: Imitation, engine: Make) -> None:
    assert hear(engine(), written("we have seen")) == ["We", "have", "seen."]


def test_a_server_without_word_times_spreads_its_segments(server: Imitation, engine: Make) -> None:
    server.failures.extend(["segments"] * 20)

    assert hear(engine(), written("we have seen")) == ["We", "have", "seen."]


@pytest.mark.parametrize("failure", ["busy", "down", "closed", "cut", "pieces", "nonsense"])
def test_a_passing_failure_costs_no_word(server: Imitation, engine: Make, failure: str) -> None:
    server.failures.append(failure)

    assert len(hear(engine(), written(TALK))) == len(TALK.split())


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("busy", EngineBusy, "again in 1 s"),
        ("down", EngineBroken, "HTTP 503"),
        ("key", EngineMissing, "TRANSCRIPTION_KEY"),
        ("model", EngineMissing, "TRANSCRIPTION_MODEL"),
        ("format", EngineError, "verbose_json"),
        ("closed", EngineBroken, "is it running"),
        ("nonsense", EngineBroken, "no verbose_json"),
        ("cut", EngineBroken, "is it running"),
        ("stall", EngineTimeout, "in 0.5 s"),
        ("pause", EngineTimeout, "in 0.5 s"),
    ],
)
def test_a_failure_that_lasts_is_named_with_its_remedy(
    server: Imitation, engine: Make, failure: str, error: type[EngineError], words: str
) -> None:
    server.failures.extend([failure] * 3)
    stream = engine(timeout_s=0.5).open()
    stream.push(written("we have"))

    with pytest.raises(error, match=words):
        stream.finish()


def test_a_whole_answer_has_no_more_time_than_it_is_given(server: Imitation, engine: Make) -> None:
    """The time that is left bounds each wait, not the whole time anew."""
    server.failures.append("pause")
    server.thinks_s = 0.6
    stream = engine(timeout_s=1.0).open()
    stream.push(written("we have"))
    began_s = time.monotonic()

    with pytest.raises(EngineTimeout):
        stream.finish()
    assert time.monotonic() - began_s < 1.5


@pytest.mark.parametrize(("failure", "requests"), [("busy", 1), ("stall", 7)])
def test_a_chain_goes_on_where_the_server_is_busy_or_stalls(
    server: Imitation, engine: Make, failure: str, requests: int
) -> None:
    server.failures.extend([failure] * 99)
    server.retry_after = "60"
    chain = FallbackRecogniser(
        [lambda: engine(timeout_s=0.3, settings=IMPATIENT), lambda: Reader(TALK.split())]
    )
    stream, sound, heard = chain.open(), written(TALK), list[Word]()
    for start in range(0, len(sound), 1600):
        stream.push(sound[start : start + 1600])
        heard = stream.hypothesis()

    assert " ".join(word.text for word in heard) == TALK
    assert len(server.requests) <= requests


def test_without_an_address_it_is_missing() -> None:
    with pytest.raises(EngineMissing, match="TRANSCRIPTION_URL"):
        OpenAITranscription("en", url="", model="")


def test_a_server_that_is_not_there_is_named() -> None:
    stream = OpenAITranscription("en", url="http://127.0.0.1:9/v1", model=MODEL).open()
    stream.push(written("we"))

    with pytest.raises(EngineBroken, match=r"127\.0\.0\.1:9"):
        stream.finish()


def test_an_ear_hears_with_it(server: Imitation, engine: Make) -> None:
    ear = Ear(recogniser=engine(), voice_activity=Loudness(), language="en")
    sound = np.concatenate([written(TALK), np.zeros(RATE_HZ, np.int16)])
    clauses = [
        each.text
        for start in range(0, len(sound), 1600)
        for each in ear.hear(sound[start : start + 1600], start / RATE_HZ)
        if isinstance(each, Clause)
    ]

    assert " ".join(clauses).lower().replace(".", "") == TALK
