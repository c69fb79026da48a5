from django.http import HttpRequest
from ninja import Router, Status

from rooms.api.auth import SignedIn, user_of
from rooms.api.organize import REFUSALS
from rooms.api.schemas import InvitationIn, InvitationOut, InvitationsOut, InvitedOut
from rooms.domain import find
from rooms.domain.speakers import invite_speaker, stage_url, withdraw_invitation
from translation.voices import Gender

router = Router(tags=["organize"], auth=SignedIn())


@router.post("/sessions/{id}/invitations", response={201: InvitedOut, **REFUSALS})
def invite(request: HttpRequest, id: str, body: InvitationIn) -> Status[InvitedOut]:
    """A stage address for a speaker. It is shown this once."""
    user = user_of(request)
    session = find.session_of(user=user, id=id)
    made = invite_speaker(
        session=session, by=user, label=body.label, hours=body.hours, voice=Gender(body.voice)
    )
    invited = InvitedOut(
        id=made.invitation.id,
        url=stage_url(session=session, token=made.token),
        expires_at=made.invitation.expires_at,
    )
    return Status(201, invited)


@router.get("/sessions/{id}/invitations", response={200: InvitationsOut, **REFUSALS})
def invitations(request: HttpRequest, id: str) -> InvitationsOut:
    session = find.session_of(user=user_of(request), id=id)
    return InvitationsOut(
        items=[
            InvitationOut(
                id=invitation.id,
                label=invitation.label,
                voice=Gender(invitation.voice).value,
                created_at=invitation.created_at,
                expires_at=invitation.expires_at,
            )
            for invitation in session.invitations.all()
        ]
    )


@router.delete("/sessions/{id}/invitations/{invitation}", response={204: None, **REFUSALS})
def withdraw(request: HttpRequest, id: str, invitation: str) -> Status[None]:
    """The address is of no use any more, and whoever came in by it has to leave."""
    session = find.session_of(user=user_of(request), id=id)
    withdraw_invitation(invitation=find.invitation_of(session=session, id=invitation))
    return Status(204, None)
