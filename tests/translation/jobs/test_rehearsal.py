import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tones import LONG_S, Tones, tones_in
from tests.translation.jobs.hall import pitches
from tests.translation.path.written_sound import Loudness, Reader, length_s, written
from tests.translation.words import Words, rendered
from translation.audio import read_sound, write_wav
from translation.errors import BadSound, EngineBroken, PairUnsupported, UnknownLanguage
from translation.jobs.engines import Engines
from translation.jobs.rehearsal import Rehearsed, check, rehearse
from translation.jobs.report import percentiles, report, web_vtt
from translation.ports import NO_HINTS, Hints, Rendering, Translator
from translation.values import Sound

pytestmark = pytest.mark.slow

TALK = ("we saw it today", "yes it was large", "nobody knows why")
PAUSE_S = 1.5


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    sound = np.concatenate([written(text, silence_s=PAUSE_S) for text in TALK])
    write_wav(tmp_path / "talk.wav", Sound(sound, 16_000))
    return tmp_path / "talk.wav"


def rehearsed(sound: Path, *targets: str, translator: Translator, **wishes: Any) -> Rehearsed:
    return rehearse(
        sound=sound,
        source="en",
        targets=targets,
        engines=Engines(lambda *_: Reader(" ".join(TALK).split()), Loudness, lambda *_: Tones()),
        translator=lambda: translator,
        **{"pace": 0.0, "progress": lambda heard_s, all_s: None, **wishes},
    )


def reported(work: Rehearsed) -> dict[str, Any]:
    return asyncio.run(report(work, source="en"))


def test_a_talk_is_heard_in_every_language_where_it_was_said(talk: Path, tmp_path: Path) -> None:
    engine = Words()

    work = rehearsed(talk, "es", "fr", translator=engine)

    assert engine.closed
    for language in ("es", "fr"):
        path = tmp_path / f"{language}.wav"
        work.sinks[language].write(path)
        tones = tones_in(read_sound(path, 24_000).samples, 24_000)
        assert [tone.pitch_hz for tone in tones] == pitches(language, *TALK)
        each_s = [length_s(text) + PAUSE_S for text in TALK]
        ends_s = [sum(each_s[: place + 1]) - PAUSE_S for place in range(3)]
        lags_s = [tone.start_s - end_s for tone, end_s in zip(tones, ends_s, strict=True)]
        assert all(0.3 < lag_s < 1.2 for lag_s in lags_s)


def test_waiting_is_skipped_at_pace_0(talk: Path) -> None:
    began_s = time.monotonic()

    work = rehearsed(talk, "es", translator=Words())

    assert time.monotonic() - began_s < work.duration_s
    assert work.duration_s == pytest.approx(sum(length_s(text) + PAUSE_S for text in TALK))


def test_progress_is_told_to_the_end(talk: Path) -> None:
    told: list[tuple[float, float]] = []

    work = rehearsed(talk, "es", translator=Words(), progress=lambda *heard: told.append(heard))

    heard_s = [heard for heard, _ in told]
    assert heard_s == sorted(heard_s)
    assert (told[0][0], told[-1]) == (0.0, (work.duration_s, work.duration_s))


class Failing(Words):
    """Works until the talk begins."""

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        if text != "hello":
            self.broken = {"es"}
        return await super().translate(text, source=source, targets=targets, hints=hints)


def test_one_broken_language_leaves_the_others_running(talk: Path) -> None:
    languages = reported(rehearsed(talk, "es", "fr", translator=Failing()))["languages"]

    assert [row["skipped"] for row in languages["es"]["segments"]] == ["untranslated"] * 3
    assert [row["skipped"] for row in languages["fr"]["segments"]] == [None] * 3
    assert languages["es"]["lag_s"] == {"p50": None, "p95": None, "p99": None}


def test_an_engine_that_cannot_start_ends_the_rehearsal_and_is_closed(talk: Path) -> None:
    engine = Words(broken=["fr"])

    with pytest.raises(EngineBroken, match="crashed"):
        rehearsed(talk, "es", "fr", translator=engine)

    assert engine.closed


def test_a_sound_that_is_none_is_refused_before_any_engine_starts(tmp_path: Path) -> None:
    with pytest.raises(BadSound, match="is not there"):
        rehearsed(tmp_path / "talk.wav", "es", translator=Words())


# The report


