from django.db import models

from rooms.models.organization import Organization


class Event(models.Model):
    """What people come to: it has rooms, and rooms run sessions. No two have the same slug.

    `listed`: on the home page; without, only by its address.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="events")
    slug = models.SlugField(unique=True, max_length=60)
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=5000, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    listed = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("starts_at", "id")

    def __str__(self) -> str:
        return self.title
