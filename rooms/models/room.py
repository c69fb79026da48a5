from django.db import models

from rooms.models.event import Event


class Room(models.Model):
    """A stage of an event; runs one session at a time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("event", "slug"), name="room_slug"),)

    def __str__(self) -> str:
        return self.name
