"""What an hour of floor costs, all its languages together."""

from collections.abc import Sequence
from typing import Any

from translation.evaluation.runs import Run

HOUR_S = 3600


def score(runs: Sequence[Run]) -> dict[str, Any]:
    """Runs of one set and source -> their row. Vendors' units count for engines that need the
    network: seconds recognised, characters translated (once a language) and spoken."""
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
            unit: round(sum(_units(run)[unit] for run in runs) * per_hour) for unit in _units(first)
        },
        "real_time_factor": round(cpu_s / floor_s, 3),
        "wall_real_time_factor": round(sum(run.wall_s for run in runs) / floor_s, 3),
    }


def _units(run: Run) -> dict[str, float]:
    asked = sum(len(segment.text) for segment in run.segments) * len(run.rendered)
    spoken = sum(
        len(each.translation.text)
        for rendered in run.rendered.values()
        for each in rendered
        if each.translation and each.started_s is not None
    )
    units = {
        "recognition": ("seconds recognised", run.duration_s),
        "translation": ("characters translated", asked),
        "speech": ("characters spoken", spoken),
    }
    return {name: count for slot, (name, count) in units.items() if run.engines[slot].needs_network}
