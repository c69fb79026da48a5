"""Silero voice activity detection: the model that faster-whisper ships, in a session of our own.

faster-whisper itself is not imported: it would bring CTranslate2 and seconds of loading.
"""

import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime  # it publishes no types
from numpy.typing import NDArray

from translation.errors import EngineMissing
from translation.ports import Abilities

WINDOW = 512
"""Samples per question, at 16 kHz (32 ms)."""

CONTEXT = 64
"""Samples of the window before that the model wants to see again."""

_REMEDY = "install the requirements again (faster-whisper brings the model)"


def model_path() -> Path:
    """The bundled model file. Raises `EngineMissing`."""
    package = find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise EngineMissing(f"the Silero model is missing: {_REMEDY}")
    models = sorted((Path(package.origin).parent / "assets").glob("silero_vad*.onnx"))
    if not models:
        raise EngineMissing(f"the Silero model is missing from faster-whisper: {_REMEDY}")
    return models[-1]


class Silero:
    """One stream of sound: 512 samples in, how likely they are speech out. About 0.1 ms each."""

    def __init__(self) -> None:
        path = model_path()
        self.abilities = Abilities(
            name="Silero",
            version=(re.findall(r"v\d+", path.stem) or ["unknown"])[0],
            licence="MIT",
        )
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(path), providers=["CPUExecutionProvider"], sess_options=options
        )
        self._h = self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)

    def probability(self, window: NDArray[np.float32]) -> float:
        if window.shape != (WINDOW,):
            raise ValueError(f"a window is {WINDOW} samples, not {window.shape}")
        sound = np.concatenate([self._context, window]).astype(np.float32)[np.newaxis]
        answer, self._h, self._c = self._session.run(
            None, {"input": sound, "h": self._h, "c": self._c}
        )
        self._context = window[-CONTEXT:]
        return float(answer.reshape(-1)[0])

    def reset(self) -> None:
        self._h = self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)
