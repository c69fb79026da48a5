"""Makes LiveKit, the log and the database agree again; run every few seconds by the beat."""

import logging
import time
from collections import Counter
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from rooms.domain.archive import archive_log
from rooms.domain.plans import plan_with_terms, publish_plan, room_names
from rooms.domain.shards import close_empty_shards
from rooms.domain.stage import may_stay, send_strangers_away
from rooms.media import MediaRoom
from rooms.models import RUNNING, Session
from rooms.parts import parts
from translation.names import CHANNEL_PREFIX, parse_room
from translation.values import SessionState

LINGER = timedelta(seconds=15)
"""An unwanted room whose jobs have left it stays so long."""

GIVE_UP = timedelta(minutes=2)
"""So long after its end a session's rooms go, whoever is in them."""

SETTLED = timedelta(minutes=1)
"""So long after its end nothing is written into a session's log any more."""

log = logging.getLogger(__name__)


def reconcile_listeners() -> None:
    """Notes who listens, re-creates missing rooms, closes empty shards, deletes unwanted rooms,
    repeats a lost plan, sends away who was removed from a stage."""
    rooms = {room.name: room for room in parts().media.list_rooms()}
    _note_listeners(rooms)
    for session in Session.objects.filter(state__in=RUNNING).prefetch_related("channels"):
        for name in room_names(session):
            if name not in rooms:
                log.info("room re-created", extra={"room": name})
                parts().media.ensure_room(name)
        close_empty_shards(session, rooms)
        if parts().log(session.id).plan() != plan_with_terms(session):
            publish_plan(session.id)
    send_strangers_away({name for name, room in rooms.items() if room.participants})
    _delete_unwanted(rooms)


def _note_listeners(rooms: dict[str, MediaRoom]) -> None:
    listeners: Counter[tuple[str, str]] = Counter()
    for room in rooms.values():
        place = parse_room(room.name)
        if place and place[1]:
            # A channel's job is in its room before it publishes: it is no listener either.
            listeners[place[0], place[1]] += max(0, room.participants - max(1, room.publishers))
    running = set(Session.objects.filter(state__in=RUNNING).values_list("id", flat=True))
    for (session_id, language), count in listeners.items():
        if count and session_id in running:
            parts().attention.note(session_id, language, count)


def _delete_unwanted(rooms: dict[str, MediaRoom]) -> None:
    """Rooms of sessions that ended and of languages offered no longer. A room of a session we do
    not know is somebody else's."""
    places = {name: place for name in rooms if (place := parse_room(name))}
    ids = {place[0] for place in places.values()}
    sessions = Session.objects.filter(id__in=ids).prefetch_related("channels").in_bulk()
    now = timezone.now()
    for name, (session_id, _, _) in places.items():
        session = sessions.get(session_id)
        if session is None:
            continue
        if session.state == SessionState.ENDED and session.ended_at:
            due = now - session.ended_at > (GIVE_UP if rooms[name].publishers else LINGER)
        elif session.epoch and name not in room_names(session):
            age = timedelta(seconds=time.time() - rooms[name].created_at)
            due = age > LINGER and not rooms[name].publishers
        else:
            continue
        if due:
            log.info("room deleted", extra={"room": name})
            parts().media.delete_room(name)


def archive_logs() -> None:
    """Copies the logs of all sessions that may still grow into the database."""
    for session in Session.objects.filter(~Q(epoch=None), archived_at=None):
        count = archive_log(session)
        over = session.state == SessionState.ENDED and session.ended_at
        if over and not count and timezone.now() - over > SETTLED:
            Session.objects.filter(id=session.id, state=SessionState.ENDED).update(
                archived_at=timezone.now()
            )


def heed_webhook(*, event: str, room: str, identity: str) -> None:
    """What LiveKit says has happened; a hint that spares waiting for the next reconciliation."""
    place = parse_room(room)
    handler = _HANDLERS.get(event)
    if identity.startswith(CHANNEL_PREFIX):
        return
    if place and not place[1] and event == "participant_joined":
        if not may_stay(session_id=place[0], identity=identity):
            parts().media.remove_participant(room, identity)
    elif place and handler:
        session = Session.objects.filter(id=place[0], state__in=RUNNING).first()
        if session:
            handler(session, place[1], room)


def _participant_joined(session: Session, language: str, room: str) -> None:
    if language and session.channels.filter(language=language).exists():
        heard = parts().attention.listeners(session.id).get(language, 0)
        parts().attention.note(session.id, language, max(1, heard))


def _room_finished(session: Session, language: str, room: str) -> None:
    if room in room_names(session):
        parts().media.ensure_room(room)


_HANDLERS = {"participant_joined": _participant_joined, "room_finished": _room_finished}
