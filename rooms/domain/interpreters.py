"""Letting interpreters onto the stage: they hear it, and send it one microphone."""

import secrets
from dataclasses import dataclass

from rooms.domain.errors import Ended
from rooms.domain.plans import ensure_rooms
from rooms.models import Assignment
from rooms.parts import parts
from translation.names import interpreter_identity, stage_room
from translation.values import SessionState


@dataclass(frozen=True)
class Admission:
    url: str
    token: str
    room: str
    identity: str


def admit_interpreter(*, assignment: Assignment) -> Admission:
    """Also before the session starts: a booth is checked before it is needed."""
    session, media = assignment.booth.session, parts().media
    if session.state == SessionState.ENDED:
        raise Ended
    room = stage_room(session.id)
    ensure_rooms([room])
    identity = interpreter_identity(assignment.id, secrets.token_hex(4))
    token = media.interpreter_token(session.id, identity)
    return Admission(media.public_url, token, room, identity)
