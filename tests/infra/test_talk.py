"""What `make run` puts on the floor."""

from pathlib import Path

import av
import numpy as np
import pytest

from infra.run.talk import talk_of
from interpret.demo_talk import demo_talk
from translation.audio import read_sound

RATE_HZ = 48_000


def a_phones_recording(path: Path) -> Path:
    """A second of a tone, as phones record it: AAC in MPEG 4, which soundfile cannot read."""
    tone = (np.sin(2 * np.pi * 440 * np.arange(RATE_HZ) / RATE_HZ) * 8_000).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(tone[None, :], format="s16", layout="mono")
    frame.sample_rate = RATE_HZ
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_any_sound_that_phones_record_can_be_put_on_the_floor(tmp_path: Path) -> None:
    recording = a_phones_recording(tmp_path / "talk.m4a")
    assert talk_of([recording]) == [recording]
    assert read_sound(recording, RATE_HZ).duration_s == pytest.approx(1, abs=0.1)


def test_what_cannot_be_played_ends_the_run_with_a_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.m4a"
    broken.write_bytes(b"no sound at all")
    with pytest.raises(SystemExit, match=r"broken\.m4a cannot be read as sound"):
        talk_of([broken])


def test_a_system_without_the_demos_talk_has_none(tmp_path: Path) -> None:
    assert demo_talk(tmp_path) == []
    (tmp_path / "fileids").write_text("one\ntwo\n")
    assert demo_talk(tmp_path) == [tmp_path / "one.wav", tmp_path / "two.wav"]
