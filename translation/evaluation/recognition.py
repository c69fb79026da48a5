"""How well was recognised what was said: word and character error rate, by jiwer."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import jiwer

from translation.evaluation.intervals import interval, ratio
from translation.evaluation.loops import loops
from translation.evaluation.runs import Run, named
from translation.evaluation.words import NORMALISER, normalised

BLOCK, CHARACTERS = 25, 125
"""Words (and characters) of the reference that are resampled together: errors come in bursts."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A talk's words as they are compared."""

    said: str
    heard: str


def score(runs: Sequence[Run]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Runs of one set and language -> their row, and the detail of each talk: errors and words
    of each block of `BLOCK` words, the same of `CHARACTERS` characters, and its loops."""
    talks = [_compared(run) for run in runs]
    said, heard = [talk.said for talk in talks], [talk.heard for talk in talks]
    words: Any = jiwer.process_words(said, heard)
    characters: Any = jiwer.process_characters(said, heard)
    details: list[dict[str, Any]] = [
        {
            "set": run.talk.set,
            "language": run.talk.language,
            "talk": run.talk.name,
            "duration_s": round(run.duration_s, 3),
            "said": talk.said,
            "heard": talk.heard,
            "blocks": _blocks(chunks, len(talk.said.split()), BLOCK),
            "character_blocks": _blocks(letters, len(talk.said), CHARACTERS),
            "loops": _more_loops(talk),
        }
        for run, talk, chunks, letters in zip(
            runs, talks, words.alignments, characters.alignments, strict=True
        )
    ]
    blocks = [block for detail in details for block in detail["blocks"]]
    first = runs[0]
    row = {
        "set": first.talk.set,
        "language": first.talk.language,
        "engine": named(label for run in runs for label in run.recognised_by),
        "wer": round(words.wer, 4),
        "wer_interval": interval(blocks, ratio),
        "cer": round(characters.cer, 4),
        "terms": max(run.terms for run in runs),
        "words": sum(len(text.split()) for text in said),
        "substitutions": words.substitutions,
        "deletions": words.deletions,
        "insertions": words.insertions,
        "repetition_loops": sum(detail["loops"] for detail in details),
        "recordings": sum(len(run.parts) for run in runs),
        "seconds": round(sum(run.duration_s for run in runs), 1),
        "normaliser": NORMALISER,
        "scorer": f"jiwer {version('jiwer')}",
    }
    return row, details


def _compared(run: Run) -> Compared:
    said = " ".join(part.recording.text for part in run.parts)
    language = run.talk.language
    return Compared(normalised(said, language), normalised(run.text, language))


def _more_loops(talk: Compared) -> int:
    """Those that nobody said."""
    return max(0, loops(talk.heard.split()) - loops(talk.said.split()))


def _blocks(chunks: Sequence[Any], words: int, size: int) -> list[list[int]]:
    """jiwer's alignment of a talk -> `[errors, words]` of each block. What was inserted counts
    where the next word stands."""
    blocks = [[0, min(size, words - start)] for start in range(0, words, size)]
    for chunk in chunks:
        if chunk.type == "insert":
            at = min(chunk.ref_start_idx, words - 1) // size
            blocks[at][0] += chunk.hyp_end_idx - chunk.hyp_start_idx
        elif chunk.type in ("substitute", "delete"):
            for word in range(chunk.ref_start_idx, chunk.ref_end_idx):
                blocks[word // size][0] += 1
    return blocks
