"""Short tasks that keep what is and what should be in step. Each fetches and delegates."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import close_old_connections

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


def _try(work: Callable[[], None]) -> None:
    """What cannot be reached now is asked again by the next beat."""
    close_old_connections()
    try:
        work()
    except (MediaUnreachable, LogUnreachable) as error:
        log.warning("put off until the next beat: %s", error)
