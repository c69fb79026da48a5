"""The demo: an event that anybody can look at on a fresh install."""

import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from rooms.domain.sessions import create_session
from rooms.models import Event, Member, Organization, Role, Room, Session
from translation.values import SessionState

ORGANIZER = "organizer@demo.invalid"
LANGUAGES = ("es", "fr", "ca", "pt", "it")


@dataclass(frozen=True)
class Demo:
    """`password` is empty where the organizer has one already."""

    session: Session
    email: str
    password: str


def create_demo() -> Demo:
    """What is there stays; a session that has ended is followed by a new one."""
    with transaction.atomic():
        organization, _ = Organization.objects.get_or_create(slug="demo", defaults={"name": "Demo"})
        user, new = get_user_model().objects.get_or_create(
            username=ORGANIZER, defaults={"email": ORGANIZER}
        )
        password = secrets.token_urlsafe(12) if new else ""
        if new:
            user.set_password(password)
            user.save()
        Member.objects.get_or_create(
            organization=organization, user=user, defaults={"role": Role.OWNER}
        )
        event, _ = Event.objects.get_or_create(
            slug="demo",
            defaults={
                "organization": organization,
                "title": "Demo",
                "description": "A reading from LibriVox, heard in five more languages.",
            },
        )
        room, _ = Room.objects.get_or_create(
            event=event, slug="hall-a", defaults={"name": "Hall A"}
        )
        session = room.sessions.exclude(state=SessionState.ENDED).last() or create_session(
            room=room, title="A reading", source_language="en", languages=LANGUAGES
        )
    return Demo(session, user.email, password)
