"""A session's life: planned, then live and paused in turns, then ended (and live again)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from rooms.domain.errors import NotNow, Unknown
from rooms.domain.plans import (
    check_reachable,
    ensure_rooms,
    publish_plan_on_commit,
    room_names,
    working_interpreters,
)
from rooms.domain.wishes import wishes_of
from rooms.models import Channel, Room, Session
from rooms.parts import parts
from translation.choice import Slot, Wishes
from translation.errors import UnknownLanguage
from translation.languages import language as known_language
from translation.values import Policy, SessionState

LIVE, PAUSED, ENDED = SessionState.LIVE, SessionState.PAUSED, SessionState.ENDED

_DONE = {LIVE: "started", PAUSED: "paused", ENDED: "ended"}


def create_session(
    *,
    room: Room,
    title: str,
    source_language: str,
    languages: Sequence[str],
    starts_at: datetime | None = None,
) -> Session:
    """A planned session with a channel for the original and one for each of `languages`."""
    targets = [tag for tag in dict.fromkeys(languages) if tag != source_language]
    check_language(source_language)
    for tag in targets:
        check_pair(source_language, tag, room.event_id)
    with transaction.atomic():
        session = Session.objects.create(
            room=room, title=title, source_language=source_language, starts_at=starts_at
        )
        Channel.objects.bulk_create(
            Channel(session=session, language=tag) for tag in (source_language, *targets)
        )
    return session


def start_session(*, session: Session) -> Session:
    """Goes live, or on after a pause or an end. The first time sets its epoch."""
    _check_change(session, LIVE)
    if session.epoch is None:
        for source, target in pairs_of(session):
            check_pair(source, target, session.room.event_id)
    check_reachable(session)
    ensure_rooms(room_names(session))
    try:
        return _change(session, LIVE)
    except IntegrityError:
        raise NotNow(
            "room_busy", "Another session is running in this room. End it first."
        ) from None


def pause_session(*, session: Session) -> Session:
    check_reachable(session)
    return _change(session, PAUSED)


def end_session(*, session: Session) -> Session:
    check_reachable(session)
    return _change(session, ENDED)


def change_session(*, session: Session, changes: dict[str, Any]) -> Session:
    """`changes`: some of title, starts_at, countdown_s, and source_language where it was never on.
    Targets stay, and have to be reached from the new source."""
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        source = changes.get("source_language", locked.source_language)
        if source != locked.source_language:
            _change_source(locked, source)
        for name, value in changes.items():
            setattr(locked, name, value)
        if changes:
            locked.save(update_fields=[*changes, "floor_language"])
    parts().consoles.changed(session.id)
    return locked


def _change_source(session: Session, language: str) -> None:
    """The original sound is another language's; not saved."""
    if session.epoch:
        raise NotNow(
            "source_language_stays",
            "A session that was on keeps its language. Say in the control room what is spoken now.",
        )
    check_language(language)
    session.channels.filter(language=session.source_language).delete()
    Channel.objects.get_or_create(session=session, language=language)
    session.source_language, session.floor_language = language, ""
    for source, target in pairs_of(session):
        check_pair(source, target, session.room.event_id)


def _change(session: Session, state: SessionState) -> Session:
    """Under the session's lock: of two starts at once, one is refused."""
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        _check_change(locked, state)
        now = timezone.now()
        locked.state = state
        locked.epoch = locked.epoch or now
        locked.ended_at = now if state == ENDED else None
        locked.archived_at = None
        locked.save(update_fields=["state", "epoch", "ended_at", "archived_at"])
        publish_plan_on_commit(locked)
    return locked


def _check_change(session: Session, state: SessionState) -> None:
    was = SessionState(session.state)
    allowed = {LIVE: was != LIVE, PAUSED: was == LIVE, ENDED: was in (LIVE, PAUSED)}
    if not allowed[state]:
        raise NotNow(
            "wrong_state", f"This session is {was.value}; it cannot be {_DONE[state]} now."
        )


def check_language(tag: str) -> None:
    try:
        known_language(tag)
    except UnknownLanguage as error:
        raise Unknown("unknown_language", f"{error}.", language=tag[:16]) from None


def check_pair(source: str, target: str, event_id: int) -> None:
    check_language(target)
    if why := unserved(source, target, wishes_of(event_id)):
        raise why


def unserved(source: str, target: str, wishes: Wishes) -> NotNow | None:
    """Why the engines cannot interpret from one language into another; None where they can."""
    slot = parts().engines.unserved(source, target, wishes)
    if slot is None:
        return None
    names = known_language(source).english_name, known_language(target).english_name
    cannot = f"The engines here cannot interpret from {names[0]} into {names[1]}"
    reason = {
        Slot.RECOGNITION: f"none of them recognises {names[0]}",
        Slot.TRANSLATION: "none of them translates it",
        Slot.SPEECH: f"none of them speaks {names[1]}",
    }[slot]
    return NotNow(
        "pair_unsupported", f"{cannot}: {reason}.", slot=slot.value, source=source, target=target
    )


def pairs_of(session: Session) -> list[tuple[str, str]]:
    """What machines have to interpret: channels that people alone serve are left out."""
    served = {one.booth.language for one in working_interpreters(session)}
    return [
        (session.source_language, channel.language)
        for channel in session.channels.all()
        if channel.language != session.source_language
        and channel.policy != Policy.HUMAN_ONLY
        and channel.language not in served
    ]
