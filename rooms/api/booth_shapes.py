"""Booths, glossaries and timelines as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.utils import timezone

from rooms.api.booth_schemas import (
    BoothOut,
    BoothsOut,
    ChannelControlOut,
    ColleagueOut,
    ConceptOut,
    ConsoleBoothOut,
    ConsoleChannelOut,
    ConsoleOut,
    InterpreterOut,
    MyPlaceOut,
    OnAirOut,
    Place,
    PolicyName,
    TermIO,
    Unmanned,
)
from rooms.api.schemas import EventNameOut
from rooms.api.shapes import channels_in_order, language_out, session_out
from rooms.domain.commands import session_time_s
from rooms.models import Assignment, Booth, Channel, Session
from translation.termbase import Concept
from translation.values import OnAir


def booths_out(session: Session) -> BoothsOut:
    booths = _booths(session)
    return BoothsOut(
        session=session_out(session),
        floor_language=language_out(session.floor_language or session.source_language),
        detects_language=session.detects_language,
        countdown_s=session.countdown_s,
        channels=[
            channel_control_out(channel, session, booths.get(channel.language))
            for channel in channels_in_order(session)
        ],
    )


def channel_control_out(
    channel: Channel, session: Session, booth: Booth | None
) -> ChannelControlOut:
    return ChannelControlOut(
        language=language_out(channel.language),
        original=channel.language == session.source_language,
        policy=cast(PolicyName, channel.policy),
        unmanned=cast(Unmanned, channel.unmanned),
        spoken_notice=channel.spoken_notice,
        stand_in_s=channel.stand_in_s,
        turn_s=channel.turn_s,
        booth=_booth_out(booth),
    )


def console_out(assignment: Assignment) -> ConsoleOut:
    booth, session = assignment.booth, assignment.booth.session
    event = session.room.event
    return ConsoleOut(
        event=EventNameOut(slug=event.slug, title=event.title),
        room_name=session.room.name,
        session=session_out(session),
        floor_language=language_out(session.floor_language or session.source_language),
        countdown_s=session.countdown_s,
        language=language_out(booth.language),
        booth_name=booth.name,
        me=MyPlaceOut(
            id=assignment.id,
            name=assignment.name,
            show_name=assignment.show_name,
            retour=assignment.retour,
        ),
        channels=console_channels_out(session),
        now_s=session_time_s(session),
    )


def console_channels_out(session: Session) -> list[ConsoleChannelOut]:
    """What interpreters see of each other's booths: who works there, no invitations."""
    booths = _booths(session)
    return [
        ConsoleChannelOut(
            language=language_out(channel.language),
            original=channel.language == session.source_language,
            policy=cast(PolicyName, channel.policy),
            unmanned=cast(Unmanned, channel.unmanned),
            stand_in_s=channel.stand_in_s,
            turn_s=channel.turn_s,
            booth=_console_booth_out(booths.get(channel.language)),
        )
        for channel in channels_in_order(session)
    ]


def on_air_out(entries: Sequence[OnAir], names: Mapping[str, str]) -> list[OnAirOut]:
    """Each until the next of its language. `names`: interpreters' by id."""
    until: dict[str, float] = {}
    shown = []
    for entry in reversed(entries):
        shown.append(
            OnAirOut(
                language=entry.language,
                input=entry.input.value,
                who=entry.who,
                name=names.get(entry.who, entry.name),
                reason=entry.reason.value,
                since_s=entry.since_s,
                until_s=until.get(entry.language),
            )
        )
        until[entry.language] = entry.since_s
    return shown[::-1]


def concept_out(concept: Concept) -> ConceptOut:
    return ConceptOut(
        concept=concept.id,
        terms=[
            TermIO(
                language=term.language,
                term=term.term,
                note=term.note,
                do_not_translate=term.do_not_translate,
                pronunciation=term.pronunciation,
            )
            for term in concept.terms
        ],
    )


def _booths(session: Session) -> dict[str, Booth]:
    return {booth.language: booth for booth in session.booths.prefetch_related("assignments")}


def _booth_out(booth: Booth | None) -> BoothOut | None:
    if booth is None:
        return None
    there = [_interpreter_out(one) for one in booth.assignments.all() if not one.removed_at]
    return BoothOut(name=booth.name, interpreters=there)


def _console_booth_out(booth: Booth | None) -> ConsoleBoothOut | None:
    if booth is None:
        return None
    return ConsoleBoothOut(
        name=booth.name,
        interpreters=[
            ColleagueOut(id=one.id, name=one.name, retour=one.retour)
            for one in booth.assignments.all()
            if one.working
        ],
    )


def _interpreter_out(one: Assignment) -> InterpreterOut:
    place: Place = "working" if one.claimed_at else "invited"
    if not one.claimed_at and one.expires_at <= timezone.now():
        place = "expired"
    return InterpreterOut(
        id=one.id,
        name=one.name,
        show_name=one.show_name,
        retour=one.retour,
        place=place,
        claimed_at=one.claimed_at,
        expires_at=one.expires_at,
    )
