from django.conf import settings
from django.db import models

from rooms.models.organization import Organization


class Role(models.TextChoices):
    OWNER = "owner"
    ORGANIZER = "organizer"
    INTERPRETER = "interpreter"
    CLINICIAN = "clinician"
    AUDITOR = "auditor"


ORGANIZING = (Role.OWNER, Role.ORGANIZER)
"""The roles that may set up and run events."""


class Member(models.Model):
    """A person's role in an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "user"), name="one_role_each"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.organization_id}"
