from django.db import models

from rooms.models.ids import new_id
from rooms.models.room import Room
from translation.values import SessionState
from translation.voices import Gender

RUNNING = (SessionState.LIVE, SessionState.PAUSED)


class Session(models.Model):
    """One agenda item of a room.

    `epoch` is when it first went live: the zero of its session time, never changed.
    `archived_at` is when the last of its log was in the database. `floor_language` is what the
    floor speaks now, where it is not `source_language`; `detects_language`: the floor job finds it
    out. `countdown_s`: how long a handover counts down where nobody says otherwise. `voice`: of the
    machines' voices, as whoever speaks wishes it.
    """

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=200)
    source_language = models.CharField(max_length=16)
    floor_language = models.CharField(max_length=16, blank=True)
    detects_language = models.BooleanField(default=False)
    countdown_s = models.FloatField(default=10.0)
    voice = models.CharField(
        max_length=6,
        choices=[(gender.value, gender.value) for gender in Gender],
        default=Gender.ANY.value,
    )
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in SessionState],
        default=SessionState.PLANNED,
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    epoch = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("starts_at", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("room",),
                condition=models.Q(state__in=("live", "paused")),
                name="one_running_session_a_room",
            ),
        )

    def __str__(self) -> str:
        return self.title
