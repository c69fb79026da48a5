"""Asks for the jobs that sessions lack: those that should run, and those that just ended and may
still have something to say."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from rooms.models import RUNNING, Session
from rooms.parts import parts
from translation.values import SessionState

DRAINING = timedelta(minutes=2)


def place_jobs() -> None:
    draining = Q(state=SessionState.ENDED, ended_at__gt=timezone.now() - DRAINING)
    for session_id in Session.objects.filter(Q(state__in=RUNNING) | draining).values_list(
        "id", flat=True
    ):
        parts().jobs.place(session_id)
