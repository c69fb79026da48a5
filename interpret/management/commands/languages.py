"""The languages of the service, and which engine serves each."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from interpret.engine_table import rows, used_rows
from interpret.readme import ReadmeTable
from translation.errors import InterpretError
from translation.language_table import here, published, used
from translation.languages import language

TABLE = ReadmeTable("languages", published)


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
