"""Letting listeners in: which of a channel's rooms has a place, and the token for it."""

import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from rooms.domain.arrivals import arrive, arriving, turn_away
from rooms.domain.channels import not_offered
from rooms.domain.errors import Ended, NotNow
from rooms.domain.plans import listener_rooms
from rooms.domain.shards import open_shard
from rooms.models import Channel, Session
from rooms.parts import parts
from translation.names import listener_room
from translation.values import SessionState

ATTEMPTS = 20
"""One fails only where others took every place of a new room in the meantime."""


@dataclass(frozen=True)
class Admission:
    """Where and with what a browser joins. `clock_s`: session time now."""

    url: str
    token: str
    room: str
    clock_s: float


def admit_listener(*, session: Session, language: str) -> Admission:
    """A place in one of the channel's rooms; opens one more where all are full."""
    if session.state == SessionState.PLANNED or session.epoch is None:
        raise NotNow("session_not_started", "This session has not started yet.")
    if session.state == SessionState.ENDED:
        raise Ended
    shard = _place(session, language)
    media = parts().media
    token = media.listener_token(session.id, language, shard, f"listener.{secrets.token_hex(8)}")
    return Admission(
        url=media.public_url,
        token=token,
        room=listener_room(session.id, language, shard),
        clock_s=(timezone.now() - session.epoch).total_seconds(),
    )


def _place(session: Session, language: str) -> int:
    for _ in range(ATTEMPTS):
        channel = Channel.objects.filter(session=session, language=language).first()
        if channel is None:
            raise not_offered(language)
        shard = _reserve(channel)
        if shard is None:
            open_shard(channel)
        elif Channel.objects.filter(id=channel.id, shards__gt=shard).exists():
            return shard
    raise NotNow("full", "Too many people are joining at once. Try again in a few seconds.")


def _reserve(channel: Channel) -> int | None:
    """A place in the emptiest room, counted at once so that others see it; None if all are full."""
    media, now_s, names = parts().media, time.time(), listener_rooms(channel)
    there = {room.name: room.participants for room in media.list_rooms(names)}
    on_the_way = arriving(names, now_s)
    load = [there.get(name, 0) + on_the_way[name] for name in names]
    parts().attention.note(channel.session_id, channel.language, max(1, sum(load)))
    for shard in sorted(range(len(names)), key=lambda shard: load[shard]):
        name = names[shard]
        arrival = arrive(name, now_s)
        if there.get(name, 0) + arrival.before < settings.LISTENERS_PER_SHARD:
            if name not in there:
                media.ensure_room(name)
            return shard
        turn_away(arrival)
    return None
