from django.conf import settings
from django.db import models

from rooms.models.booth import Booth
from rooms.models.ids import new_id


class Assignment(models.Model):
    """An interpreter's place in a booth: invited, then claimed, then perhaps removed.

    Whoever comes first with the invitation's token claims it; only the token's SHA-256 is kept.
    `expires_at`: until when it can be claimed. `show_name`: she agrees that listeners read her
    name; before she claimed the place, that the organizer would like it. `retour`: she also
    interprets back into the floor's language.
    """

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    booth = models.ForeignKey(Booth, models.CASCADE, related_name="assignments")
    name = models.CharField(max_length=120)
    show_name = models.BooleanField(default=False)
    retour = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.id

    @property
    def working(self) -> bool:
        """Claimed, and not removed."""
        return self.claimed_at is not None and self.removed_at is None
