"""What a figure was measured on."""

import os
from typing import Any

import psutil


class Machine:
    """From now on: how much of its cores' time other machines on the same host took. A figure that
    was measured while a tenth was taken says little."""

    def __init__(self) -> None:
        self._before = psutil.cpu_times()

    def told(self) -> dict[str, Any]:
        """`stolen`: a share of all time, 0 where the system does not tell."""
        now = psutil.cpu_times()
        passed = sum(now) - sum(self._before)
        stolen = getattr(now, "steal", 0.0) - getattr(self._before, "steal", 0.0)
        return {"cores": os.cpu_count(), "stolen": round(stolen / max(1e-9, passed), 4)}
