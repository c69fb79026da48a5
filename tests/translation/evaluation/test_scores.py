"""Scores of runs written by hand, by the scorers themselves."""

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.evaluation.a_run import a_run, recording
from translation.evaluation import captions, costs, latency, recognition, translations
from translation.evaluation.cost import Meter
from translation.evaluation.intervals import difference, interval, mean, ratio
from translation.evaluation.streaming import stream_scores
from translation.values import Draft

pytestmark = pytest.mark.slow

SAID = "we have seen a change of scale and nobody knows why"


def test_word_errors_are_those_of_jiwer_block_by_block() -> None:
    said = [f"word{number}" for number in range(60)]
    heard = [*said[:10], "more", *said[11:30], *said[32:], "end", "end"]
    run = a_run(recording(" ".join(said)), segments=[(" ".join(heard), 0, 9)])

    row, (detail,) = recognition.score([run])

    assert (row["wer"], row["words"]) == (round(5 / 60, 4), 60)
    assert (row["substitutions"], row["deletions"], row["insertions"]) == (1, 2, 2)
    assert detail["blocks"] == [[1, 25], [2, 25], [2, 10]]
    letters = np.sum(detail["character_blocks"], axis=0)
    assert row["cer"] == round(letters[0] / letters[1], 4)
    assert letters[1] == len(detail["said"])
    low, high = row["wer_interval"]
    assert low <= row["wer"] <= high


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=70),
    st.lists(st.sampled_from("abcd"), max_size=70),
)
def test_blocks_hold_every_error_and_every_word(said: list[str], heard: list[str]) -> None:
    run = a_run(recording(" ".join(said)), segments=[(" ".join(heard), 0, 9)])

    row, (detail,) = recognition.score([run])

    errors = row["substitutions"] + row["deletions"] + row["insertions"]
    assert np.sum(detail["blocks"], axis=0).tolist() == [errors, len(said)]


def test_nothing_recognised_is_an_error_of_every_word() -> None:
    row, _ = recognition.score([a_run(recording(SAID), segments=[])])

    assert (row["wer"], row["deletions"]) == (1.0, len(SAID.split()))


def test_a_loop_of_the_recogniser_is_counted_and_one_of_the_speaker_is_not() -> None:
    sung, heard = "la la la la we sing", "la la la la we sing we sing we sing"

    row, (detail,) = recognition.score([a_run(recording(sung), segments=[(heard, 0, 5)])])

    assert row["repetition_loops"] == detail["loops"] == 1


def test_rows_name_who_served_the_one_that_did_most_first() -> None:
    said = recording(SAID, references={"es": "hemos visto"})
    one = a_run(
        said, segments=[("we", 0, 2)], recognised_by="Ear 1", translated_by="LLM m",
        spoken_by="Piper v",
    )  # fmt: skip
    two = a_run(said, segments=[("have", 0, 2), ("seen", 2, 3)], recognised_by="Ear 2")

    assert recognition.score([one, two])[0]["engine"] == "Ear 2, Ear 1"
    translated, _ = translations.score([one, two], "es", None, "")
    assert translated is not None
    assert translated["engine"] == "Local 1, LLM m"
    spoken, _ = latency.score([one], "es", None, None)
    assert spoken["engine"] == "Ear 1; LLM m; Piper v"
    nothing = a_run(said, segments=[])
    assert recognition.score([nothing])[0]["engine"] == "First choice 1"


def test_a_perfect_translation_has_the_best_scores_and_says_how_they_are_made() -> None:
    run = a_run(
        recording(SAID, references={"es": "hemos visto un cambio de escala"}),
        segments=[("we have seen", 0, 2), ("a change of scale", 2, 4)],
        spanish=["hemos visto", "un cambio de escala"],
    )

    row, (detail,) = translations.score([run], "es", None, "")

    assert row is not None
    assert (row["bleu"], row["chrf"], row["comet"]) == (100.0, 100.0, None)
    assert row["bleu_signature"].startswith("nrefs:1|")
    assert "|tok:13a|" in row["bleu_signature"]
    assert detail["hypothesis"] == detail["reference"]


