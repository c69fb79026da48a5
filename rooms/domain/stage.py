"""Who may be on a stage. LiveKit lets in whoever has a token, also one that was taken back."""

import logging

from rooms.models import Assignment, Invitation, Session
from rooms.parts import parts
from translation.names import SPEAKER_PREFIX, interpreter_of, parse_room

log = logging.getLogger(__name__)


def may_stay(*, session_id: str, identity: str) -> bool:
    """Interpreters while they work there, speakers while their invitation stands; jobs always."""
    if interpreter := interpreter_of(identity):
        return Assignment.objects.filter(
            id=interpreter,
            booth__session_id=session_id,
            claimed_at__isnull=False,
            removed_at=None,
        ).exists()
    if identity.startswith(SPEAKER_PREFIX):
        invitation = identity.removeprefix(SPEAKER_PREFIX).partition(".")[0]
        return Invitation.objects.filter(id=invitation, session_id=session_id).exists()
    return True


def send_strangers_away(rooms: set[str]) -> None:
    """`rooms`: names of LiveKit rooms that somebody is in."""
    places = {name: place for name in rooms if (place := parse_room(name))}
    stages = {
        name: session_id for name, (session_id, language, _) in places.items() if not language
    }
    known = set(Session.objects.filter(id__in=stages.values()).values_list("id", flat=True))
    for room, session_id in stages.items():
        if session_id not in known:
            continue
        for identity in parts().media.list_participants(room):
            if not may_stay(session_id=session_id, identity=identity):
                log.info("sent away", extra={"room": room})
                parts().media.remove_participant(room, identity)
