from django.db import models

from rooms.models.event import Event
from translation.voices import ANY_LANGUAGE, Gender, VoiceChoice


class EventVoice(models.Model):
    """A voice that an event chose for one of its speech engines: for a language, or with "" for
    all. `voice`: the engine's own name for it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="voices")
    engine = models.CharField(max_length=100)
    language = models.CharField(max_length=16, blank=True)
    gender = models.CharField(
        max_length=6,
        choices=[(gender.value, gender.value) for gender in Gender],
        default=Gender.ANY.value,
    )
    voice = models.CharField(max_length=100)

    class Meta:
        ordering = ("engine", "language", "gender")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "engine", "language", "gender"), name="one_voice_a_gender"
            ),
        )

    def __str__(self) -> str:
        return f"{self.engine} {self.language} {self.gender}: {self.voice}"

    @property
    def choice(self) -> VoiceChoice:
        return VoiceChoice(
            self.engine, self.language or ANY_LANGUAGE, self.voice, Gender(self.gender)
        )
