"""How a late line is said: quicker, without its pauses, in fewer words, or (last) not at all. Pure.

`CatchUp` says how quick it should be; an engine that cannot be so quick speaks by steps within what
it can, its pauses are shortened, and a line that waits for long is condensed where that is
possible. What is left out is marked: a skipped line by its reason, a condensed one by its text.
"""

from dataclasses import dataclass

from translation.path.speak import CatchUp

STEP = 0.1
"""An engine with little to give changes its speed by steps: with each it begins anew."""

CONDENSE_AFTER_S = 5.0
CONDENSED = 0.7
"""Of a line's length, about: more leaves out what matters."""

SHORT_S = 2.7
"""A line that is said sooner is not worth condensing."""

_A_LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class Pacing:
    """`share`: of its length, to which the line should be condensed; None: said as it is."""

    speed: float
    share: float | None = None


class Pace:
    """Keeps the speed of the line before."""

    def __init__(self, catch_up: CatchUp | None = None) -> None:
        self._catch_up = catch_up or CatchUp()
        self.speed = 1.0

    def decide(
        self,
        *,
        lag_s: float,
        waiting_s: float,
        line_s: float,
        said_s: float,
        speeds: tuple[float, float],
    ) -> Pacing | None:
        """As `CatchUp.decide`; `speeds`: the engine's slowest and fastest. None: skip it."""
        wanted = self._catch_up.decide(
            lag_s=lag_s, waiting_s=waiting_s, line_s=line_s, said_s=said_s
        )
        if wanted is None:
            return None
        self.speed = self._within(wanted, speeds)
        late = lag_s > CONDENSE_AFTER_S and waiting_s > 0
        return Pacing(self.speed, CONDENSED if late and line_s >= SHORT_S else None)

    def _within(self, wanted: float, speeds: tuple[float, float]) -> float:
        slowest, fastest = speeds
        if fastest >= self._catch_up.fastest:
            return max(slowest, wanted)
        now = min(fastest, max(1.0, self.speed))
        if wanted >= now + STEP - _A_LITTLE:
            steps = int((wanted - 1.0) / STEP + _A_LITTLE)
            return min(fastest, round(1.0 + steps * STEP, 3))
        if wanted <= now - STEP + _A_LITTLE:
            return round(max(1.0, now - STEP), 3)
        return now


def without_pauses(speed: float, speeds: tuple[float, float], fastest: float = 1.5) -> bool:
    """Whether a line at this speed is said without its pauses: the engine can do no more. The same
    for whoever goes on with the line."""
    return 1.0 < speeds[1] < fastest and speed >= speeds[1] - _A_LITTLE