def test_without_a_reference_there_is_no_score() -> None:
    run = a_run(recording(SAID), segments=[("we have", 0, 2)])

    assert translations.score([run], "es", None, "") == (None, [])
    assert latency.streamed_captions([run], "es") is None


def test_a_talk_of_several_recordings_is_aligned_with_each_reference() -> None:
    one = recording("we have seen it", references={"es": "lo hemos visto"})
    two = recording("nobody knows", name="talks/2.wav", references={"es": "nadie lo sabe"})
    run = a_run(
        one, two, segments=[("we have seen it", 1, 9), ("nobody knows", 11, 19)],
        spanish=["lo hemos visto", "nadie lo sabe"],
    )  # fmt: skip
    job = latency.streamed_captions([run], "es")
    assert job is not None

    (scores,) = stream_scores([job])
    _, details = translations.score([run], "es", scores, "")

    assert [detail["hypothesis"] for detail in details] == ["lo hemos visto", "nadie lo sabe"]


def test_omnisteval_scores_a_stream_that_is_always_two_seconds_late() -> None:
    """Ten words in ten seconds, each shown two seconds after it began: by definition 2 s."""
    words = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]
    run = a_run(
        recording(SAID, references={"es": " ".join(words)}), part_s=10,
        segments=[(word, at, at + 1.5) for at, word in enumerate(words)], spanish=list(words),
    )  # fmt: skip
    job = latency.streamed_captions([run], "es")
    assert job is not None

    (scores,) = stream_scores([job])

    assert scores.stream_laal_s == pytest.approx(2)
    assert scores.long_yaal_s == pytest.approx(2)
    assert scores.long_yaal_ca_s == pytest.approx(2.25)
    assert scores.units_long_yaal_s == scores.units_stream_laal_s == [pytest.approx(2)]
    assert latency.streamed_details([run], "es", scores) == [
        {
            "set": "talks", "source": "en", "target": "es", "recording": "talks/one.wav",
            "reference": " ".join(words), "stream_laal_s": 2.0, "long_yaal_s": 2.0,
        }
    ]  # fmt: skip


def test_languages_without_spaces_are_streamed_by_character() -> None:
    run = a_run(
        recording("ten", references={"zh": "一二三四五六七八九十"}),
        segments=[(str(at), at, at + 1.5) for at in range(10)],
        spanish=list("一二三四五六七八九十"),
    )
    run = replace(run, rendered={"zh": run.rendered["es"]})
    job = latency.streamed_captions([run], "zh")
    assert job is not None

    (scores,) = stream_scores([job])

    assert scores.long_yaal_s == pytest.approx(2)
    assert scores.predictions == ["一二三四五六七八九十"]


def test_lag_counts_from_the_end_and_ear_voice_span_from_the_start() -> None:
    run = a_run(
        recording(SAID), segments=[("we have", 0, 2), ("a change", 2, 5), ("of scale", 5, 6)],
        spanish=["hemos", None, "de escala"], late_s=1.5,
    )  # fmt: skip

    row, details = latency.score([run], "es", None, None)

    assert row["lag_s"] == {"p50": 1.5, "p95": 1.5, "p99": 1.5}
    assert row["ear_voice_span_s"]["p50"] == 3.0
    assert row["caption_lag_s"]["p50"] == 0.75
    assert row["skipped"] == {"behind": 1}
    assert [detail["lag_s"] for detail in details] == [1.5, None, 1.5]
    assert row["drift"] is None


def test_drift_is_the_slope_within_talks_only() -> None:
    rows = [[talk, at, 5 * talk + at / 60] for talk in (0, 1) for at in range(0, 300, 10)]

    found = latency.drift(rows)

    assert found is not None
    assert found["s_per_minute"] == pytest.approx(1)
    assert found["interval"] == pytest.approx((1, 1))
    assert latency.drift(rows[:9]) is None


