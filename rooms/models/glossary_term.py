from django.db import models

from rooms.models.event import Event
from rooms.models.ids import new_id


class GlossaryTerm(models.Model):
    """What a concept of an event is called in a language. Terms of one concept share its id."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="glossary")
    concept = models.CharField(max_length=60, default=new_id)
    language = models.CharField(max_length=16)
    term = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    do_not_translate = models.BooleanField(default=False)
    pronunciation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("concept", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "concept", "language"), name="one_term_a_language"
            ),
        )

    def __str__(self) -> str:
        return self.term
