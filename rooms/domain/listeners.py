"""Letting listeners in: which of a channel's rooms has a place, and the token for it."""

import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from rooms.domain.channels import not_offered
from rooms.domain.errors import Ended, NotNow
from rooms.domain.plans import publish_plan_on_commit
from rooms.models import Channel, Session
from rooms.parts import parts
from translation.names import listener_room
from translation.values import SessionState

ARRIVING_S = 10
"""A listener with a token counts for one to two of these, by then LiveKit counts them."""

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
        if shard is not None and Channel.objects.filter(id=channel.id).exists():
            return shard
        _open_shard(channel)
    raise NotNow("full", "Too many people are joining at once. Try again in a few seconds.")


def _reserve(channel: Channel) -> int | None:
    """A place in the emptiest room, counted at once so that others see it; None if all are full."""
    names = {
        listener_room(channel.session_id, channel.language, shard): shard
        for shard in range(channel.shards)
    }
    media = parts().media
    there = {room.name: room.participants for room in media.list_rooms(list(names))}
    arriving = {name: _arriving(name) for name in names}
    load = {name: there.get(name, 0) + arriving[name] for name in names}
    parts().attention.note(channel.session_id, channel.language, max(1, sum(load.values())))
    for name in sorted(names, key=lambda name: (load[name], names[name])):
        if there.get(name, 0) + _arrive(name) <= settings.LISTENERS_PER_SHARD:
            if name not in there:
                media.ensure_room(name)
            return names[name]
        _turn_away(name)
    return None


def _open_shard(channel: Channel) -> None:
    """One room more, unless somebody opened one since `channel` was read."""
    with transaction.atomic():
        Session.objects.select_for_update().get(id=channel.session_id)
        locked = Channel.objects.filter(id=channel.id).first()
        if locked is None or locked.shards != channel.shards:
            return
        locked.shards += 1
        locked.save(update_fields=["shards"])
        publish_plan_on_commit(channel.session)


def _keys(room: str) -> tuple[str, str]:
    now = int(time.time() / ARRIVING_S)
    return f"arriving:{room}:{now}", f"arriving:{room}:{now - 1}"


def _arriving(room: str) -> int:
    return sum(cache.get_many(_keys(room)).values())


def _arrive(room: str) -> int:
    """Counts one more; how many are arriving with them."""
    current, previous = _keys(room)
    cache.add(current, 0, timeout=3 * ARRIVING_S)
    return int(cache.incr(current)) + int(cache.get(previous, 0))


def _turn_away(room: str) -> None:
    cache.decr(_keys(room)[0])
