import wave
from pathlib import Path

import numpy as np
import pytest

from translation.audio import SILENCE_DB, Resampler, level_db, read_sound, resample, write_wav
from translation.errors import BadSound
from translation.values import Samples, Sound


def tone(rate_hz: int, seconds: float = 0.5, hz: float = 440.0, level: float = 0.5) -> Samples:
    time_s = np.arange(round(rate_hz * seconds)) / rate_hz
    wave_form: Samples = (np.sin(2 * np.pi * hz * time_s) * level * 32767).astype(np.int16)
    return wave_form


def test_level_of_known_sounds() -> None:
    assert level_db(np.empty(0, np.int16)) == SILENCE_DB
    assert level_db(np.zeros(100, np.int16)) == SILENCE_DB
    assert level_db(np.full(100, -32768, np.int16)) == 0.0
    assert level_db(tone(16_000, level=1.0)) == pytest.approx(-3.0, abs=0.1)


@pytest.mark.parametrize(("from_hz", "to_hz"), [(48_000, 16_000), (22_050, 48_000)])
def test_resampling_in_chunks_equals_resampling_at_once(from_hz: int, to_hz: int) -> None:
    samples = tone(from_hz)
    resampler = Resampler(from_hz, to_hz)
    step = from_hz // 50
    chunks = [resampler.push(samples[i : i + step]) for i in range(0, len(samples), step)]
    chunks.append(resampler.push(samples[:0], last=True))

    whole = resample(Sound(samples, from_hz), to_hz)

    dither = 2
    assert np.abs(np.concatenate(chunks).astype(int) - whole.samples).max() <= dither
    assert whole.duration_s == pytest.approx(0.5, abs=0.001)


def test_resampling_to_the_same_rate_changes_nothing() -> None:
    samples = tone(16_000)

    assert Resampler(16_000, 16_000).push(samples) is samples


def test_resampling_keeps_the_tone() -> None:
    sound = resample(Sound(tone(48_000, hz=1000), 48_000), 16_000)

    difference = np.abs(sound.samples[400:-400] - tone(16_000, hz=1000)[400:-400].astype(int))
    assert difference.max() < 200


def test_a_written_file_is_read_back(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Sound(tone(16_000), 16_000))

    sound = read_sound(tmp_path / "a.wav")

    assert (sound.rate_hz, sound.samples.tolist()) == (16_000, tone(16_000).tolist())


def test_a_stereo_file_of_another_rate_is_read_as_16_khz_mono(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(np.repeat(tone(44_100), 2).tobytes())

    sound = read_sound(tmp_path / "stereo.wav")

    assert sound.duration_s == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "is not there"),
        (b"", "cannot be read as sound"),
        (b"this is no sound at all", "cannot be read as sound"),
    ],
)
def test_a_file_that_is_no_sound_is_named(
    tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    path = tmp_path / "talk.mp3"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadSound, match=rf"talk\.mp3 {complaint}"):
        read_sound(path)


@pytest.mark.parametrize(("seconds", "complaint"), [(0.0, "is empty"), (2.0, "is silent")])
def test_an_empty_or_silent_sound_is_named(tmp_path: Path, seconds: float, complaint: str) -> None:
    silence = np.zeros(round(16_000 * seconds), np.int16)
    write_wav(tmp_path / "talk.wav", Sound(silence, 16_000))

    with pytest.raises(BadSound, match=rf"talk\.wav {complaint}"):
        read_sound(tmp_path / "talk.wav")
