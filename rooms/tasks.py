"""Short tasks that keep what is and what should be in step. Each fetches and delegates."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import close_old_connections

from rooms.domain.floor_language import note_language
from rooms.domain.place_jobs import place_jobs as place_all_jobs
from rooms.domain.reconcile import archive_logs, reconcile_listeners
from rooms.media import MediaUnreachable
from translation.errors import LogUnreachable

log = logging.getLogger(__name__)


@shared_task
def place_jobs() -> None:
    _try(place_all_jobs)


@shared_task
def reconcile() -> None:
    _try(reconcile_listeners)


@shared_task
def archive() -> None:
    _try(archive_logs)


@shared_task
def note_floor_language(session_id: str, language: str) -> None:
    """The floor job found out what the floor speaks; it asks again where this is lost."""
    _try(lambda: note_language(session_id=session_id, language=language))


def _try(work: Callable[[], None]) -> None:
    """What cannot be reached now is asked for again."""
    close_old_connections()
    try:
        work()
    except (MediaUnreachable, LogUnreachable) as error:
        log.warning("put off: %s", error)
