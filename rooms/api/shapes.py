"""Models as the API shows them."""

from collections.abc import Iterable
from typing import cast

from django.db.models import prefetch_related_objects

from rooms.api.listen_schemas import CaptionOut, VoiceOut
from rooms.api.schemas import (
    ChannelOut,
    Direction,
    EventLineOut,
    EventOut,
    LanguageOut,
    OrganizationOut,
    RoomOut,
    SessionOut,
    State,
)
from rooms.domain.captions import Caption
from rooms.models import RUNNING, Channel, Event, Organization, Room, Session
from translation.languages import Language, language
from translation.values import OnAir, SessionState


def language_out(known: Language | str) -> LanguageOut:
    it = language(known) if isinstance(known, str) else known
    return LanguageOut(
        tag=it.tag,
        name=it.name,
        english_name=it.english_name,
        direction=cast(Direction, it.direction),
    )


def channels_in_order(session: Session) -> list[Channel]:
    """The original comes first, the others as they were added."""
    return sorted(
        session.channels.all(), key=lambda channel: channel.language != session.source_language
    )


def session_out(session: Session) -> SessionOut:
    return SessionOut(
        id=session.id,
        title=session.title,
        source_language=language_out(session.source_language),
        state=cast(State, session.state),
        starts_at=session.starts_at,
        started_at=session.epoch,
        ended_at=session.ended_at,
        channels=[
            ChannelOut(
                language=language_out(channel.language),
                original=channel.language == session.source_language,
            )
            for channel in channels_in_order(session)
        ],
    )


def organization_out(organization: Organization) -> OrganizationOut:
    return OrganizationOut(slug=organization.slug, name=organization.name)


def room_out(room: Room) -> RoomOut:
    sessions = list(room.sessions.all())
    current = _current(sessions)
    return RoomOut(
        slug=room.slug,
        name=room.name,
        current_session_id=current.id if current else None,
        sessions=[session_out(session) for session in sessions],
    )


def event_out(event: Event) -> EventOut:
    prefetch_related_objects([event], "rooms__sessions__channels")
    return EventOut(
        slug=event.slug,
        title=event.title,
        description=event.description,
        organization=organization_out(event.organization),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        listed=event.listed,
        rooms=[room_out(room) for room in event.rooms.all()],
    )


def event_line_out(event: Event) -> EventLineOut:
    return EventLineOut(
        slug=event.slug,
        title=event.title,
        organization=organization_out(event.organization),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        live=any(
            session.state == SessionState.LIVE
            for room in event.rooms.all()
            for session in room.sessions.all()
        ),
    )


def captions_out(captions: Iterable[Caption]) -> list[CaptionOut]:
    return [
        CaptionOut(
            id=caption.id,
            language=caption.language,
            text=caption.text,
            start_s=caption.start_s,
            end_s=caption.end_s,
            skipped=caption.skipped.value if caption.skipped else None,
            by=caption.by,
            said=caption.said,
        )
        for caption in captions
    ]


def voices_out(voices: Iterable[OnAir]) -> list[VoiceOut]:
    return [
        VoiceOut(
            input=voice.input.value,
            who=voice.who,
            name=voice.name,
            reason=voice.reason.value,
            since_s=voice.since_s,
        )
        for voice in voices
    ]


def _current(sessions: list[Session]) -> Session | None:
    """The one that runs, else the next, else the last that ended."""
    running = [session for session in sessions if session.state in RUNNING]
    planned = [session for session in sessions if session.state == SessionState.PLANNED]
    ended = sorted(
        (session for session in sessions if session.ended_at is not None),
        key=lambda session: (session.ended_at is not None, session.ended_at),
        reverse=True,
    )
    return next(iter([*running, *planned, *ended]), None)
