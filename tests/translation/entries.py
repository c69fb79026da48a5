"""Log entries with only what a test is about."""

from translation.values import (
    ChannelPlan,
    Plan,
    Segment,
    SessionState,
    SkipReason,
    Speaking,
    Spoken,
    Translation,
)


def plan(
    *languages: str,
    state: SessionState = SessionState.LIVE,
    session_id: str = "s1",
    epoch_s: float = 0.0,
) -> Plan:
    return Plan(
        session_id,
        "en",
        state,
        tuple(ChannelPlan(tag, spoken_notice=False) for tag in languages),
        epoch_s,
    )


def segment(number: int, text: str = "", *, start_s: float = 0.0, length_s: float = 1.0) -> Segment:
    """Committed the moment it ends."""
    end_s = start_s + length_s
    return Segment(number, "en", text or f"clause {number}", start_s, end_s, end_s)


def translation(
    number: int, text: str = "", *, language: str = "es", at_s: float = 0.0
) -> Translation:
    return Translation(number, language, text or f"frase {number}", "words", at_s)


def speaking(
    number: int, *, language: str = "es", speed: float = 1.0, at_s: float = 0.0
) -> Speaking:
    return Speaking(number, language, "tones", speed, at_s)


def spoken(
    number: int, *, language: str = "es", at_s: float = 0.0, skipped: SkipReason | None = None
) -> Spoken:
    return Spoken(number, language, at_s, skipped)
