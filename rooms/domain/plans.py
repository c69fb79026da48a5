"""What a session should be doing now, told to its jobs through its log."""

from dataclasses import replace

from django.db import transaction

from rooms.domain.event_terms import event_terms
from rooms.domain.wishes import wishes_of
from rooms.models import RUNNING, Assignment, Channel, Event, Session
from rooms.parts import parts
from translation.names import listener_room, stage_room
from translation.values import Assigned, ChannelPlan, Input, Plan, Policy, SessionState
from translation.voices import Gender

AGENDA_MOST, AGENDA_LENGTH = 8, 80


def plan_of(session: Session) -> Plan:
    """The plan of a session that has been live."""
    assert session.epoch is not None, "a session that never went live has no plan"  # noqa: S101
    working = working_interpreters(session)
    channels = session.channels.all()
    offered = {channel.language for channel in channels}
    return Plan(
        session_id=session.id,
        source_language=session.source_language,
        state=SessionState(session.state),
        channels=tuple(
            _channel_plan(channel, session.source_language, offered, working)
            for channel in channels
        ),
        epoch_s=session.epoch.timestamp(),
        floor_language=session.floor_language,
        detects=session.detects_language,
        voice=Gender(session.voice),
        voices=tuple(row.choice for row in session.room.event.voices.all()),
        agenda=agenda_of(session),
        engines=wishes_of(session.room.event_id),
    )


def agenda_of(session: Session) -> tuple[str, ...]:
    """Who speaks, and under which titles: what recognisers may listen for. The first few."""
    speakers = session.invitations.exclude(label="").values_list("label", flat=True)
    said = (session.title, session.room.event.title, *speakers[:AGENDA_MOST])
    return tuple(dict.fromkeys(text[:AGENDA_LENGTH] for text in said))[:AGENDA_MOST]


def plan_with_terms(session: Session) -> Plan:
    """The same; the event's glossary is stored with the session's log and named in the plan."""
    concepts = event_terms(session.room.event_id)
    return replace(plan_of(session), glossary=parts().log(session.id).keep_terms(concepts))


def working_interpreters(session: Session) -> list[Assignment]:
    """Who has claimed a place and was not removed, in a steady order."""
    return list(
        Assignment.objects.select_related("booth")
        .filter(booth__session=session, removed_at=None, claimed_at__isnull=False)
        .order_by("created_at", "id")
    )


def _channel_plan(
    channel: Channel, source: str, offered: set[str], working: list[Assignment]
) -> ChannelPlan:
    """Her own booth's channel hears an interpreter; with retour the original hears her too."""
    return ChannelPlan(
        language=channel.language,
        shards=channel.shards,
        policy=Policy(channel.policy),
        unmanned=Input(channel.unmanned),
        spoken_notice=channel.spoken_notice,
        stand_in_s=channel.stand_in_s,
        turn_s=channel.turn_s,
        interpreters=tuple(
            Assigned(
                id=one.id,
                booth=one.booth.language,
                retour=one.booth.language != channel.language,
                name=one.name if one.show_name else "",
            )
            for one in working
            if one.booth.language == channel.language
            or (one.retour and channel.language == source and one.booth.language in offered)
        ),
    )


def publish_plan(session_id: str) -> None:
    """Writes the plan into the log and asks for its jobs.

    Reads the session under its lock, so that of two changes at once the later plan holds both.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id).first()
        if session is None or session.epoch is None:
            return
        log, plan = parts().log(session_id), plan_with_terms(session)
        if log.plan() != plan:
            log.append(plan)
    parts().jobs.place(session_id)


def publish_plan_on_commit(session: Session) -> None:
    """Tells the jobs, then the consoles."""

    def publish() -> None:
        publish_plan(session.id)
        parts().consoles.changed(session.id)

    transaction.on_commit(publish)


def publish_plans_on_commit(event: Event) -> None:
    """Those of its running sessions."""
    for session in Session.objects.filter(room__event=event, state__in=RUNNING):
        publish_plan_on_commit(session)


def room_names(session: Session) -> list[str]:
    """Every LiveKit room that a running session needs."""
    return [stage_room(session.id)] + [
        name for channel in session.channels.all() for name in listener_rooms(channel)
    ]


def listener_rooms(channel: Channel) -> list[str]:
    """Those that carry one language, by shard."""
    return [
        listener_room(channel.session_id, channel.language, shard)
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
