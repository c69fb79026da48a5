"""What a stretch of work costs: CPU seconds of this process and all below it, GPU seconds."""

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType

GPU_EVERY_S = 1.0


class Meter:
    """`with Meter() as meter: ...` -> `cpu_s`, `wall_s`, `gpu_s`.

    `gpu_s`: how busy NVIDIA's GPUs were (all of them, whoever kept them busy), integrated; None
    where there is none.
    """

    def __enter__(self) -> "Meter":
        self._started_s, self._cpu_s = time.monotonic(), _cpu_s()
        self._gpu = _Gpus() if shutil.which("nvidia-smi") else None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wall_s = time.monotonic() - self._started_s
        self.cpu_s = _cpu_s() - self._cpu_s
        self.gpu_s = self._gpu.stop() if self._gpu else None


class _Gpus:
    def __init__(self) -> None:
        self._busy_s = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="gpu", daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._busy_s

    def _watch(self) -> None:
        query = ["nvidia-smi", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"]
        before_s = time.monotonic()
        while not self._over.wait(GPU_EVERY_S):
            done = subprocess.run(query, capture_output=True, text=True, timeout=10, check=False)
            now_s = time.monotonic()
            busy = [int(line) for line in done.stdout.split() if line.isdigit()]
            self._busy_s += (now_s - before_s) * sum(busy) / 100
            before_s = now_s


def _cpu_s() -> float:
    """Of this process, of the children that it has waited for, and of those that live (where the
    system has /proc)."""
    times = os.times()
    own_s = times.user + times.system + times.children_user + times.children_system
    return own_s + sum(_living_s(child) for child in _descendants(os.getpid()))


def _descendants(process: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(child) for child in tasks.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_descendants(child)]
    return found


def _living_s(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
