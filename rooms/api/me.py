from typing import cast

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Status

from rooms.api.auth import SignedIn, user_of
from rooms.api.schemas import ErrorOut, MembershipOut, MeOut, OrganizationIn, RoleName
from rooms.domain.organizations import create_organization
from rooms.models import Member

router = Router(tags=["people"])


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Who is signed in. Sets the CSRF cookie."""
    get_token(request)
    if not request.user.is_authenticated:
        return MeOut(signed_in=False, name="", email="", organizations=[])
    user = user_of(request)
    members = Member.objects.filter(user=user).select_related("organization")
    return MeOut(
        signed_in=True,
        name=user.get_full_name() or user.email.partition("@")[0],
        email=user.email,
        organizations=[_membership_out(member) for member in members],
    )


@router.post(
    "/organizations", response={201: MembershipOut, 401: ErrorOut, 422: ErrorOut}, auth=SignedIn()
)
def add_organization(request: HttpRequest, body: OrganizationIn) -> Status[MembershipOut]:
    """A new organization; whoever asks owns it."""
    return Status(201, _membership_out(create_organization(user=user_of(request), name=body.name)))


def _membership_out(member: Member) -> MembershipOut:
    organization = member.organization
    return MembershipOut(
        slug=organization.slug, name=organization.name, role=cast(RoleName, member.role)
    )
