from django.conf import settings
from django.db import models

from rooms.models.ids import new_id
from rooms.models.session import Session
from translation.voices import Gender


class Invitation(models.Model):
    """Lets whoever holds its token speak in a session. Only the token's SHA-256 is kept.

    `entered_at`: when somebody last came in by it. Whoever did is not sent away in the middle of a
    talk because it expires meanwhile. `voice`: of the machines' voices while this speaker speaks.
    """

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    label = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    voice = models.CharField(
        max_length=6,
        choices=[(gender.value, gender.value) for gender in Gender],
        default=Gender.ANY.value,
    )
    expires_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.id
