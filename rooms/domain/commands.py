"""Asking a channel for something. Its job decides; the answer stands in the log."""

import uuid

from django.utils import timezone

from rooms.domain.errors import Invalid
from rooms.models import Assignment, Session
from rooms.parts import parts
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Command,
    Gesture,
    Input,
    Refusal,
    SessionState,
)

ORGANIZER = "organizer"
FORCIBLE = ("", MACHINE, Input.FLOOR.value, Input.SLATE.value)


def ask(
    *,
    assignment: Assignment,
    id: str,
    language: str,
    gesture: Gesture,
    to: str = "",
    countdown_s: float | None = None,
) -> Refusal | None:
    """An interpreter's gesture. What is wrong whatever the channel does is refused here."""
    session = assignment.booth.session
    own, source = assignment.booth.language, session.source_language
    if gesture == Gesture.FORCE or language not in ((own, source) if assignment.retour else (own,)):
        return Refusal.NOT_ASSIGNED
    if not assignment.working:
        return Refusal.NOT_ASSIGNED
    return _tell(
        session,
        Command(
            id=id,
            language=language,
            gesture=gesture,
            by=assignment.id,
            to=to,
            countdown_s=session.countdown_s if countdown_s is None else countdown_s,
            at_s=session_time_s(session),
        ),
    )


def force(*, session: Session, language: str, to: str, id: str = "") -> tuple[str, Refusal | None]:
    """The organizer's word: `to` (an interpreter's id, machine, floor, slate) is on air until
    forced back to "". The command's id, and why it was not passed on."""
    command = Command(
        id=id or str(uuid.uuid4()),
        language=language,
        gesture=Gesture.FORCE,
        by=ORGANIZER,
        to=to,
        countdown_s=0.0,
        at_s=session_time_s(session),
    )
    return command.id, _tell(session, command)


def raise_alarm(*, assignment: Assignment, alarm: AlarmKind, on: bool) -> None:
    """What an interpreter's page says of itself or of the floor; nothing outside a running
    session."""
    booth = assignment.booth
    if booth.session.state == SessionState.LIVE:
        at_s = session_time_s(booth.session)
        parts().log(booth.session_id).append(Alarm(booth.language, alarm, assignment.id, on, at_s))


def session_time_s(session: Session) -> float:
    """0 before the session has begun."""
    return (timezone.now() - session.epoch).total_seconds() if session.epoch else 0.0


def _tell(session: Session, command: Command) -> Refusal | None:
    log = parts().log(session.id)
    plan = log.plan()
    if session.state != SessionState.LIVE or plan is None:
        return Refusal.NOT_LIVE
    channel = plan.channel(command.language)
    if channel is None:
        return Refusal.NOT_ASSIGNED
    known = {one.id for one in channel.interpreters}
    if command.to not in FORCIBLE and command.to not in known:
        return Refusal.NOBODY_THERE
    if not log.append(command):
        raise Invalid("id: was used by an earlier command.")
    return None
