from pathlib import Path

import numpy as np
import pytest

from tests.translation.test_audio import tone
from translation.audio import read_sound, write_wav
from translation.errors import BadSound
from translation.flow import SessionClock
from translation.transport.sound_file import SoundFileFloor, SoundFileSink
from translation.values import Sound


async def test_floor_gives_a_file_in_20_ms_pieces_and_silence_after_it(tmp_path: Path) -> None:
    samples = tone(16_000, seconds=0.05)
    write_wav(tmp_path / "talk.wav", Sound(samples, 16_000))
    floor = SoundFileFloor(tmp_path / "talk.wav", silence_s=0.03)

    pieces = [piece async for piece in floor.pieces()]

    assert [at_s for _, at_s in pieces] == [0.0, 0.02, 0.04, 0.06]
    joined = np.concatenate([piece for piece, _ in pieces])
    assert joined.tolist() == [*samples.tolist(), *[0] * 480]
    assert (floor.duration_s, floor.heard_s) == (0.05, 0.05)


async def test_floor_keeps_the_clocks_pace(tmp_path: Path) -> None:
    write_wav(tmp_path / "talk.wav", Sound(tone(16_000, seconds=0.1), 16_000))
    clock = SessionClock.starting_now()
    floor = SoundFileFloor(tmp_path / "talk.wav", clock, silence_s=0.0)

    early_s = [at_s + 0.02 - clock.now() async for _, at_s in floor.pieces()]

    assert max(early_s) <= 0.001


async def test_floor_refuses_what_is_no_sound(tmp_path: Path) -> None:
    with pytest.raises(BadSound, match=r"talk\.wav is not there"):
        SoundFileFloor(tmp_path / "talk.wav")


async def test_sink_writes_what_was_played(tmp_path: Path) -> None:
    sink = SoundFileSink(SessionClock.starting_now(), "channel.es.1")
    played = tone(24_000, seconds=0.04)
    for start in range(0, len(played), 480):
        await sink.play(played[start : start + 480])

    sink.write(tmp_path / "es.wav")

    assert read_sound(tmp_path / "es.wav", sink.rate_hz).samples.tolist() == played.tolist()
