from django.db import models

from rooms.models.session import Session
from translation.values import Input, Policy


class Channel(models.Model):
    """One language of one session, carried by `shards` LiveKit rooms.

    The floor's own language is a channel too: the original sound. Who speaks it otherwise:
    `translation.values.ChannelPlan`.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="channels")
    language = models.CharField(max_length=16)
    shards = models.PositiveIntegerField(default=1)
    policy = models.CharField(
        max_length=20,
        choices=[(policy.value, policy.value) for policy in Policy],
        default=Policy.HUMAN_FIRST.value,
    )
    unmanned = models.CharField(
        max_length=10,
        choices=[(input.value, input.value) for input in (Input.SLATE, Input.FLOOR)],
        default=Input.SLATE.value,
    )
    spoken_notice = models.BooleanField(default=True)
    stand_in_s = models.FloatField(default=6.0)
    turn_s = models.FloatField(default=1800.0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("session", "language"), name="one_channel_a_language"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.language}"
