"""Which engines serve an organization's events: what it wishes, and what comes of it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from rooms.domain.errors import Invalid, NotNow, Unknown
from rooms.domain.plans import publish_plan_on_commit
from rooms.domain.sessions import check_language, pairs_of, unserved
from rooms.domain.wishes import own_choice, wishes_of
from rooms.models import RUNNING, WISHED, EngineWish, Event, Organization, Session
from rooms.parts import parts
from translation.choice import Chain, EngineChoice, Slot, Wish
from translation.engines.registry import ENGINES
from translation.values import SessionState

log = logging.getLogger(__name__)

MOST_WISHES = 200


Origin = Literal["install", "organization", "event"]


@dataclass(frozen=True)
class Chosen:
    """The engines that serve a slot and a language, and whose wish they are."""

    chain: Chain
    origin: Origin


@dataclass(frozen=True)
class LanguageEngines:
    """By slot, for a language of an event's sessions; None where nobody needs it: what is only
    spoken on a floor is not translated."""

    event: str
    language: str
    slots: dict[Slot, Chosen | None]


def known_engines(slot: Slot) -> list[str]:
    """What may be wished for: engines that come with the service, and those the install names."""
    return sorted({*ENGINES[slot], *parts().engines.install.chains.get(slot, ())})


def check_known(slot: Slot, name: str) -> None:
    """Raises `Unknown`."""
    known = known_engines(slot)
    if name not in known:
        raise Unknown(
            "unknown_engine",
            f"“{name[:40]}” is no {slot.value} engine; known: {', '.join(known)}.",
            engine=name[:40],
        )


def put_wishes(*, scope: Organization | Event, wishes: Sequence[Wish]) -> None:
    """In place of what was wished before; running sessions go on with these engines. Refused where
    a language that is interpreted now could not be any more."""
    if len(wishes) > MOST_WISHES:
        raise Invalid(f"There are {MOST_WISHES} wishes at most.")
    seen: set[tuple[Slot, str]] = set()
    for wish in wishes:
        _check_shape(wish)
        if (wish.slot, wish.language) in seen:
            about = f" in “{wish.language}”" if wish.language else ""
            raise Invalid(f"There are two wishes for {wish.slot.value}{about}; leave one out.")
        seen.add((wish.slot, wish.language))
    for slot, name in dict.fromkeys((wish.slot, name) for wish in wishes for name in wish.chain):
        _check_engine(slot, name)
    with transaction.atomic():
        type(scope).objects.select_for_update().get(pk=scope.pk)
        sessions = _sessions(scope)
        unserved_before = _unserved(sessions)
        own: dict[str, Any] = (
            {"event": scope} if isinstance(scope, Event) else {"organization": scope}
        )
        EngineWish.objects.filter(**own).delete()
        EngineWish.objects.bulk_create(
            EngineWish(
                **own, slot=wish.slot.value, language=wish.language, chain=", ".join(wish.chain)
            )
            for wish in wishes
        )
        for pair, why in _unserved(sessions).items():
            if pair not in unserved_before:
                told = f"{why.message} A session offers it; choose other engines for it."
                raise NotNow(why.code, told, **why.values)
        for session in sessions:
            if session.state in RUNNING:
                publish_plan_on_commit(session)


def check_wish(wish: Wish) -> None:
    """For an operator. Raises `Unknown`, `NotNow` or `Invalid`, naming what is wrong and what to
    do."""
    _check_shape(wish)
    for name in wish.chain:
        if lacks := _lacks(wish.slot, name):
            raise NotNow(
                "engine_unavailable", f"“{name}” cannot be offered here: {lacks}.", engine=name
            )


def _check_shape(wish: Wish) -> None:
    if wish.slot not in WISHED:
        raise Invalid(f"Engines for {wish.slot.value} cannot be wished for.")
    if wish.language:
        check_language(wish.language)
    if not wish.chain:
        raise Invalid(f"A wish for {wish.slot.value} names no engine; name one or leave it out.")


def _check_engine(slot: Slot, name: str) -> None:
    """For an organizer, whom folders and settings of the service do not concern."""
    if lacks := _lacks(slot, name):
        log.warning("an organizer wishes for “%s”, which cannot be offered: %s", name, lacks)
        raise NotNow(
            "engine_unavailable",
            f"“{name}” is not set up on this service. Leave it out, or ask whoever runs the"
            " service: its log says what is missing.",
            engine=name,
        )


def _lacks(slot: Slot, name: str) -> str:
    """What an engine lacks here; "" where it lacks nothing."""
    check_known(slot, name)
    return parts().engines.why_not(slot, name)


def resulting(*, event: Event) -> list[LanguageEngines]:
    """What serves the languages of the event's sessions that are planned or running: of the
    engines that are chosen, those that can."""
    scopes: dict[Origin, EngineChoice] = {
        "event": own_choice(event),
        "organization": own_choice(event.organization),
        "install": parts().engines.install,
    }
    merged = EngineChoice()
    for scope in scopes.values():
        merged = merged.over(scope)

    floors: dict[str, set[str]] = {}
    for session in _sessions(event):
        for channel in session.channels.all():
            floors.setdefault(channel.language, set()).add(session.source_language)

    def chosen(slot: Slot, language: str) -> Chosen | None:
        heard_from = floors[language] - {language}
        if slot != Slot.RECOGNITION and not heard_from:
            return None
        wish = merged.wish(slot, language)
        if wish is None:
            return Chosen((), "install")
        sources = heard_from if slot == Slot.TRANSLATION else {language}
        is_able = parts().engines.is_able
        able = (
            name
            for name in wish.chain
            if any(is_able(slot, name, source, language) for source in sources)
        )
        return Chosen(tuple(able), next(name for name in scopes if scopes[name].holds(wish)))

    return [
        LanguageEngines(event.slug, tag, {slot: chosen(slot, tag) for slot in WISHED})
        for tag in floors
    ]


def _sessions(scope: Organization | Event) -> list[Session]:
    """Those that have not ended."""
    where = "room__event" if isinstance(scope, Event) else "room__event__organization"
    found = Session.objects.filter(**{where: scope}).exclude(state=SessionState.ENDED)
    return list(found.select_related("room").prefetch_related("channels").order_by("id"))


def _unserved(sessions: Sequence[Session]) -> dict[tuple[str, str, str], NotNow]:
    """(session, source, target) -> why no engine serves it."""
    wishes = {session.room.event_id: wishes_of(session.room.event_id) for session in sessions}
    return {
        (session.id, source, target): why
        for session in sessions
        for source, target in pairs_of(session)
        if (why := unserved(source, target, wishes[session.room.event_id]))
    }
