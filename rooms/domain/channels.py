"""The languages of a session; they may come and go while it runs."""

from typing import Any

from django.db import transaction

from rooms.domain.errors import NotNow, Unknown
from rooms.domain.plans import check_reachable, ensure_rooms, publish_plan_on_commit
from rooms.domain.sessions import check_pair
from rooms.models import Channel, Session
from translation.names import listener_room


def not_offered(language: str) -> Unknown:
    return Unknown(
        "language_not_offered",
        f"This session is not offered in “{language[:16]}”.",
        language=language[:16],
    )


def add_channel(*, session: Session, language: str) -> Session:
    """Offers one more language. One that is offered already stays as it is."""
    check_pair(session.source_language, language, session.room.event_id)
    if session.epoch:
        check_reachable(session)
        ensure_rooms([listener_room(session.id, language, 0)])
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        Channel.objects.get_or_create(session=locked, language=language)
        publish_plan_on_commit(locked)
    return locked


def remove_channel(*, session: Session, language: str) -> Session:
    """Offers a language no longer. Its LiveKit rooms go when its job has left them."""
    if language == session.source_language:
        raise NotNow("original_stays", "The original sound is always offered.")
    if session.epoch:
        check_reachable(session)
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        gone, _ = Channel.objects.filter(session=locked, language=language).delete()
        if not gone:
            raise not_offered(language)
        publish_plan_on_commit(locked)
    return locked


def change_channel(*, session: Session, language: str, changes: dict[str, Any]) -> Channel:
    """`changes`: some of policy, unmanned, spoken_notice, stand_in_s, turn_s."""
    if session.epoch:
        check_reachable(session)
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        channel = Channel.objects.filter(session=locked, language=language).first()
        if channel is None:
            raise not_offered(language)
        for name, value in changes.items():
            setattr(channel, name, value)
        if changes:
            channel.save(update_fields=list(changes))
            publish_plan_on_commit(locked)
    return channel
