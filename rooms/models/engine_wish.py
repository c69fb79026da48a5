from django.db import models
from django.db.models import Q

from rooms.models.event import Event
from rooms.models.organization import Organization
from translation.choice import Slot, Wish, chain_of

WISHED = (Slot.RECOGNITION, Slot.TRANSLATION, Slot.SPEECH)


class EngineWish(models.Model):
    """The engines that an organization, or one of its events, wishes for a slot: for one language,
    or with "" for all. `chain`: names, the first choice first: `elevenlabs, piper`."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="engine_wishes"
    )
    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="engine_wishes"
    )
    slot = models.CharField(max_length=20, choices=[(slot.value, slot.value) for slot in WISHED])
    language = models.CharField(max_length=16, blank=True)
    chain = models.CharField(max_length=400)

    class Meta:
        ordering = ("slot", "language", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(organization=None, event__isnull=False)
                | Q(organization__isnull=False, event=None),
                name="a_wish_of_one",
            ),
            models.UniqueConstraint(
                fields=("organization", "slot", "language"), name="one_wish_of_an_organization"
            ),
            models.UniqueConstraint(
                fields=("event", "slot", "language"), name="one_wish_of_an_event"
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot} {self.language}: {self.chain}"

    @property
    def wish(self) -> Wish:
        return Wish(Slot(self.slot), self.language, chain_of(self.chain))
