"""When to leave a failing engine alone, and when to try it again. Pure: time is passed in.

closed --3 failures in a row--> resting 5 s --> one trial --+--> it works: closed
                                   ^                        |
                                   +--- rests twice as long-+
"""


class Breaker:
    """Times in seconds of any steady clock."""

    def __init__(
        self, *, failures: int = 3, rest_s: float = 5.0, longest_rest_s: float = 120.0
    ) -> None:
        self._most_failures = failures
        self._first_rest_s = rest_s
        self._longest_rest_s = longest_rest_s
        self._rest_s = rest_s
        self._failures = 0
        self._resting_until_s: float | None = None
        self._trial_until_s = float("-inf")

    @property
    def closed(self) -> bool:
        """The engine is used as if nothing had been."""
        return self._resting_until_s is None

    def rests_s(self, now_s: float) -> float:
        """How long it is still left alone; 0 where it may be asked."""
        until_s = self._resting_until_s
        return max(0.0, until_s - now_s) if until_s is not None else 0.0

    def allows(self, now_s: float) -> bool:
        """Whether to ask the engine now. After a rest one caller may, on trial, until it says how
        it went; where it never does, another may after the rest's length."""
        if self._resting_until_s is None:
            return True
        if now_s < self._resting_until_s or now_s < self._trial_until_s:
            return False
        self._trial_until_s = now_s + self._rest_s
        return True

    def succeeded(self) -> None:
        self._failures = 0
        self._rest_s = self._first_rest_s
        self._resting_until_s = None
        self._trial_until_s = float("-inf")

    def failed(self, now_s: float, *, rest_s: float | None = None) -> None:
        """`rest_s`: it said itself how long to leave it alone; it rests at once."""
        self._failures += 1
        self._trial_until_s = float("-inf")
        if self._resting_until_s is not None:
            self._rest_s = min(self._longest_rest_s, 2 * self._rest_s)
        elif self._failures < self._most_failures and rest_s is None:
            return
        self._resting_until_s = now_s + (self._rest_s if rest_s is None else rest_s)
