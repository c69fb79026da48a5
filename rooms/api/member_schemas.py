"""Who works for an organization, as the API takes and gives it."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, StringConstraints

from rooms.api.schemas import Body, Label, RoleName, no_nul

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"),
    AfterValidator(no_nul),
]


class MemberIn(Body):
    """`email`: of an account that there is."""

    email: Email
    role: RoleName


class RoleIn(Body):
    role: RoleName


class MemberInvitationIn(Body):
    """`label`: whom it is for."""

    role: RoleName
    label: Label = ""


class MemberOut(Schema):
    """`you`: it is whoever asks."""

    id: int
    name: str
    email: str
    role: RoleName
    you: bool


class MemberInvitationOut(Schema):
    id: str
    role: RoleName
    label: str
    expires_at: datetime


class MembersOut(Schema):
    """`yours`: whether whoever asks may choose them."""

    yours: bool
    items: list[MemberOut]
    invitations: list[MemberInvitationOut]
