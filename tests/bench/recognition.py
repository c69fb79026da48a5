"""Word error rate and commit delay of the embedded recognition over the shared recordings.

    python -m tests.bench.recognition --set fleurs --set azure fwdflat=no beam=1e-48

`key=value` are the decoder's own settings. Delays are in floor time, from the end of a word (of a
clause: of its last word) to the moment when the floor job has it; what the computing costs comes
on top and is the last column, as a share of the sound's duration.
"""

import argparse
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from translation.audio import read_sound
from translation.engines.pocketsphinx import PocketSphinx
from translation.engines.silero import Silero
from translation.path.listen import Ear
from translation.path.segment import Clause
from translation.termbase_csv import read_csv
from translation.values import Samples

SPEECH = Path(__file__).parents[3] / "shared" / "speech"
FRAME = 320
SILENCE: Samples = np.zeros(16_000, np.int16)


@dataclass
class Figures:
    errors: int = 0
    words: int = 0
    clauses: int = 0
    sound_s: float = 0.0
    busy_s: float = 0.0
    delays_s: list[float] = field(default_factory=list)
    word_delays_s: list[float] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        delay, word_delay = self.delays_s, self.word_delays_s
        lone = sum(length == 1 for length in self.lengths)
        return (
            f"{name:10} WER {self.errors / self.words:6.1%}"
            f"  clause delay p50 {_quantile(delay, 0.5):.2f} p95 {_quantile(delay, 0.95):.2f} s"
            f"  word in clause p50 {_quantile(word_delay, 0.5):.2f}"
            f" p95 {_quantile(word_delay, 0.95):.2f} s"
            f"  {len(self.lengths)} clauses of {np.mean(self.lengths):.1f} words, {lone} lone"
            f"  {self.busy_s / self.sound_s:.2f} of real time"
        )


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words inserted, dropped or changed (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def plain(text: str) -> list[str]:
    return re.sub(r"[^\w' ]+", " ", text.lower().replace("\u2019", "'")).split()


def talks(folder: str) -> Iterator[tuple[Samples, str]]:
    """Sound and text; LJ Speech's consecutive sentences as one talk."""
    lines = (SPEECH / "manifest.jsonl").read_text().splitlines()
    chosen = [r for r in map(json.loads, lines) if r["audio"].startswith(folder)]
    english = [r for r in chosen if r["lang"] == "en"]
    sounds = [read_sound(SPEECH / r["audio"]).samples for r in english]
    if folder == "ljspeech":
        yield np.concatenate(sounds), " ".join(r["text"] for r in english)
    else:
        yield from zip(sounds, (r["text"] for r in english), strict=True)


def measure(folder: str, settings: dict[str, object], terms: Sequence[str]) -> Figures:
    figures = Figures()
    for samples, text in talks(folder):
        ear = Ear(
            recogniser=PocketSphinx("en", **settings),
            voice_activity=Silero(),
            language="en",
            terms=terms,
        )
        heard = []
        started = time.thread_time()
        whole = np.concatenate([samples, SILENCE])
        for start in range(0, len(whole), FRAME):
            for event in ear.hear(whole[start : start + FRAME], start / 16_000):
                if isinstance(event, Clause):
                    now_s = (start + FRAME) / 16_000
                    heard.append(event)
                    figures.delays_s.append(now_s - event.end_s)
                    figures.word_delays_s += [now_s - word.end_s for word in event.words]
        figures.busy_s += time.thread_time() - started
        figures.sound_s += len(samples) / 16_000
        said = plain(text)
        figures.words += len(said)
        figures.errors += word_errors(said, plain(" ".join(clause.text for clause in heard)))
        figures.lengths += [len(clause.words) for clause in heard]
        figures.texts += [clause.text for clause in heard]
    return figures


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share))


def _setting(text: str) -> tuple[str, object]:
    key, _, value = text.partition("=")
    if value in ("yes", "no"):
        return key, value == "yes"
    try:
        return key, int(value)
    except ValueError:
        pass
    try:
        return key, float(value)
    except ValueError:
        return key, value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", dest="sets", metavar="FOLDER")
    parser.add_argument(
        "--glossary", type=Path, metavar="CSV", help="terms that the talk's organizer prepared"
    )
    parser.add_argument("--texts", action="store_true", help="print the clauses too")
    parser.add_argument("settings", nargs="*", type=_setting, help="key=value")
    chosen = parser.parse_args()
    concepts = read_csv(chosen.glossary.read_bytes()) if chosen.glossary else []
    terms = [term.term for concept in concepts if (term := concept.term("en"))]
    for folder in chosen.sets or ("fleurs", "azure", "ljspeech"):
        figures = measure(folder, dict(chosen.settings), terms)
        print(figures.line(folder), flush=True)
        if chosen.texts:
            print("\n".join(figures.texts))


if __name__ == "__main__":
    main()
