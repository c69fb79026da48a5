"""Looking things up, and whether a person may organize them.

What belongs to an organization somebody is no member of does not exist for them (404).
"""

from django.contrib.auth.models import User

from rooms.domain.errors import NotYours, Unknown
from rooms.models import (
    ORGANIZING,
    Assignment,
    Event,
    Invitation,
    Member,
    MemberInvitation,
    Organization,
    Role,
    Room,
    Session,
)


def organization_of(*, user: User, slug: str) -> Organization:
    unknown = Unknown("unknown_organization", "There is no such organization of yours.")
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        raise unknown
    _check(user, organization, unknown)
    return organization


def owned_organization(*, user: User, slug: str) -> Organization:
    """One whose people the person may choose."""
    found = organization_of(user=user, slug=slug)
    if not found.members.filter(user=user, role=Role.OWNER).exists():
        raise NotYours("owners_only", "Only owners of this organization may do this.")
    return found


def member_of(*, organization: Organization, id: int) -> Member:
    found = organization.members.select_related("user").filter(id=id).first()
    if found is None:
        raise Unknown("unknown_member", "There is no such person in this organization.")
    return found


def member_invitation_of(*, organization: Organization, id: str) -> MemberInvitation:
    found = organization.invitations.filter(id=id).first()
    if found is None:
        raise Unknown("unknown_invitation", "There is no such invitation.")
    return found


def event(*, slug: str) -> Event:
    found = Event.objects.select_related("organization").filter(slug=slug).first()
    if found is None:
        raise Unknown("unknown_event", "There is no such event.")
    return found


def event_of(*, user: User, slug: str) -> Event:
    found = event(slug=slug)
    _check(user, found.organization, Unknown("unknown_event", "There is no such event."))
    return found


def room_of(*, user: User, event_slug: str, slug: str) -> Room:
    found = event_of(user=user, slug=event_slug).rooms.filter(slug=slug).first()
    if found is None:
        raise Unknown("unknown_room", "There is no such room in this event.")
    return found


def session(*, id: str) -> Session:
    found = Session.objects.select_related("room__event__organization").filter(id=id).first()
    if found is None:
        raise Unknown("unknown_session", "There is no such session.")
    return found


def session_of(*, user: User, id: str) -> Session:
    found = session(id=id)
    unknown = Unknown("unknown_session", "There is no such session.")
    _check(user, found.room.event.organization, unknown)
    return found


def invitation_of(*, session: Session, id: str) -> Invitation:
    found = session.invitations.filter(id=id).first()
    if found is None:
        raise Unknown("unknown_invitation", "There is no such invitation.")
    return found


def assignment_of(*, user: User, id: str) -> Assignment:
    """One that was not removed yet."""
    unknown = Unknown("unknown_assignment", "There is no such interpreter in this session.")
    found = (
        Assignment.objects.select_related("booth__session__room__event__organization")
        .filter(id=id, removed_at=None)
        .first()
    )
    if found is None:
        raise unknown
    _check(user, found.booth.session.room.event.organization, unknown)
    return found


def _check(user: User, organization: Organization, unknown: Unknown) -> None:
    member = Member.objects.filter(user=user, organization=organization).first()
    if member is None:
        raise unknown
    if member.role not in ORGANIZING:
        raise NotYours
