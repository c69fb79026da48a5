"""Taking away what was set up. A transcript is only ever deleted with its whole event."""

from collections.abc import Collection

from django.db import transaction

from rooms.domain.errors import NotNow
from rooms.models import RUNNING, Event, Room, Session
from rooms.parts import parts
from translation.names import parse_room


def delete_event(*, event: Event) -> None:
    """With everything in it, transcripts too. Refused while a session runs."""
    with transaction.atomic():
        sessions = list(Session.objects.select_for_update().filter(room__event=event))
        if any(session.state in RUNNING for session in sessions):
            raise NotNow("event_running", "End this event's sessions before deleting it.")
        _forget({session.id for session in sessions})
        event.delete()


def delete_room(*, room: Room) -> None:
    """With its sessions that were never on; refused where one was."""
    with transaction.atomic():
        sessions = list(Session.objects.select_for_update().filter(room=room))
        if any(session.epoch for session in sessions):
            raise NotNow(
                "room_has_transcript",
                "A session was held in this room; its transcript would be lost. It goes with its"
                " event.",
            )
        _forget({session.id for session in sessions})
        room.delete()


def delete_session(*, session: Session) -> None:
    """One that was never on."""
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        if locked.state in RUNNING:
            raise NotNow("session_running", "This session is running; it cannot be deleted.")
        if locked.epoch:
            raise NotNow(
                "session_has_transcript",
                "This session was held; its transcript would be lost. It goes with its event.",
            )
        _forget({locked.id})
        locked.delete()
    parts().consoles.changed(session.id)


def _forget(session_ids: Collection[str]) -> None:
    """Nothing of these sessions stays in LiveKit or in the log: a speaker may be on a stage before
    its session begins."""
    if not session_ids:
        return
    for room in parts().media.list_rooms():
        place = parse_room(room.name)
        if place and place[0] in session_ids:
            parts().media.delete_room(room.name)
    for session_id in session_ids:
        parts().log(session_id).delete()
