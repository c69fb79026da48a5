"""The languages of the service, and which engine serves each."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from interpret import chains, wiring
from interpret.env import env
from interpret.readme import ReadmeTable
from translation.choice import ANY, EngineChoice, Slot
from translation.engines import registry
from translation.errors import EngineMissing, InterpretError
from translation.language_table import HereRow, Served, UsedRow, here, published, used
from translation.languages import LANGUAGES, language
from translation.ports import Synthesiser
from translation.values import SessionState

TABLE = ReadmeTable("languages", published)

E = TypeVar("E")


class Command(BaseCommand):
    help = "Shows which engine serves which language here, and why another is refused."
    requires_system_checks = ()  # most of it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", default="en", help="the floor's language")
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--published", action="store_true", help="what engines know by their publishers' lists"
        )
        what.add_argument(
            "--used", action="store_true", help="the ones of sessions that are planned or running"
        )
        what.add_argument("--write", action="store_true", help="that, into README.md")
        what.add_argument("--check", action="store_true", help="is README.md up to date?")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["published"]:
            self.stdout.write(published())
        elif options["used"]:
            if found := used_rows():
                self.stdout.write(used(found))
        elif options["write"]:
            TABLE.write()
        elif options["check"]:
            if why := TABLE.why_outdated:
                self.stderr.write(why)
                sys.exit(1)
        else:
            try:
                language(options["source"])
            except InterpretError as error:
                self.stderr.write(str(error))
                sys.exit(2)
            self.stdout.write(here(rows(options["source"])))


def rows(source: str) -> list[HereRow]:
    """Every language as a floor in `source` is heard in it, by the engines of the settings."""
    choice = wiring.engine_choice()
    translators = _built(choice.chain(Slot.TRANSLATION, ANY), _translator)
    voices = _built(choice.chain(Slot.SPEECH, ANY), _voice)
    ears = [(name, name) for name in choice.chain(Slot.RECOGNITION, ANY)]

    def row(tag: str) -> HereRow:
        return HereRow(
            tag,
            recognised=_of(ears, lambda name: tag in registry.recognises(name)),
            translated=Served("the original")
            if tag == source
            else _of(translators, lambda one: one.supports(source, tag)),
            spoken=_of(voices, lambda one: tag in one.abilities.languages),
        )

    return [row(tag) for tag in LANGUAGES]


def used_rows() -> list[UsedRow]:
    """Every pair of languages of sessions that have not ended, by their events' wishes; a pair
    that is served in two ways has two rows."""
    from rooms.domain.wishes import wishes_of
    from rooms.models import Session

    engine = cache(_engine)

    def served(choice: EngineChoice, slot: Slot, tag: str, does: Callable[[Any], bool]) -> Served:
        return _of([(name, engine(slot, name)) for name in choice.chain(slot, tag)], does)

    def row(source: str, target: str, choice: EngineChoice) -> UsedRow:
        return UsedRow(
            source,
            target,
            served(choice, Slot.RECOGNITION, source, lambda one: source in one),
            served(choice, Slot.TRANSLATION, target, lambda one: one.supports(source, target)),
            served(choice, Slot.SPEECH, target, lambda one: target in one.abilities.languages),
        )

    sessions = Session.objects.exclude(state=SessionState.ENDED).select_related("room")
    found = [
        row(session.source_language, channel.language, choice)
        for session in sessions.prefetch_related("channels")
        for choice in [wiring.choice(wishes_of(session.room.event_id))]
        for channel in session.channels.all()
        if channel.language != session.source_language
    ]
    return sorted(dict.fromkeys(found), key=lambda row: (row.source, row.target))


def _engine(slot: Slot, name: str) -> Any:
    """The engine, for recognition the languages it understands; or what it lacks."""
    try:
        match slot:
            case Slot.TRANSLATION:
                return _translator(name)
            case Slot.SPEECH:
                return _voice(name)
    except EngineMissing as error:
        return error
    lacks = chains.why_not(slot, name, env(), wiring.async_redis)
    return EngineMissing(lacks) if lacks else registry.recognises(name)


def _voice(name: str) -> Synthesiser:
    return chains.one_synthesiser(name, env())


def _translator(name: str) -> Any:
    return chains.one_translator(name, env(), wiring.async_redis)


def _built(names: Sequence[str], build: Callable[[str], E]) -> list[tuple[str, E | EngineMissing]]:
    made: list[tuple[str, E | EngineMissing]] = []
    for name in names:
        try:
            made.append((name, build(name)))
        except EngineMissing as error:
            made.append((name, error))
    return made


def _of(engines: Iterable[tuple[str, Any]], serves: Callable[[Any], bool]) -> Served:
    """The first engine that does it, and why those before it do not."""
    reasons: list[str] = []
    for name, engine in engines:
        try:
            if isinstance(engine, EngineMissing):
                raise engine
            if serves(engine):
                return Served(name, "; ".join(reasons))
            reasons.append(f"not by {name}")
        except EngineMissing as error:
            reasons.append(f"{name}: {error}")
    return Served("", "; ".join(reasons))
