"""Which words of a whole-buffer recogniser to settle: alignment against agreement.

    python -m tests.bench.commit --set fleurs alignment:0.3 alignment:0.5 agreement

PocketSphinx hears each buffer from its beginning, as Whisper would, and gives word times: the
policies of `path.settle` are compared over a real recogniser. It is PocketSphinx's hearing and not
Whisper's: WER compares policies with each other, nothing else. Delays are in floor time, from the
end of a word to the step at which it was settled; computing is not counted.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from tests.bench.recognition import FRAME, SILENCE, plain, talks, word_errors
from translation.engines.pocketsphinx import PocketSphinx
from translation.engines.silero import Silero
from translation.path.listen import RATE_HZ, Ear
from translation.path.recognise import following
from translation.path.rolling import Rolling, RollingSettings, Said
from translation.path.segment import Clause
from translation.path.settle import Commit, CommitSettings
from translation.ports import Abilities, Listening
from translation.values import Samples, Word


@dataclass
class Figures:
    errors: int = 0
    words: int = 0
    delays_s: list[float] = field(default_factory=list)
    steps: int = 0

    def line(self, name: str) -> str:
        p50, p95 = (float(np.quantile(self.delays_s, share)) for share in (0.5, 0.95))
        return (
            f"{name:28} WER {self.errors / self.words:6.1%} of {self.words}"
            f"  settled after p50 {p50:.2f} p95 {p95:.2f} s  {self.steps} steps"
        )


class Rehearing:
    """A `Recogniser`: PocketSphinx, over whole buffers. `figures` learn when words are settled."""

    abilities = Abilities("PocketSphinx, whole buffers", "", "", listening=Listening(agreeing=0))

    def __init__(self, commit: CommitSettings, figures: Figures) -> None:
        self._engine = PocketSphinx("en")
        self._commit = commit
        self._figures = figures

    def open(self, *, terms: Sequence[str] = ()) -> "Watched":
        settings = RollingSettings(commit=self._commit)
        return Watched(Rolling(self._hear, settings, clock=lambda: 0.0), self._figures)

    def _hear(self, samples: Samples, said: Said) -> Sequence[Word]:
        self._figures.steps += 1
        stream = self._engine.open()
        stream.push(samples)
        return following(stream.finish(), said.settled[-1] if said.settled else None)


class Watched:
    """A `RecognitionStream` that notes how long after its end each word was settled."""

    def __init__(self, rolling: Rolling, figures: Figures) -> None:
        self._rolling = rolling
        self._figures = figures
        self._heard_s = 0.0
        self._settled = 0

    def push(self, samples: Samples) -> None:
        self._rolling.push(samples)
        self._heard_s += len(samples) / RATE_HZ

    def hypothesis(self) -> list[Word]:
        return self._noted(self._rolling.hypothesis())

    def finish(self) -> list[Word]:
        return self._noted(self._rolling.finish())

    def _noted(self, words: list[Word]) -> list[Word]:
        settled = [word for word in words if word.settled]
        self._figures.delays_s += [self._heard_s - word.end_s for word in settled[self._settled :]]
        self._settled = len(settled)
        return words


def measure(folder: str, commit: CommitSettings) -> Figures:
    figures = Figures()
    for samples, text in talks(folder):
        recogniser = Rehearing(commit, figures)
        ear = Ear(recogniser=recogniser, voice_activity=Silero(), language="en")
        whole = np.concatenate([samples, SILENCE])
        heard = [
            event.text
            for start in range(0, len(whole), FRAME)
            for event in ear.hear(whole[start : start + FRAME], start / RATE_HZ)
            if isinstance(event, Clause)
        ]
        said = plain(text)
        figures.words += len(said)
        figures.errors += word_errors(said, plain(" ".join(heard)))
    return figures


def _policy(text: str) -> CommitSettings:
    """`alignment:0.5` (seconds of its edge), `agreement`."""
    name, _, edge_s = text.partition(":")
    return CommitSettings(Commit(name), float(edge_s or CommitSettings().edge_s))


def _measured(job: tuple[str, str]) -> str:
    folder, policy = job
    return measure(folder, _policy(policy)).line(f"{folder} {policy}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", dest="sets", metavar="FOLDER")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("policies", nargs="*", default=["alignment", "agreement"])
    chosen = parser.parse_args()
    jobs = product(chosen.sets or ("fleurs", "azure", "ljspeech"), chosen.policies)
    with ProcessPoolExecutor(chosen.processes) as pool:
        for line in pool.map(_measured, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
