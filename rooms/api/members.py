"""Who works for an organization: every organizer sees it, owners choose."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja import Router, Status
from ninja.throttling import AuthRateThrottle

from rooms.api.auth import SignedIn, user_of
from rooms.api.member_schemas import (
    MemberIn,
    MemberInvitationIn,
    MemberInvitationOut,
    MemberOut,
    MembersOut,
    RoleIn,
)
from rooms.api.organize import REFUSALS
from rooms.api.schemas import ErrorOut, InvitedOut, RoleName
from rooms.domain import find
from rooms.domain.members import add_member, change_role, invite_member, join_url, remove_member
from rooms.models import Member, Role

router = Router(tags=["people"], auth=SignedIn())

MEMBERS = "/organize/organizations/{organization}/members"
INVITATIONS = "/organize/organizations/{organization}/invitations"


@router.get(MEMBERS, response={200: MembersOut, **REFUSALS})
def members(request: HttpRequest, organization: str) -> MembersOut:
    user = user_of(request)
    found = find.organization_of(user=user, slug=organization)
    people = list(found.members.select_related("user").order_by("id"))
    return MembersOut(
        yours=any(one.user == user and one.role == Role.OWNER for one in people),
        items=[_member_out(one, user) for one in people],
        invitations=[
            MemberInvitationOut(
                id=one.id,
                role=cast(RoleName, one.role),
                label=one.label,
                expires_at=one.expires_at,
            )
            for one in found.invitations.all()
        ],
    )


@router.post(
    MEMBERS,
    response={201: MemberOut, **REFUSALS, 429: ErrorOut},
    throttle=[AuthRateThrottle("30/m")],  # it says which addresses have an account
)
def add(request: HttpRequest, organization: str, body: MemberIn) -> Status[MemberOut]:
    """Somebody who has an account; who has none is sent a link."""
    user = user_of(request)
    found = find.owned_organization(user=user, slug=organization)
    member = add_member(organization=found, email=body.email, role=Role(body.role))
    return Status(201, _member_out(member, user))


@router.patch(MEMBERS + "/{int:member}", response={200: MemberOut, **REFUSALS})
def change(request: HttpRequest, organization: str, member: int, body: RoleIn) -> MemberOut:
    user = user_of(request)
    found = find.owned_organization(user=user, slug=organization)
    changed = change_role(
        member=find.member_of(organization=found, id=member), role=Role(body.role)
    )
    return _member_out(changed, user)


@router.delete(MEMBERS + "/{int:member}", response={204: None, **REFUSALS})
def remove(request: HttpRequest, organization: str, member: int) -> Status[None]:
    """Owners remove people; an organizer may leave."""
    user = user_of(request)
    found = find.organization_of(user=user, slug=organization)
    gone = find.member_of(organization=found, id=member)
    if gone.user != user:
        find.owned_organization(user=user, slug=organization)
    remove_member(member=gone)
    return Status(204, None)


@router.post(INVITATIONS, response={201: InvitedOut, **REFUSALS})
def invite(request: HttpRequest, organization: str, body: MemberInvitationIn) -> Status[InvitedOut]:
    """A link that works once, also for somebody without an account. It is shown this once."""
    user = user_of(request)
    found = find.owned_organization(user=user, slug=organization)
    made = invite_member(organization=found, role=Role(body.role), label=body.label, by=user)
    invited = InvitedOut(
        id=made.invitation.id, url=join_url(made.token), expires_at=made.invitation.expires_at
    )
    return Status(201, invited)


@router.delete(INVITATIONS + "/{invitation}", response={204: None, **REFUSALS})
def withdraw(request: HttpRequest, organization: str, invitation: str) -> Status[None]:
    found = find.owned_organization(user=user_of(request), slug=organization)
    find.member_invitation_of(organization=found, id=invitation).delete()
    return Status(204, None)


def _member_out(member: Member, asker: User) -> MemberOut:
    user = member.user
    return MemberOut(
        id=member.id,
        name=user.get_full_name(),
        email=user.email,
        role=cast(RoleName, member.role),
        you=user == asker,
    )
