from dataclasses import dataclass


@dataclass
class Allowance:
    """How much a page may say: `burst` messages at once, `per_s` a second in the long run."""

    per_s: float
    burst: float
    _left: float = 0.0
    _at_s: float | None = None

    def take(self, now_s: float) -> bool:
        """Whether one more is allowed at `now_s` (any clock that does not go back)."""
        passed_s = now_s - self._at_s if self._at_s is not None else float("inf")
        self._left = min(self.burst, self._left + passed_s * self.per_s)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True
