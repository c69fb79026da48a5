"""What is compared between two reports, and from when on a difference is one.

What was measured on the same words is compared in pairs: blocks of words or characters, recordings.
Lags, captions and terms are not: segments differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from translation.evaluation.intervals import Rows, mean, percentile, ratio
from translation.evaluation.latency import FEWEST, drift_rows, slope

LAG_NOISE_S = 0.15
"""Machines are never equally busy."""

DRIFT_NOISE_S = 0.1
"""A minute."""

ERASURE_NOISE = 0.1
"""Words for each word that stayed: drafts are asked for by the clock."""

Detail = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """`rows`: of one detail, as they are resampled; told besides which of the compared it is.
    `paired`: the rows of both reports belong together, one to one. `noise`: a difference within it
    is none. `fewest`: rows that tell something. `stays`: that it cannot be measured any more is
    worse."""

    name: str
    rows: Callable[[int, Detail], Sequence[Sequence[float]]]
    measure: Callable[[Rows], float]
    of: str
    paired: bool = False
    higher_is_better: bool = False
    noise: float = 0.0
    fewest: int = 1
    stays: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """A table of a report's details. `keys` name a row of the report; details of it are compared
    with those that have the same `identity`."""

    table: str
    keys: tuple[str, ...]
    identity: tuple[str, ...]
    figures: tuple[Figure, ...]


def _value(name: str) -> Callable[[int, Detail], list[list[float]]]:
    return lambda _, detail: [] if detail.get(name) is None else [[detail[name]]]


def _of(name: str) -> Callable[[int, Detail], Sequence[Sequence[float]]]:
    return lambda _, detail: detail[name]


def _skipped(_: int, detail: Detail) -> list[list[float]]:
    return [[float(bool(detail["skipped"])), 1.0]]


def _late(name: str, field: str, share: float) -> Figure:
    return Figure(
        f"{name} p{share:g} s", _value(field), percentile(share), "segments", noise=LAG_NOISE_S
    )


PAIR = ("set", "source", "target")

COMPARED = (
    Compared(
        "recognition", ("set", "language"), ("talk", "said"),
        (
            Figure("WER", _of("blocks"), ratio, "blocks of words", paired=True),
            Figure("CER", _of("character_blocks"), ratio, "blocks of letters", paired=True),
        ),
    ),
    Compared(
        "translation", PAIR, ("recording", "reference", "comet_model"),
        (
            Figure(
                "COMET", _value("comet"), mean, "recordings", paired=True, higher_is_better=True
            ),
        ),
    ),
    Compared(
        "latency", PAIR, ("talk",),
        (
            _late("lag", "lag_s", 50),
            _late("lag", "lag_s", 95),
            _late("ear-voice span", "ear_voice_span_s", 50),
            _late("ear-voice span", "ear_voice_span_s", 95),
            Figure(
                "drift s a minute", drift_rows, slope, "segments", noise=DRIFT_NOISE_S,
                fewest=FEWEST,
            ),
            Figure("skipped segments", _skipped, ratio, "segments"),
        ),
    ),
    Compared(
        "streaming", PAIR, ("recording", "reference"),
        tuple(
            Figure(name, _value(field), mean, "recordings", paired=True, noise=LAG_NOISE_S)
            for name, field in (
                ("StreamLAAL s", "stream_laal_s"), ("LongYAAL s", "long_yaal_s"),
            )
        ),
    ),
    Compared(
        "captions", PAIR, ("talk",),
        (
            Figure(
                "erasure", _of("erasure"), ratio, "segments", noise=ERASURE_NOISE, stays=False
            ),
            Figure(
                "terms kept", _of("terms"), ratio, "segments", higher_is_better=True, stays=False
            ),
        ),
    ),
)  # fmt: skip
