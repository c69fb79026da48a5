"""Which engines organizations and events wish for, as they are stored."""

from django.db.models import Q

from rooms.models import EngineWish, Event, Organization
from translation.choice import EngineChoice, Wishes


def own_choice(scope: Organization | Event) -> EngineChoice:
    """Only what this one wishes itself."""
    return EngineChoice.of(row.wish for row in scope.engine_wishes.all())


def wishes_of(event_id: int) -> Wishes:
    """The event's over its organization's."""
    rows = list(EngineWish.objects.filter(Q(event=event_id) | Q(organization__events=event_id)))
    event, organization = (
        EngineChoice.of(row.wish for row in rows if (row.event_id is None) == wider)
        for wider in (False, True)
    )
    return event.over(organization).wishes
