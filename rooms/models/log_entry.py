from django.db import models

from rooms.models.session import Session


class LogEntry(models.Model):
    """An entry of a session's log, archived. Rows of a session stand in the log's order.

    `position` is the entry's place in the log; `segment` and `language` are null where the entry
    is about none; `at_s` is session time.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="log_entries")
    position = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    segment = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=16, blank=True)
    at_s = models.FloatField(null=True)
    payload = models.JSONField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("session", "position"), name="archived_once"),
        )
        indexes = (
            models.Index(fields=("session", "segment"), name="entries_of_a_segment"),
            models.Index(fields=("session", "language", "segment"), name="captions_of_a_language"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.position} {self.kind}"
