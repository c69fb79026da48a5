"""Asking a channel for something. Its job decides; the answer stands in the log."""

from dataclasses import replace

from django.utils import timezone

from rooms.domain.errors import Invalid
from rooms.models import RUNNING, Assignment, Session
from rooms.parts import BlockingLog, parts
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Answer,
    Command,
    Gesture,
    Input,
    Refusal,
    SessionState,
)

ORGANIZER = "organizer"
PAGES_ALARMS = (AlarmKind.MUTED_TALKING, AlarmKind.SOUND_UNFIT, AlarmKind.SLOW_DOWN)
"""What an interpreter's page says of itself or of the floor; a channel's job finds the others."""

FORCIBLE = ("", MACHINE, Input.FLOOR.value, Input.SLATE.value)


def ask(
    *,
    assignment: Assignment,
    id: str,
    language: str,
    gesture: Gesture,
    to: str = "",
    countdown_s: float | None = None,
) -> Answer | None:
    """An interpreter's gesture. The answer where it is known already: what is wrong whatever the
    channel does is refused here, and a command that is sent again may have been answered."""
    session = assignment.booth.session
    own, source = assignment.booth.language, session.source_language
    command = Command(
        id=id,
        language=language,
        gesture=gesture,
        by=assignment.id,
        to=to,
        countdown_s=session.countdown_s if countdown_s is None else countdown_s,
        at_s=session_time_s(session),
    )
    hers = (own, source) if assignment.retour else (own,)
    if gesture == Gesture.FORCE or language not in hers or not assignment.working:
        return _refused(command, Refusal.NOT_ASSIGNED)
    return _tell(session, command)


def force(*, session: Session, language: str, to: str, id: str) -> Answer | None:
    """The organizer's word: `to` (an interpreter's id, machine, floor, slate) is on air until
    forced back to "". The answer as for `ask`."""
    command = Command(
        id=id,
        language=language,
        gesture=Gesture.FORCE,
        by=ORGANIZER,
        to=to,
        countdown_s=0.0,
        at_s=session_time_s(session),
    )
    return _tell(session, command)


def raise_alarm(*, assignment: Assignment, alarm: AlarmKind, on: bool) -> bool:
    """One of `PAGES_ALARMS` begins or is over. Whether it is in the log now: none begins while the
    session is not live."""
    booth = assignment.booth
    return _note(booth.session, Alarm(booth.language, alarm, assignment.id, on, 0.0))


def clear_alarm(*, session: Session, language: str, alarm: AlarmKind, who: str) -> bool:
    """The organizer's word that it is over."""
    return _note(session, Alarm(language, alarm, who, False, 0.0))


def _note(session: Session, alarm: Alarm) -> bool:
    running = (SessionState.LIVE,) if alarm.on else RUNNING
    if session.state not in running:
        return False
    now = replace(alarm, at_s=session_time_s(session))
    return parts().log(session.id).append(now)


def session_time_s(session: Session) -> float:
    """0 before the session has begun."""
    return (timezone.now() - session.epoch).total_seconds() if session.epoch else 0.0


def _tell(session: Session, command: Command) -> Answer | None:
    log = parts().log(session.id)
    plan = log.plan()
    if session.state != SessionState.LIVE or plan is None:
        return _refused(command, Refusal.NOT_LIVE)
    channel = plan.channel(command.language)
    if channel is None:
        return _refused(command, Refusal.NOT_ASSIGNED)
    known = {one.id for one in channel.interpreters}
    if command.to not in FORCIBLE and command.to not in known:
        return _refused(command, Refusal.NOBODY_THERE)
    return None if log.append(command) else _answer_before(log, command)


def _refused(command: Command, why: Refusal) -> Answer:
    return Answer(command.id, command.language, why, command.at_s)


def _answer_before(log: BlockingLog, command: Command) -> Answer | None:
    """To a command that stands in the log already; None while its channel has not answered."""
    earlier = log.once(f"command:{command.id}")
    if not isinstance(earlier, Command) or _wish(earlier) != _wish(command):
        raise Invalid("id: was used by an earlier command.")
    answer = log.once(f"answer:{command.id}")
    return answer if isinstance(answer, Answer) else None


def _wish(command: Command) -> tuple[str, str, Gesture, str]:
    return command.by, command.language, command.gesture, command.to
