"""A Piper voice on disk: `de_DE-thorsten-medium.onnx` and `.onnx.json` beside it.

    "hallo"  ->  h a l o  ->  [1, 0, 20, 0, 14, 0, ..., 2]  ->  samples

The model is VITS as Piper exports it: `input` (1, ids), `input_lengths` (1), `scales` (noise,
length, noise of the lengths) and, with several speakers, `sid`; out come samples in [-1, 1].
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from translation.errors import EngineBroken, EngineMissing
from translation.values import Samples, Sound

PAD, BEGIN, END = "_", "^", "$"
MOST_IDS = 3000
"""About a minute of speech; a sentence is cut there."""


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """Of the `.json`. `phonemes`: what each stands for in numbers. `spelled`: the model reads
    letters, no phonemes. `scales`: noise, length, noise of the lengths."""

    name: str
    rate_hz: int
    espeak_voice: str
    spelled: bool
    phonemes: Mapping[str, tuple[int, ...]]
    speakers: Mapping[str, int]
    speaker_count: int
    scales: tuple[float, float, float]

    def ids(self, phonemes: str) -> list[int]:
        """Every code point by itself, accents apart, the pad between; unknown ones are left out."""
        points = unicodedata.normalize("NFD", phonemes)
        pad = self.phonemes.get(PAD, ())
        ids = [*self.phonemes.get(BEGIN, ()), *pad]
        for point in points:
            if found := self.phonemes.get(point):
                ids += [*found, *pad]
        return [*ids[:MOST_IDS], *self.phonemes.get(END, ())]


def voice_files(folder: Path) -> dict[str, Path]:
    """The voices of a folder by their names."""
    found = sorted(folder.glob("*.onnx")) if folder.is_dir() else []
    return {path.stem: path for path in found if _beside(path).is_file()}


def read_facts(path: Path) -> VoiceFacts:
    """Raises `EngineMissing`, naming the file and what is wrong with it."""
    try:
        given = json.loads(_beside(path).read_text())
        kind = str(given.get("phoneme_type", "espeak"))
        inference = given.get("inference", {})
        facts = VoiceFacts(
            name=path.stem,
            rate_hz=int(given["audio"]["sample_rate"]),
            espeak_voice=str(given.get("espeak", {}).get("voice", "")),
            spelled=kind == "text",
            phonemes={point: _ids(ids) for point, ids in given["phoneme_id_map"].items()},
            speakers={str(k): int(v) for k, v in given.get("speaker_id_map", {}).items()},
            speaker_count=int(given.get("num_speakers", 1)),
            scales=(
                float(inference.get("noise_scale", 0.667)),
                float(inference.get("length_scale", 1.0)),
                float(inference.get("noise_w", 0.8)),
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineMissing(
            f"{_beside(path)} is no description of a Piper voice ({type(error).__name__}); fetch"
            " the voice again"
        ) from None
    if kind not in ("espeak", "text"):
        raise EngineMissing(f"the Piper voice {path.stem} wants “{kind}”, which is not built in")
    return facts


class PiperVoice:
    """A loaded model. Blocking: make it and call it from a worker thread."""

    def __init__(self, path: Path, *, threads: int) -> None:
        import onnxruntime  # a tenth of a second: only who speaks with it pays

        self.facts = read_facts(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001 - its errors share no base class
            raise EngineMissing(
                f"{path} cannot be loaded ({type(error).__name__}); fetch the voice again"
            ) from None
        self._takes_speaker = any(each.name == "sid" for each in self._session.get_inputs())

    def speak(self, phonemes: str, *, speaker: str, speed: float) -> Sound:
        """Raises `EngineBroken`."""
        ids = self.facts.ids(phonemes)
        noise, length, noise_of_lengths = self.facts.scales
        given = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([noise, length / speed, noise_of_lengths], np.float32),
        }
        if self._takes_speaker:
            given["sid"] = np.array([self.facts.speakers.get(speaker, 0)], np.int64)
        try:
            (wave,) = self._session.run(None, given)
        except Exception as error:  # noqa: BLE001 - its errors share no base class
            raise EngineBroken(
                f"the Piper voice {self.facts.name} failed ({type(error).__name__})"
            ) from None
        samples: Samples = np.clip(np.nan_to_num(wave.reshape(-1)) * 32767, -32768, 32767).astype(
            np.int16
        )
        return Sound(samples, self.facts.rate_hz)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _ids(given: int | Sequence[int]) -> tuple[int, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)
