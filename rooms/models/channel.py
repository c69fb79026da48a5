from django.db import models

from rooms.models.session import Session


class Channel(models.Model):
    """One language of one session, carried by `shards` LiveKit rooms.

    The floor's own language is a channel too: the original sound.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="channels")
    language = models.CharField(max_length=16)
    shards = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("session", "language"), name="one_channel_a_language"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.language}"
