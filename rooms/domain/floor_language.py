"""What the floor of a session speaks now: set by people, or found out by its floor job."""

from django.db import transaction

from rooms.domain.errors import NotNow
from rooms.domain.plans import check_reachable, publish_plan_on_commit
from rooms.domain.sessions import check_language
from rooms.models import Session
from rooms.parts import parts
from translation.values import SessionState


def set_floor_language(*, session: Session, language: str) -> Session:
    """Somebody says what the floor speaks: its source language or "" where nothing is special.
    From now on it is not found out any more."""
    if language:
        check_language(language)
    return _changed(session, language=language, detects=False)


def detect_floor_language(*, session: Session) -> Session:
    """From now on the floor job finds out which of the session's languages the floor speaks."""
    if why := parts().engines.why_no_detection():
        raise NotNow("no_detection", f"The spoken language cannot be detected: {why}.")
    if session.channels.count() < 2:
        raise NotNow("one_language", "There is one language only: add those that will be spoken.")
    return _changed(session, language=None, detects=True)


def note_language(*, session_id: str, language: str) -> None:
    """What the floor job found out. Where it is not asked for any more nothing is noted: people
    may have said meanwhile what is spoken."""
    asked = Session.objects.filter(
        id=session_id, detects_language=True, state=SessionState.LIVE, channels__language=language
    )
    session = asked.first()
    if session is None:
        return
    check_reachable(session)
    with transaction.atomic():
        locked = asked.select_for_update(of=("self",)).first()
        if locked is not None:
            _change(locked, language=language, detects=True)


def _changed(session: Session, *, language: str | None, detects: bool) -> Session:
    if session.epoch:
        check_reachable(session)
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(id=session.id)
        _change(locked, language=language, detects=detects)
    return locked


def _change(locked: Session, *, language: str | None, detects: bool) -> None:
    """`language`: None where it stays as it is."""
    if language is not None:
        locked.floor_language = "" if language == locked.source_language else language
    locked.detects_language = detects
    locked.save(update_fields=["floor_language", "detects_language"])
    publish_plan_on_commit(locked)
