"""How many LiveKit rooms carry a channel: one more where all are full, fewer when they empty."""

import time
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from rooms.domain.arrivals import arriving
from rooms.domain.errors import NotNow
from rooms.domain.plans import listener_rooms, publish_plan_on_commit
from rooms.media import MediaRoom
from rooms.models import Channel, Session

HALF = 0.5
"""So full are the rooms that stay at most: the next few listeners shall not open one again."""


def open_shard(channel: Channel) -> None:
    """One room more, unless somebody opened one since `channel` was read. Raises `NotNow` where
    there are as many as may be."""
    if channel.shards >= settings.SHARDS_PER_CHANNEL:
        raise NotNow("full", "Every place for this language is taken. Try again in a minute.")
    _resize(channel, channel.shards + 1)


def close_empty_shards(session: Session, there: Mapping[str, MediaRoom]) -> None:
    """`there`: the rooms that LiveKit has. The last rooms go that nobody hears or is on the way
    to; their job leaves them, then they are deleted."""
    for channel in session.channels.all():
        if channel.shards > 1:
            wanted = _wanted(listener_rooms(channel), there)
            if wanted < channel.shards:
                _resize(channel, wanted)


def _wanted(names: list[str], there: Mapping[str, MediaRoom]) -> int:
    on_the_way = arriving(names, time.time())
    load = [
        on_the_way[name] + (max(0, room.participants - room.publishers) if room else 0)
        for name, room in ((name, there.get(name)) for name in names)
    ]
    wanted = len(names)
    while (
        wanted > 1
        and load[wanted - 1] == 0
        and sum(load) <= HALF * settings.LISTENERS_PER_SHARD * (wanted - 1)
    ):
        wanted -= 1
    return wanted


def _resize(channel: Channel, shards: int) -> None:
    """Unless somebody did so since `channel` was read."""
    with transaction.atomic():
        Session.objects.select_for_update().get(id=channel.session_id)
        locked = Channel.objects.filter(id=channel.id).first()
        if locked is None or locked.shards != channel.shards:
            return
        locked.shards = shards
        locked.save(update_fields=["shards"])
        publish_plan_on_commit(channel.session)
    channel.shards = shards
