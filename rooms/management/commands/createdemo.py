import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from rooms.domain.demo import Demo, create_demo
from rooms.domain.errors import RoomsError
from rooms.domain.sessions import start_session
from rooms.domain.speakers import invite_speaker, stage_url
from rooms.media import MediaUnreachable
from rooms.models import Invitation
from translation.errors import LogUnreachable
from translation.values import SessionState


class Command(BaseCommand):
    help = (
        "Creates the demo: an organizer's account, an event, a room and a session in six"
        " languages. What is there already stays. Addresses and the password are kept in FILE."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--live", action="store_true", help="start the session")
        parser.add_argument(
            "--file", type=Path, default=settings.DEMO_FILE, help="default: %(default)s"
        )

    def handle(self, *args: Any, live: bool, file: Path, **options: Any) -> None:
        demo = create_demo()
        try:
            if live and demo.session.state != SessionState.LIVE:
                demo.session.refresh_from_db()
                start_session(session=demo.session)
            kept = _kept(file, demo)
        except (RoomsError, MediaUnreachable, LogUnreachable) as error:
            raise CommandError(str(error)) from None
        _write(file, kept)
        self.stdout.write(f"Listen:   {kept['listen_url']}")
        self.stdout.write(f"Speak:    {kept['stage_url']}")
        self.stdout.write(f"Organize: {kept['organize_url']}")
        self.stdout.write(f"          {kept['email']}  {kept['password']}")


def _kept(file: Path, demo: Demo) -> dict[str, str]:
    """What the demo's file says; a new invitation where the old one is used up."""
    try:
        known = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        known = {}
    session = demo.session
    if not Invitation.objects.filter(session=session, id=known.get("invitation_id")).exists():
        invited = invite_speaker(session=session, label="Demo", hours=24 * 365)
        known["invitation_id"] = invited.invitation.id
        known["invitation"] = invited.token
    room = session.room
    return {
        "session": session.id,
        "email": demo.email,
        "password": demo.password or known.get("password", "(the one you set)"),
        "invitation_id": known["invitation_id"],
        "invitation": known["invitation"],
        "listen_url": f"{settings.BASE_URL}/e/{room.event.slug}/{room.slug}",
        "stage_url": stage_url(session=session, token=known["invitation"]),
        "organize_url": f"{settings.BASE_URL}/organize",
    }


def _write(file: Path, kept: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with os.fdopen(descriptor, "w") as output:
        json.dump(kept, output, indent=2)
