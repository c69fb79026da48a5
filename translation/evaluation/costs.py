"""What an hour of floor costs, all its languages together."""

from collections.abc import Sequence
from typing import Any

from translation.evaluation.runs import Run

HOUR_S = 3600


def score(runs: Sequence[Run]) -> dict[str, Any]:
    """Runs of one set and source -> their row. Vendors' units as the engines counted them."""
    first = runs[0]
    floor_s = sum(run.duration_s for run in runs)
    cpu_s = sum(run.cpu_s for run in runs)
    gpu = [run.gpu_s for run in runs if run.gpu_s is not None]
    per_hour = HOUR_S / floor_s
    return {
        "set": first.talk.set,
        "source": first.talk.language,
        "targets": list(first.rendered),
        "floor_s": round(floor_s, 1),
        "cpu_s_per_hour": round(cpu_s * per_hour),
        "gpu_s_per_hour": round(sum(gpu) * per_hour) if gpu else None,
        "vendor_units_per_hour": {
            unit: round(sum(run.units.get(unit, 0) for run in runs) * per_hour)
            for unit in dict.fromkeys(unit for run in runs for unit in run.units)
        },
        "real_time_factor": round(cpu_s / floor_s, 3),
        "wall_real_time_factor": round(sum(run.wall_s for run in runs) / floor_s, 3),
    }
