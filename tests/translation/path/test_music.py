"""Recognisers invent text where there is music: it must not come to them, or not from them."""

from collections.abc import Sequence
from typing import get_args

import numpy as np
import pytest

from tests.music import Instrument, music
from tests.translation.engines.recordings import SAID, spoken_english
from translation.engines.silero import Silero
from translation.path.listen import RATE_HZ, Ear, Heard
from translation.path.rolling import Rolling, RollingSettings, Said
from translation.path.segment import Clause
from translation.ports import Abilities, Listening
from translation.values import Samples, Word

SPOKEN_S = 3.0


class Inventive:
    """A `Recogniser` over a hearing that has something to say for every sound: what is said in
    the recording while it lasts, then thanks, once a second."""

    abilities = Abilities("inventive", "1", "", listening=Listening(every_s=0.1, agreeing=0))

    def __init__(self) -> None:
        self.heard_s: list[float] = []

    def open(self, *, terms: Sequence[str] = ()) -> Rolling:
        return Rolling(self._hear, RollingSettings(step_s=0.3), clock=lambda: 0.0)

    def _hear(self, samples: Samples, said: Said) -> Sequence[Word]:
        seconds = len(samples) / RATE_HZ
        self.heard_s.append(seconds)
        words = SAID.split()
        each_s = SPOKEN_S / len(words)
        spoken = [Word(w, n * each_s, (n + 1) * each_s) for n, w in enumerate(words)]
        thanks = [Word(f"thanks{n}", n, n + 1) for n in range(4, int(seconds))]
        heard = [word for word in (*spoken, *thanks) if word.end_s <= seconds]
        return heard[len(said.settled) :]


def hear(ear: Ear, sound: Samples) -> list[Heard]:
    heard: list[Heard] = []
    for start in range(0, len(sound), 1600):
        heard += ear.hear(sound[start : start + 1600], start / RATE_HZ)
    return heard


def listening(recogniser: Inventive) -> Ear:
    return Ear(recogniser=recogniser, voice_activity=Silero(), language="en")


@pytest.mark.parametrize("instrument", get_args(Instrument))
def test_music_alone_is_never_recognised(instrument: Instrument) -> None:
    recogniser = Inventive()

    assert hear(listening(recogniser), music(8, instrument)) == []
    assert recogniser.heard_s == []


@pytest.mark.programs
@pytest.mark.parametrize("instrument", get_args(Instrument))
def test_music_behind_speech_ends_the_utterance(instrument: Instrument) -> None:
    recogniser = Inventive()
    sound = np.concatenate([spoken_english(), music(8, instrument)])

    clauses = [each for each in hear(listening(recogniser), sound) if isinstance(each, Clause)]

    assert " ".join(clause.text for clause in clauses) == SAID
    assert max(recogniser.heard_s) < SPOKEN_S + 1.5


def test_the_same_words_over_and_over_for_a_song_are_said_once() -> None:
    """As where somebody sings, which is taken for speech."""

    def thanks(samples: Samples, said: Said) -> Sequence[Word]:
        count = int(len(samples) / RATE_HZ)
        words = [Word(text, n, n + 0.5) for n in range(count) for text in ("thank", "you")]
        return words[len(said.settled) :]

    rolling = Rolling(thanks, clock=lambda: 0.0)
    sound = music(20, "strings")
    for start in range(0, len(sound), 1600):
        rolling.push(sound[start : start + 1600])
        rolling.hypothesis()

    assert len(rolling.finish()) <= 6
