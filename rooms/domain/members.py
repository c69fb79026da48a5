"""Who works for an organization, and in which role. There is always an owner."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from rooms.domain.errors import InvitationRefused, NotNow, Unknown
from rooms.domain.find import member_of
from rooms.domain.tokens import new_token, sha256
from rooms.models import Member, MemberInvitation, Organization, Role


@dataclass(frozen=True)
class InvitedMember:
    """The token is nowhere else: whoever loses it needs another invitation."""

    invitation: MemberInvitation
    token: str


def add_member(*, organization: Organization, email: str, role: Role) -> Member:
    """By the address of an account that there is."""
    user = User.objects.filter(email__iexact=email, is_active=True).order_by("id").first()
    if user is None:
        raise Unknown(
            "unknown_person", "Nobody here has an account with this address. Send a link instead."
        )
    return _joined(organization, user, role)


def invite_member(
    *, organization: Organization, role: Role, label: str = "", by: User | None = None
) -> InvitedMember:
    """By a link that works once."""
    token = new_token()
    invitation = MemberInvitation.objects.create(
        organization=organization,
        role=role,
        label=label,
        token_sha256=sha256(token),
        expires_at=timezone.now() + timedelta(hours=settings.INVITATION_HOURS),
        created_by=by,
    )
    return InvitedMember(invitation, token)


def join_url(token: str) -> str:
    return f"{settings.BASE_URL}/organize/join/{token}"


def member_invitation(*, token: str) -> MemberInvitation:
    """The invitation of a token, while it is good for something."""
    found = (
        MemberInvitation.objects.select_related("organization")
        .filter(token_sha256=sha256(token))
        .first()
    )
    if found is None:
        raise InvitationRefused("invitation_unknown", "This invitation does not exist any more.")
    if found.expires_at <= timezone.now():
        raise InvitationRefused(
            "invitation_expired", "This invitation has expired. Ask for another."
        )
    return found


def join_organization(*, token: str, user: User) -> Member:
    """Uses the invitation up. Of two who come at once, one is refused."""
    with transaction.atomic():
        found = member_invitation(token=token)
        member = _joined(found.organization, user, Role(found.role))
        gone, _ = MemberInvitation.objects.filter(id=found.id).delete()
        if not gone:
            raise InvitationRefused(
                "invitation_unknown", "This invitation does not exist any more."
            )
    return member


def change_role(*, member: Member, role: Role) -> Member:
    with transaction.atomic():
        member = _lock(member)
        if role != Role.OWNER:
            _check_another_owner(member)
        member.role = role
        member.save(update_fields=["role"])
    return member


def remove_member(*, member: Member) -> None:
    with transaction.atomic():
        member = _lock(member)
        _check_another_owner(member)
        member.delete()


def _joined(organization: Organization, user: User, role: Role) -> Member:
    try:
        with transaction.atomic():
            return Member.objects.create(organization=organization, user=user, role=role)
    except IntegrityError:
        raise NotNow("already_member", "This person works for the organization already.") from None


def _lock(member: Member) -> Member:
    """Read anew: of two owners who remove each other at once, one stays."""
    organization = Organization.objects.select_for_update().get(id=member.organization_id)
    return member_of(organization=organization, id=member.id)


def _check_another_owner(member: Member) -> None:
    owners = Member.objects.filter(organization=member.organization_id, role=Role.OWNER)
    if member.role == Role.OWNER and not owners.exclude(id=member.id).exists():
        raise NotNow("last_owner", "An organization needs an owner. Make somebody else one first.")
