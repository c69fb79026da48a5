"""How fast and how large models of real size are, with random weights: never how good.

    python -m tests.bench.weights                      all of them, on the GPU where there is one
    python -m tests.bench.weights --tiny whisper       the script itself, in a minute

Whisper: what a step costs that hears 20 s of sound (one encoding, 32 new tokens, the alignment),
and that as a share of the 0.6 s between steps. NLLB: milliseconds for a clause into 1, 4, 16 and 32
languages, 25 tokens a line, as one batch. A random model does not know when a sentence ends, so
lengths are given. Each is measured in a process of its own. CTranslate2 counts with 8 bits on a
CPU and 16 on a GPU, torch (the extra `local`) with 32 and 16; its step has no alignment.

Writes build/bench/weights.json and prints a table.
"""

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import cast

from tests.bench.shapes import NLLB, TINY_NLLB, TINY_WHISPER, WHISPER, Models, NllbShape

WHISPER_NAME = "whisper-large-v3-turbo"
OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "weights.json"
LANGUAGES = (1, 4, 16, 32)
STEP_S = 0.6
ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """`parts_s`: of a step of Whisper's. `ms`: by the number of languages."""

    model: str
    engine: str
    device: str
    parts_s: Mapping[str, float] = field(default_factory=dict)
    ms: Mapping[int, float] = field(default_factory=dict)
    memory_mb: float = 0.0

    @property
    def real_time_factor(self) -> float | None:
        return sum(self.parts_s.values()) / STEP_S if self.parts_s else None

    def line(self) -> str:
        parts = "  ".join(f"{name} {s * 1000:.0f} ms" for name, s in self.parts_s.items())
        factor = f"  {self.real_time_factor:.2f} of real time" if self.real_time_factor else ""
        lines = "  ".join(f"{count}: {ms:.0f} ms" for count, ms in self.ms.items())
        most = max(LANGUAGES)
        ratio = f"  ({most} cost {self.ms[most] / self.ms[1]:.1f} x 1)" if self.ms else ""
        return (
            f"{self.model:24}{self.engine:14}{self.device:6}{self.memory_mb:8.0f} MB  "
            f"{parts}{factor}{lines}{ratio}"
        )


@dataclass(frozen=True)
class Job:
    model: str
    engine: str
    device: str
    tiny: bool
    folder: Path


def timed_s(work: Callable[[], object]) -> float:
    """Median of some rounds; the first, which warms up, does not count."""
    took = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took[1:])


def models(job: Job) -> Models:
    return cast(Models, import_module(f"tests.bench.random_{job.engine}"))


def nllb_shape(job: Job) -> NllbShape:
    return TINY_NLLB if job.tiny else NLLB[job.model]


def build(job: Job) -> None:
    """What lies in a folder; in a process that ends, with all it needed for it."""
    if job.model == WHISPER_NAME:
        models(job).build_whisper(job.folder, TINY_WHISPER if job.tiny else WHISPER)
    else:
        models(job).build_nllb(job.folder, nllb_shape(job))


def measure(job: Job) -> Row:
    made, before_mb = models(job), _memory_mb(job.device)
    row = Row(job.model, job.engine, job.device)
    if job.model == WHISPER_NAME:
        parts = made.whisper(job.folder, TINY_WHISPER if job.tiny else WHISPER, job.device)
        row = replace(row, parts_s={name: timed_s(part) for name, part in parts.items()})
    else:
        translate = made.nllb(job.folder, nllb_shape(job), job.device)
        ms = {count: 1000 * timed_s(partial(translate, count)) for count in LANGUAGES}
        row = replace(row, ms=ms)
    return replace(row, memory_mb=_memory_mb(job.device) - before_mb)


def _memory_mb(device: str) -> float:
    """Of this process now, or what is in use on the GPU."""
    if device == "cpu":
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    asked = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


def apart(work: Callable[[Job], object], job: Job) -> object:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, job).result()


def device_of(engine: str, wished: str) -> str:
    if wished != "auto":
        return wished
    if engine == "ctranslate2":
        import ctranslate2

        return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", help="parts of names; all where none is given")
    parser.add_argument("--engine", action="append", choices=("ctranslate2", "transformers"))
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--tiny", action="store_true", help="tiny models: tries the script")
    chosen = parser.parse_args()
    there = {"ctranslate2": find_spec("ctranslate2"), "transformers": find_spec("torch")}
    engines = chosen.engine or [name for name, found in there.items() if found]
    names = [WHISPER_NAME, *NLLB]
    rows: list[Row] = []
    for engine in engines:
        device = device_of(engine, chosen.device)
        for name in names:
            if chosen.models and not any(part in name for part in chosen.models):
                continue
            with TemporaryDirectory() as folder:
                job = Job(name, engine, device, chosen.tiny, Path(folder) / name)
                apart(build, job)
                row = apart(measure, job)
            assert isinstance(row, Row)
            print(row.line(), flush=True)
            rows.append(row)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "cores": os.cpu_count(),
        "tiny": chosen.tiny,
        "models": [{**asdict(row), "real_time_factor": row.real_time_factor} for row in rows],
    }
    OUT.write_text(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
