"""Which engine of this install serves which language, and what keeps the ones before it."""

import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from interpret import chains, wiring
from interpret.env import env
from translation.choice import EngineChoice, Slot
from translation.errors import EngineMissing
from translation.language_table import HereRow, Served, UsedRow, here
from translation.languages import LANGUAGES
from translation.values import SessionState

log = logging.getLogger(__name__)

USUAL_FLOOR = "en"


def tell() -> None:
    """To the log, as a process starts: a record a line, so that a log of JSON stays one."""
    try:
        lines = here(rows(USUAL_FLOOR)).splitlines()
    except Exception:  # whatever an engine of one's own raises, the service starts
        log.exception("It cannot be said which engine serves which language")
        return
    log.info("Engines of this install, by language, for a floor in “%s”:", USUAL_FLOOR)
    for line in lines:
        log.info(line)


def rows(source: str) -> list[HereRow]:
    """Every language as a floor in `source` is heard in it, by the engines of the settings."""
    served = _Serving(wiring.engine_choice())
    return [
        HereRow(
            tag,
            recognised=served.recognised(tag),
            translated=Served("the original") if tag == source else served.translated(source, tag),
            spoken=served.spoken(tag),
        )
        for tag in LANGUAGES
    ]


def used_rows() -> list[UsedRow]:
    """Every pair of languages of sessions that have not ended, by their events' wishes; a pair
    that is served in two ways has two rows."""
    from rooms.domain.wishes import wishes_of
    from rooms.models import Session

    engine = cache(_engine)
    sessions = Session.objects.exclude(state=SessionState.ENDED).select_related("room")
    found = [
        UsedRow(
            session.source_language,
            channel.language,
            served.recognised(session.source_language),
            served.translated(session.source_language, channel.language),
            served.spoken(channel.language),
        )
        for session in sessions.prefetch_related("channels")
        for served in [_Serving(wiring.choice(wishes_of(session.room.event_id)), engine)]
        for channel in session.channels.all()
        if channel.language != session.source_language
    ]
    return sorted(dict.fromkeys(found), key=lambda row: (row.source, row.target))


class _Serving:
    """By one choice of engines; each is built once."""

    def __init__(
        self, choice: EngineChoice, engine: Callable[[Slot, str], Any] | None = None
    ) -> None:
        self._choice = choice
        self._engine = engine or cache(_engine)

    def recognised(self, tag: str) -> Served:
        return self._first(Slot.RECOGNITION, tag, lambda known: tag in known)

    def translated(self, source: str, target: str) -> Served:
        return self._first(Slot.TRANSLATION, target, lambda one: one.supports(source, target))

    def spoken(self, tag: str) -> Served:
        return self._first(Slot.SPEECH, tag, lambda one: tag in one.abilities.languages)

    def _first(self, slot: Slot, tag: str, serves: Callable[[Any], bool]) -> Served:
        names = self._choice.chain(slot, tag)
        return _first(((name, self._engine(slot, name)) for name in names), tag, serves)


def _first(engines: Iterable[tuple[str, Any]], tag: str, serves: Callable[[Any], bool]) -> Served:
    """The first engine that does it, and why those before it do not."""
    reasons: list[str] = []
    for name, engine in engines:
        if isinstance(engine, EngineMissing):
            reasons.append(f"{name}: {engine}")
        elif serves(engine):
            return Served(name, "; ".join(reasons))
        elif lacks := getattr(engine, "lacks", None):
            reasons.append(f"{name}: {lacks(tag)}")
        else:
            reasons.append(f"not by {name}")
    return Served("", "; ".join(reasons))


def _engine(slot: Slot, name: str) -> Any:
    """The engine, for recognition the languages it understands; or what it lacks."""
    try:
        match slot:
            case Slot.TRANSLATION:
                return chains.one_translator(name, env(), wiring.async_redis)
            case Slot.SPEECH:
                return chains.one_synthesiser(name, env(), wiring.async_redis)
        return chains.heard_by(name, env())
    except EngineMissing as error:
        return error
