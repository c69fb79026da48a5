"""Interpreters' places: invited with a link that works once, claimed by who opens it, removed."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from rooms.domain.channels import not_offered
from rooms.domain.errors import Ended, InvitationRefused, NotYours, Unknown
from rooms.domain.plans import check_reachable, publish_plan_on_commit
from rooms.domain.tokens import new_token, sha256
from rooms.media import MediaUnreachable
from rooms.models import RUNNING, Assignment, Booth, Session
from rooms.parts import parts
from translation.names import interpreter_of, stage_room
from translation.values import SessionState

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class InvitedToBooth:
    """The token is nowhere else: whoever loses it needs another invitation."""

    assignment: Assignment
    token: str


def invite_interpreter(
    *,
    session: Session,
    language: str,
    name: str,
    by: User | None = None,
    show_name: bool = False,
    retour: bool = False,
    valid_hours: int | None = None,
) -> InvitedToBooth:
    """A place in the booth of a language that the session offers; makes the booth if need be.
    `show_name` is what is proposed to her; she decides when she comes."""
    if session.state == SessionState.ENDED:
        raise Ended
    if not session.channels.filter(language=language).exists():
        raise not_offered(language)
    token = new_token()
    booth, _ = Booth.objects.get_or_create(
        session=session, language=language, defaults={"name": language.upper()}
    )
    assignment = Assignment.objects.create(
        booth=booth,
        name=name,
        show_name=show_name,
        retour=retour,
        token_sha256=sha256(token),
        expires_at=timezone.now() + timedelta(hours=valid_hours or settings.INVITATION_HOURS),
        created_by=by,
    )
    parts().consoles.changed(session.id)
    return InvitedToBooth(assignment, token)


def join_url(token: str) -> str:
    return f"{settings.BASE_URL}/booth/join/{token}"


def booth_invitation(*, token: str, mine: Collection[str] = ()) -> Assignment:
    """The place that a token is for. Refused where somebody else has claimed it (it is
    none of `mine`), where it has expired, and where its holder was removed."""
    found = _assignments().filter(token_sha256=sha256(token)).first()
    if found is None or found.removed_at:
        raise InvitationRefused("invitation_unknown", "This invitation does not exist any more.")
    if found.claimed_at and found.id not in mine:
        raise InvitationRefused(
            "invitation_used", "This invitation has been used already. Ask for another."
        )
    if not found.claimed_at and found.expires_at <= timezone.now():
        raise InvitationRefused(
            "invitation_expired", "This invitation has expired. Ask for another."
        )
    return found


def claim_place(*, token: str, mine: Collection[str] = (), show_name: bool = False) -> Assignment:
    """Of two who open one link, the first has the place. `mine`: places the asker has.
    `show_name`: she agrees that listeners read her name."""
    found = booth_invitation(token=token, mine=mine)
    if found.claimed_at:
        return found
    if found.booth.session.epoch:
        check_reachable(found.booth.session)
    with transaction.atomic():
        claimed = Assignment.objects.filter(
            id=found.id, claimed_at=None, removed_at=None, expires_at__gt=timezone.now()
        ).update(claimed_at=timezone.now(), show_name=show_name)
        if not claimed:
            return booth_invitation(token=token)
        publish_plan_on_commit(found.booth.session)
    found.refresh_from_db(fields=["claimed_at", "show_name"])
    return found


def show_name(*, assignment: Assignment, agreed: bool) -> None:
    """She gives or withdraws her name; running channels and transcripts heed it at once."""
    session = assignment.booth.session
    runs = session.state in RUNNING
    if runs:
        check_reachable(session)
    with transaction.atomic():
        assignment.show_name = agreed
        assignment.save(update_fields=["show_name"])
        if runs:
            publish_plan_on_commit(session)


def place_of(*, session_id: str, assignment_id: str) -> Assignment:
    """The place that a browser has claimed in a session, as long as its holder may work there."""
    if not Session.objects.filter(id=session_id).exists():
        raise Unknown("unknown_session", "There is no such session.")
    found = _assignments().filter(id=assignment_id, booth__session_id=session_id).first()
    if found is None:
        raise NotYours("not_in_booth", "Open the link of your invitation first.")
    if not found.working:
        raise NotYours("removed", "You do not work for this session any more.")
    return found


def remove_interpreter(*, assignment: Assignment) -> None:
    """No channel hears her any more, at once; her pages have to leave and cannot come back."""
    session = assignment.booth.session
    with transaction.atomic():
        Assignment.objects.filter(id=assignment.id, removed_at=None).update(
            removed_at=timezone.now()
        )
        publish_plan_on_commit(session)
    try:
        throw_out(session_id=session.id, unwanted={assignment.id})
    except MediaUnreachable as error:
        log.warning("put off until the next reconciliation: %s", error)


def throw_out(*, session_id: str, unwanted: set[str]) -> None:
    """Disconnects these interpreters' pages from the stage."""
    room, media = stage_room(session_id), parts().media
    for identity in media.list_participants(room):
        if interpreter_of(identity) in unwanted:
            media.remove_participant(room, identity)


def _assignments() -> "QuerySet[Assignment]":
    return Assignment.objects.select_related("booth__session__room__event__organization")
