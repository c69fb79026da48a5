"""An alarm is the booth's own first; the organizer hears of it when it lasts."""

from typing import Any

from translation.values import AlarmKind

BOOTH_FIRST_S = 5.0
AT_ONCE = (AlarmKind.SOUND_UNFIT, AlarmKind.SLOW_DOWN)
"""What a booth says, it says to the organizer."""


def delay_s(kind: str) -> float:
    """How long the booth has it to itself."""
    return 0.0 if kind in AT_ONCE else BOOTH_FIRST_S


def lasting(facts: dict[str, Any], now_s: float) -> dict[str, Any]:
    """A channel's facts as the organizer sees them: without the alarms that just began."""
    alarms = facts.get("alarms") or []
    shown = [
        alarm
        for alarm in alarms
        if now_s - float(alarm.get("since_s", 0.0)) >= delay_s(str(alarm.get("kind", "")))
    ]
    return facts if len(shown) == len(alarms) else {**facts, "alarms": shown}
