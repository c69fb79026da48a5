"""What a session should be doing now, told to its jobs through its log."""

from django.db import transaction

from rooms.models import Session
from rooms.parts import parts
from translation.names import listener_room, stage_room
from translation.values import ChannelPlan, Plan, SessionState


def plan_of(session: Session) -> Plan:
    """The plan of a session that has been live."""
    assert session.epoch is not None, "a session that never went live has no plan"  # noqa: S101
    return Plan(
        session_id=session.id,
        source_language=session.source_language,
        state=SessionState(session.state),
        channels=tuple(
            ChannelPlan(language=channel.language, shards=channel.shards)
            for channel in session.channels.all()
        ),
        epoch_s=session.epoch.timestamp(),
    )


def publish_plan(session_id: str) -> None:
    """Writes the plan into the log and asks for its jobs.

    Reads the session under its lock, so that of two changes at once the later plan holds both.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id).first()
        if session is None or session.epoch is None:
            return
        log, plan = parts().log(session_id), plan_of(session)
        if log.plan() != plan:
            log.append(plan)
    parts().jobs.place(session_id)


def publish_plan_on_commit(session: Session) -> None:
    transaction.on_commit(lambda: publish_plan(session.id))


def room_names(session: Session) -> list[str]:
    """Every LiveKit room that a running session needs."""
    return [stage_room(session.id)] + [
        listener_room(session.id, channel.language, shard)
        for channel in session.channels.all()
        for shard in range(channel.shards)
    ]


def ensure_rooms(names: list[str]) -> None:
    """Creates those that LiveKit does not have."""
    media = parts().media
    there = {room.name for room in media.list_rooms(names)}
    for name in names:
        if name not in there:
            media.ensure_room(name)


def check_reachable(session: Session) -> None:
    """Raises where the session's log cannot be reached: before anything is changed."""
    parts().log(session.id).plan()