def test_captions_that_take_words_back_have_an_erasure() -> None:
    drafts = (
        (0.5, Draft(1, "en", "we have")),
        (1.0, Draft(1, "en", "we half seen a")),
        (9.0, Draft(1, "en", "too late to be shown")),
        (0.5, Draft(1, "es", "hemos")),
    )
    run = a_run(recording(SAID), segments=[("we have seen", 0, 2)], drafts=drafts)

    row, (detail,) = captions.score([run], "en")

    assert (row["drafts"], row["erased_words"], row["final_words"]) == (2, 1 + 3, 3)
    assert row["erasure"] == pytest.approx(4 / 3, abs=0.001)
    assert detail["erasure"] == [[1 + 3, 3]]
    assert captions.score([run], "es")[0]["drafts"] == 1


def test_words_that_go_on_in_the_next_caption_are_not_taken_back() -> None:
    drafts = (
        (1.5, Draft(1, "en", "we have seen a change")),
        (2.6, Draft(2, "en", "a change of")),
    )
    run = a_run(
        recording(SAID), segments=[("we have seen", 0, 2), ("a change of scale", 2, 4)],
        drafts=drafts,
    )  # fmt: skip

    row, (detail,) = captions.score([run], "en")

    assert (row["drafts"], row["erased_words"], row["final_words"]) == (2, 0, 7)
    assert detail["erasure"] == [[0, 3], [0, 4]]


def test_what_engines_counted_is_the_cost_of_an_hour() -> None:
    one = a_run(recording(SAID), segments=[("we", 0, 2)], units={"seconds recognised": 40})
    two = a_run(recording(SAID), segments=[("we", 0, 2)], units={"tokens": 5})

    row = costs.score([one, two])

    assert row["vendor_units_per_hour"] == {"seconds recognised": 40 * 180, "tokens": 5 * 180}
    assert (row["cpu_s_per_hour"], row["real_time_factor"]) == (1440, 0.4)
    assert row["wall_real_time_factor"] == 0.8
    assert row["gpu_s_per_hour"] is None


def test_the_meter_counts_processes_below_this_one() -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass\n"
    with Meter() as ended:
        subprocess.run([sys.executable, "-c", burn], check=True)
    with (
        Meter() as living,
        subprocess.Popen(
            [sys.executable, "-c", burn + "print(flush=True); input()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as child,
    ):  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()
        with Meter() as other:
            pass
        living.__exit__(None, None, None)
        child.communicate(b"\n")

    assert ended.cpu_s >= 0.3
    assert living.cpu_s >= 0.3
    assert other.cpu_s < 0.3


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-9, 9), min_size=2, max_size=30))
def test_an_interval_is_the_same_each_time_and_within_what_was_measured(
    values: list[float],
) -> None:
    rows = [[value] for value in values]
    found = interval(rows, mean)

    assert found == interval(rows, mean)
    assert found is not None
    low, high = found
    assert low <= high
    assert min(values) - 1e-3 <= low
    assert high <= max(values) + 1e-3


def test_an_interval_is_as_wide_as_theory_says() -> None:
    rows = [[float(value)] for value in np.random.default_rng(1).normal(0, 1, 400)]
    found = interval(rows, mean)

    assert found is not None
    assert found[1] - found[0] == pytest.approx(2 * 1.96 / math.sqrt(400), rel=0.15)


def test_paired_differences_are_narrower_than_unpaired() -> None:
    random = np.random.default_rng(2)
    before = [[float(random.integers(0, 9)), 25.0] for _ in range(40)]
    now = [[errors + 1, words] for errors, words in before]

    paired = difference(before, now, ratio, paired=True)
    unpaired = difference(before, now, ratio, paired=False)

    assert paired == pytest.approx((0.04, 0.04), abs=1e-4)
    assert unpaired is not None
    assert unpaired[0] < 0.04 < unpaired[1]
    assert difference(before[:1], now[:1], ratio, paired=True) is None
