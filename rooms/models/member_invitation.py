from django.conf import settings
from django.db import models

from rooms.models.ids import new_id
from rooms.models.member import Role
from rooms.models.organization import Organization


class MemberInvitation(models.Model):
    """Whoever first comes with its token joins the organization in this role, and it is gone. Only
    the token's SHA-256 is kept. `label`: whom it is for, as the owner calls her."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    label = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.id
