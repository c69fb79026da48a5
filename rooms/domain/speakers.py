"""Letting speakers onto the stage."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rooms.domain.errors import Ended, InvitationRefused
from rooms.domain.plans import ensure_rooms, publish_plan_on_commit
from rooms.domain.tokens import new_token, sha256
from rooms.models import RUNNING, Invitation, Session
from rooms.parts import parts
from translation.names import SPEAKER_PREFIX, speaker_identity, stage_room
from translation.values import SessionState
from translation.voices import Gender


@dataclass(frozen=True)
class Invited:
    """The token is nowhere else: whoever loses it needs another invitation."""

    invitation: Invitation
    token: str


@dataclass(frozen=True)
class Admission:
    url: str
    token: str
    room: str
    identity: str
    invitation: Invitation


def invite_speaker(
    *,
    session: Session,
    by: User | None = None,
    label: str = "",
    hours: int | None = None,
    voice: Gender = Gender.ANY,
) -> Invited:
    """`voice`: of the machines' voices while this speaker speaks."""
    if session.state == SessionState.ENDED:
        raise Ended
    token = new_token()
    invitation = Invitation.objects.create(
        session=session,
        label=label,
        voice=voice.value,
        token_sha256=sha256(token),
        expires_at=timezone.now() + timedelta(hours=hours or settings.INVITATION_HOURS),
        created_by=by,
    )
    return Invited(invitation, token)


def stage_url(*, session: Session, token: str) -> str:
    """The token stands after the #: it reaches no server's log."""
    room = session.room
    return f"{settings.BASE_URL}/stage/{room.event.slug}/{room.slug}#i={token}"


def invited_to_stage(*, token: str) -> Invitation:
    """The invitation of a token, while it is good for something. One by which somebody came in
    also after it expired, as long as the session runs: a talk that takes longer than planned is
    not broken off, and a lost connection comes back."""
    invitation = (
        Invitation.objects.select_related("session__room__event__organization")
        .filter(token_sha256=sha256(token))
        .first()
    )
    if invitation is None:
        raise InvitationRefused("invitation_unknown", "This invitation does not exist any more.")
    if invitation.session.state == SessionState.ENDED:
        raise Ended
    goes_on = invitation.entered_at is not None and invitation.session.state in RUNNING
    if invitation.expires_at <= timezone.now() and not goes_on:
        raise InvitationRefused(
            "invitation_expired", "This invitation has expired. Ask for another."
        )
    return invitation


def admit_speaker(*, token: str) -> Admission:
    """An invitation's token -> a place on the stage, also before the session starts."""
    invitation = invited_to_stage(token=token)
    session = invitation.session
    room, media = stage_room(session.id), parts().media
    ensure_rooms([room])
    identity = speaker_identity(invitation.id, secrets.token_hex(4))
    token = media.speaker_token(session.id, identity)
    Invitation.objects.filter(id=invitation.id).update(entered_at=timezone.now())
    _use_voice(invitation)
    return Admission(media.public_url, token, room, identity, invitation)


def wish_voice(*, token: str, voice: Gender) -> Invitation:
    """What the speaker wishes of the machines' voices: from the next line on, if on the stage."""
    invitation = invited_to_stage(token=token)
    invitation.voice = voice.value
    invitation.save(update_fields=["voice"])
    if invitation.entered_at is not None:
        _use_voice(invitation)
    return invitation


def _use_voice(invitation: Invitation) -> None:
    """Of several speakers the last one who came, or who wished for another voice, is obeyed."""
    if invitation.session.voice == invitation.voice:
        return
    with transaction.atomic():
        session = Session.objects.select_for_update().get(id=invitation.session_id)
        session.voice = invitation.voice
        session.save(update_fields=["voice"])
        publish_plan_on_commit(session)


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Nobody comes in by it any more, and whoever did has to leave."""
    prefix = f"{SPEAKER_PREFIX}{invitation.id}."
    room, media = stage_room(invitation.session_id), parts().media
    invitation.delete()
    for identity in media.list_participants(room):
        if identity.startswith(prefix):
            media.remove_participant(room, identity)
