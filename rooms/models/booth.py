from django.db import models

from rooms.models.session import Session


class Booth(models.Model):
    """Where the human interpreters of one language of a session work."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="booths")
    language = models.CharField(max_length=16)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("session", "language"), name="one_booth_a_language"),
        )

    def __str__(self) -> str:
        return self.name
