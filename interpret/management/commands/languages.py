"""The languages of the service, and which engine serves each."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from interpret import chains, wiring
from interpret.env import ROOT, env
from translation.engines import registry
from translation.choice import Slot
from translation.errors import EngineMissing, InterpretError
from translation.language_table import HereRow, Served, here, published
from translation.languages import LANGUAGES, language
from translation.ports import Synthesiser

README = ROOT / "README.md"
BEGIN, END = "<!-- languages: `manage.py languages --write` -->", "<!-- end of languages -->"

E = TypeVar("E")


class Command(BaseCommand):
    help = "Shows which engine serves which language here, and why another is refused."
    requires_system_checks = ()  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", default="en", help="the floor's language")
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--published", action="store_true", help="what engines know by their publishers' lists"
        )
        what.add_argument("--write", action="store_true", help="that, into README.md")
        what.add_argument("--check", action="store_true", help="is README.md up to date?")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["published"]:
            self.stdout.write(published())
        elif options["write"]:
            README.write_text(written(README), encoding="utf-8")
        elif options["check"]:
            if README.read_text(encoding="utf-8") != written(README):
                self.stderr.write("README.md is out of date: run manage.py languages --write")
                sys.exit(1)
        else:
            try:
                language(options["source"])
            except InterpretError as error:
                self.stderr.write(str(error))
                sys.exit(2)
            self.stdout.write(here(rows(options["source"])))


def written(readme: Path) -> str:
    """The README with the table as it is now between its two marks."""
    before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme.name} has no place for the table: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{published()}\n\n{END}{after}"


def rows(source: str) -> list[HereRow]:
    """Every language as a floor in `source` is heard in it, by the engines of the settings."""
    choice = wiring.engine_choice()
    translators = _built(choice.chain(Slot.TRANSLATION, chains.ANY), _translator)
    voices = _built(choice.chain(Slot.SPEECH, chains.ANY), _voice)
    ears = [(name, name) for name in choice.chain(Slot.RECOGNITION, chains.ANY)]

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
    """The first engine that does it; else why each does not."""
    reasons = []
    for name, engine in engines:
        try:
            if isinstance(engine, EngineMissing):
                raise engine
            if serves(engine):
                return Served(name)
            reasons.append(f"not by {name}")
        except EngineMissing as error:
            reasons.append(f"{name}: {error}")
    return Served("", "; ".join(reasons))
