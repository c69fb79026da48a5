"""Whether recognition keeps up with the floor, for the organizer."""

RECOVERED_S = 10.0
"""So long nothing more is lost, then it keeps up again."""

TOO_SLOW = (
    "Recognition is slower than the talk, so parts of it are lost. Choose a faster engine or model,"
    " or let fewer sessions run on this machine."
)


class Behind:
    """Loss so far, in order -> what is to be said about it.

    0.0 s at 1 s, 0.4 s at 2 s, 0.9 s at 3 s, 0.9 s at 14 s -> None, TOO_SLOW, None, ""
    """

    def __init__(self) -> None:
        self._lost_s = 0.0
        self._at_s: float | None = None
        self._said: bool | None = None  # whoever had the job before may have said anything

    def note(self, lost_s: float, now_s: float) -> str | None:
        """TOO_SLOW when loss begins, "" when it is over, None where there is nothing to say."""
        if self._at_s is None or lost_s > self._lost_s:
            self._at_s = now_s
        behind = self._said
        if lost_s > self._lost_s:
            self._lost_s, behind = lost_s, True
        elif now_s - self._at_s > RECOVERED_S:
            behind = False
        if behind == self._said:
            return None
        self._said = behind
        return TOO_SLOW if behind else ""
