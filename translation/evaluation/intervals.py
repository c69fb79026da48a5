"""Bootstrap intervals, from fixed seeds: the same figures give the same interval."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 12345
SAMPLES = 1000
SHARE = 95.0

Rows = NDArray[np.float64]
"""One row a thing that was measured; resampled row by row."""

Interval = tuple[float, float]


def interval(rows: Sequence[Sequence[float]], measure: Callable[[Rows], float]) -> Interval | None:
    """Where 95 % of what is measured on resampled rows lies; None for fewer than two rows."""
    if len(rows) < 2:
        return None
    return _between([measure(sample) for sample in _samples(np.asarray(rows, float))])


def difference(
    before: Sequence[Sequence[float]],
    now: Sequence[Sequence[float]],
    measure: Callable[[Rows], float],
    *,
    paired: bool,
) -> Interval | None:
    """Of `measure(now) - measure(before)`. `paired`: rows belong together, one to one, and are
    resampled together."""
    if len(before) < 2 or len(now) < 2:
        return None
    first, second = np.asarray(before, float), np.asarray(now, float)
    befores = _samples(first)
    nows = _samples(second) if paired else _samples(second, seed=SEED + 1)
    return _between([measure(b) - measure(a) for a, b in zip(befores, nows, strict=True)])


def ratio(rows: Rows) -> float:
    """Of the sums of two columns: errors over words."""
    return float(rows[:, 0].sum() / max(1.0, rows[:, 1].sum()))


def percentile(share: float) -> Callable[[Rows], float]:
    """Of the first column."""
    return lambda rows: float(np.percentile(rows[:, 0], share))


def mean(rows: Rows) -> float:
    """Of the first column."""
    return float(rows[:, 0].mean())


def _samples(rows: Rows, seed: int = SEED) -> list[Rows]:
    random = np.random.default_rng(seed)
    return [rows[random.integers(0, len(rows), len(rows))] for _ in range(SAMPLES)]


def _between(values: Sequence[float]) -> Interval:
    low, high = np.percentile(values, [(100 - SHARE) / 2, (100 + SHARE) / 2])
    return round(float(low), 4), round(float(high), 4)
