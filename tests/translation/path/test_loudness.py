"""Measured twice: by our meter and by FFmpeg's `ebur128`."""

import subprocess
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ebu_r128 import lufs
from translation.audio import resample
from translation.engines.espeak import parse_wav, trimmed
from translation.path.loudness import (
    SLEW_LU_S,
    TARGET_LUFS,
    Level,
    Meter,
    VoiceLoudness,
    levelled,
)
from translation.values import Samples

pytestmark = pytest.mark.slow

RATE_HZ = 48_000
TICK = RATE_HZ // 50
LINES = (
    "Tenemos una casa muy grande cerca del mar.",
    "Buenos días a todos, hoy hablaremos de economía.",
    "Nadie sabe por qué.",
    "El presidente, que no estaba de acuerdo, dijo entonces que las cuentas de la empresa eran"
    " correctas y que no había más que hablar.",
    "Muchas gracias, señoras y señores.",
)


def sine(dbfs: float, *, seconds: float = 3.0, hz: float = 997, rate_hz: int = RATE_HZ) -> Samples:
    """`dbfs`: of its peak."""
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    return (np.sin(2 * np.pi * hz * times) * 32767 * 10 ** (dbfs / 20)).astype(np.int16)


@lru_cache
def speech(text: str, voice: str = "es") -> Samples:
    """eSpeak NG's, at 48 kHz."""
    asked = ["espeak-ng", "-v", voice, "-z", "--stdout", text]
    done = subprocess.run(asked, capture_output=True, check=True)
    return resample(trimmed(parse_wav(done.stdout)), RATE_HZ).samples


def louder(samples: Samples, lu: float) -> Samples:
    made: Samples = np.clip(samples * 10 ** (lu / 20), -32768, 32767).astype(np.int16)
    return made


# The meter


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_sine_of_minus_20_dbfs_is_minus_23_lufs_at_every_rate(rate_hz: int) -> None:
    """EBU Tech 3341, case 1, for one channel instead of two."""
    meter = Meter(rate_hz)
    meter.push(sine(-20.0, rate_hz=rate_hz))

    assert meter.lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.programs
@pytest.mark.parametrize("text", LINES)
def test_speech_measures_as_ffmpeg_measures_it(text: str) -> None:
    meter = Meter(RATE_HZ)
    meter.push(speech(text))

    assert meter.lufs == pytest.approx(lufs(speech(text), RATE_HZ), abs=0.05)


def test_pauses_do_not_count() -> None:
    """EBU Tech 3341, case 3, shortened: what is quieter than the gate lowers nothing."""
    parts = [sine(-33, seconds=3), sine(-20, seconds=12), sine(-33, seconds=3)]
    meter = Meter(RATE_HZ)
    for part in parts:
        meter.push(part)

    assert meter.lufs == pytest.approx(-23.0, abs=0.15)
    assert meter.lufs == pytest.approx(lufs(np.concatenate(parts), RATE_HZ), abs=0.05)


def test_silence_has_no_loudness() -> None:
    meter = Meter(RATE_HZ)
    assert meter.lufs is None
    meter.push(np.zeros(RATE_HZ, np.int16))

    assert meter.lufs is None


@given(st.lists(st.integers(1, 30_000), min_size=1, max_size=12))
@settings(deadline=None)
def test_pieces_measure_as_the_whole_does(cuts: list[int]) -> None:
    sound = np.concatenate([sine(-20, seconds=0.7), sine(-29, seconds=0.9, hz=90)])
    whole, pieces = Meter(RATE_HZ), Meter(RATE_HZ)
    whole.push(sound)
    for start, end in zip([0, *np.cumsum(cuts)], [*np.cumsum(cuts), len(sound)], strict=True):
        pieces.push(sound[start:end])

    assert pieces.seconds == pytest.approx(whole.seconds)
    assert pieces.lufs == pytest.approx(whole.lufs, abs=1e-6)


# Lines at one loudness


def played(line: Samples, voice: VoiceLoudness, *, pace: float, chunk_s: float = 0.25) -> Samples:
    """A line whose chunks come at `pace` times real time and are played as soon as they are there,
    20 ms at a time. 0: all of it at once."""
    level, out, come = Level(voice, RATE_HZ), [], 0
    chunk = int(chunk_s * RATE_HZ)
    first_s = chunk_s / pace if pace else 0.0
    for start in range(0, len(line), TICK):
        now_s = first_s + start / RATE_HZ
        there = int(now_s * pace * RATE_HZ) // chunk * chunk if pace else len(line)
        while come < min(there, len(line)):
            end = min(len(line), come + (chunk if pace else len(line)))
            level.hear(line[come:end])
            come = end
            if come == len(line):
                level.complete()
        assert come >= min(start + TICK, len(line))
        out.append(level.apply(line[start : start + TICK]))
    return np.concatenate(out)


@pytest.mark.programs
@pytest.mark.parametrize("own_lu", [-16.0, -6.0, 0.0, 6.0])
@pytest.mark.parametrize("pace", [0.0, 2.0, 4.0, 10.0])
def test_every_line_of_a_second_or_more_is_as_loud_as_any_other(own_lu: float, pace: float) -> None:
    """The first of a voice that nobody knows, too; and lines that differ among themselves."""
    voice, measured = VoiceLoudness(), []
    for number, text in enumerate(LINES):
        line = louder(speech(text), own_lu + (number % 3 - 1) * 2.0)
        assert len(line) >= RATE_HZ
        measured.append(lufs(played(line, voice, pace=pace), RATE_HZ))

    assert measured == pytest.approx([TARGET_LUFS] * len(LINES), abs=1.0)


@pytest.mark.programs
def test_voices_of_different_engines_and_pitches_are_as_loud() -> None:
    voices = [("es", -8.0), ("es+f2", 0.0), ("fr-fr+m3", -14.0), ("de+whisper", 4.0)]
    lines = [louder(speech(LINES[1], name), own_lu) for name, own_lu in voices]

    measured = [lufs(levelled(line, RATE_HZ), RATE_HZ) for line in lines]

    assert max(measured) - min(measured) < 1.0


def test_a_known_voice_needs_no_first_line_to_be_learnt() -> None:
    tone = sine(-40, seconds=0.02)
    known, unknown = (Level(VoiceLoudness(own), RATE_HZ).apply(tone) for own in (-43.0, None))

    assert np.abs(known).max() / np.abs(tone).max() == pytest.approx(10 ** (23 / 20), rel=0.02)
    assert np.abs(unknown).max() < np.abs(known).max() / 5


def test_a_gain_never_jumps() -> None:
    level = Level(VoiceLoudness(), RATE_HZ)
    tone = sine(-40, seconds=2)
    level.hear(tone[: RATE_HZ // 4])
    before = level.apply(tone[:TICK]).astype(float)
    level.hear(louder(tone, 24))
    level.complete()
    after = level.apply(tone[:TICK]).astype(float)

    change_lu = 20 * np.log10(np.abs(after).max() / np.abs(before).max())
    assert abs(change_lu) <= SLEW_LU_S * 0.02 * 1.1


@given(st.floats(-60, 0), st.floats(-60, 0))
@settings(deadline=None, max_examples=30)
def test_nothing_clips_and_silence_stays_silence(first_db: float, second_db: float) -> None:
    sound = np.concatenate([sine(first_db, seconds=0.5), sine(second_db, seconds=0.5)])
    assert np.abs(levelled(sound, RATE_HZ).astype(int)).max() <= 0.9 * 32768
    silence = np.zeros(1000, np.int16)
    assert not levelled(silence, RATE_HZ).any()