def test_the_report_has_exactly_its_fields(talk: Path) -> None:
    made = reported(rehearsed(talk, "es", "fr", translator=Words()))

    assert list(made) == ["source", "languages", "engines", "cpu_s", "real_time_factor"]
    assert made["source"] == {
        "language": "en",
        "duration_s": round(sum(length_s(text) + PAUSE_S for text in TALK), 3),
        "text": " ".join(TALK),
    }
    assert made["engines"] == {
        "recognition": "reader 1",
        "translation": "words 1",
        "speech": "tones 1",
    }
    assert list(made["languages"]) == ["es", "fr"]
    spanish = made["languages"]["es"]
    assert list(spanish) == ["text", "segments", "lag_s", "ear_voice_span_s"]
    assert spanish["text"] == " ".join(rendered(text, "es") for text in TALK)
    assert [list(row) for row in spanish["segments"]] == [[
        "id", "source_text", "text", "floor_start_s", "floor_end_s", "committed_s",
        "translated_s", "spoken_start_s", "spoken_end_s", "skipped",
    ]] * 3  # fmt: skip


def test_the_report_measures_from_the_floor_to_the_ear(talk: Path) -> None:
    spanish = reported(rehearsed(talk, "es", translator=Words()))["languages"]["es"]

    for row in spanish["segments"]:
        moments = [row[name] for name in (
            "floor_start_s", "floor_end_s", "committed_s", "translated_s", "spoken_start_s",
            "spoken_end_s",
        )]  # fmt: skip
        assert moments == sorted(moments)
        assert row["spoken_end_s"] - row["spoken_start_s"] == pytest.approx(LONG_S, abs=0.1)
    rows = spanish["segments"]
    assert spanish["lag_s"] == percentiles(
        [row["spoken_start_s"] - row["floor_end_s"] for row in rows]
    )
    assert spanish["ear_voice_span_s"] == percentiles(
        [row["spoken_start_s"] - row["floor_start_s"] for row in rows]
    )


def test_percentiles_of_many_of_one_and_of_none() -> None:
    assert percentiles([n / 100 for n in range(101)]) == {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    assert percentiles([1.23456]) == {"p50": 1.235, "p95": 1.235, "p99": 1.235}
    assert percentiles([]) == {"p50": None, "p95": None, "p99": None}


ROW = {
    "id": 1, "source_text": "", "text": "uno", "floor_start_s": 1.0, "floor_end_s": 2.0,
    "committed_s": 2.5, "translated_s": 2.6, "spoken_start_s": 3.0, "spoken_end_s": 4.25,
    "skipped": None,
}  # fmt: skip


def test_captions_are_timed_by_their_speech() -> None:
    assert web_vtt("es", [ROW], note="Machine voice: tones 1") == (
        "WEBVTT\n\nNOTE Machine voice: tones 1\nNOTE language: es\n\n"
        "1\n00:00:03.000 --> 00:00:04.250\nuno\n"
    )


def test_captions_of_what_was_not_spoken_say_so() -> None:
    skipped = {**ROW, "id": 2, "spoken_start_s": None, "spoken_end_s": None, "skipped": "behind"}

    captions = web_vtt("es", [skipped, {**skipped, "text": ""}], note="")

    assert captions.splitlines()[-3:] == ["2", "00:00:02.600 --> 00:00:03.600", "uno (not spoken)"]


def test_captions_keep_signs_that_mean_something_in_their_format() -> None:
    captions = web_vtt("es", [{**ROW, "text": "R&D: 1 < 2 --> 3"}], note="")

    assert re.findall("R.*", captions) == ["R&amp;D: 1 &lt; 2 --&gt; 3"]


def test_captions_go_on_after_an_hour() -> None:
    late = {**ROW, "spoken_start_s": 3599.9996, "spoken_end_s": 3661.5}

    assert "01:00:00.000 --> 01:01:01.500" in web_vtt("es", [late], note="").splitlines()


# What cannot be rehearsed


@pytest.mark.parametrize(
    ("source", "target", "error", "words"),
    [
        ("xx", "es", UnknownLanguage, "“xx” is not a language of this service; known: ar, bn, ca"),
        ("en", "xx", UnknownLanguage, "“xx” is not a language of this service"),
        ("ar", "es", PairUnsupported, "pocketsphinx does not recognise “ar”; it recognises: en"),
        ("en", "en", PairUnsupported, "“en” is the language of the floor; leave it out of --to"),
        ("en", "de", PairUnsupported, "no engine speaks “de”"),
    ],
)
def test_what_cannot_be_interpreted_is_refused_by_name(
    source: str, target: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=re.escape(words)):
        check(
            source=source,
            targets=[target],
            recognition="pocketsphinx",
            translator=Words(),
            speech=frozenset({"es"}),
        )
