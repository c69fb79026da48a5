"""Models: what there is, what lies here, and fetching one."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from interpret.env import ROOT, env
from interpret.readme import ReadmeTable
from translation.engines.models import MODELS, Model, fetch, model, size, table
from translation.errors import EngineMissing

TABLE = ReadmeTable("models", table)


class Command(BaseCommand):
    help = "Lists the models engines can use, and fetches the one that is asked for."
    requires_system_checks = ()  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--fetch", metavar="NAME", help="download this one")
        what.add_argument("--conversion", metavar="NAME", help="how to convert this one")
        what.add_argument("--write", action="store_true", help="the table into README.md")
        what.add_argument("--check", action="store_true", help="is README.md up to date?")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = ROOT / env().models_folder
        if options["fetch"]:
            self._fetch(options["fetch"], folder)
        elif options["conversion"]:
            self._tell_conversion(options["conversion"], folder)
        elif options["write"]:
            TABLE.write()
        elif options["check"]:
            if why := TABLE.why_outdated:
                self.stderr.write(why)
                sys.exit(1)
        else:
            self._list(folder)

    def _fetch(self, name: str, folder: Path) -> None:
        try:
            wanted = model(name)
            self._refuse_unfit(wanted)
            self.stdout.write(f"{wanted.name}: {size(wanted)} from {wanted.repository} ...")
            self.stdout.write(f"{wanted.name} lies in {fetch(wanted, folder)}")
            if wanted.tokenizer:
                self.stdout.write(f"For ctranslate2: make models CONVERT={wanted.name}")
        except EngineMissing as error:
            self.stderr.write(str(error))
            sys.exit(2)

    def _tell_conversion(self, name: str, folder: Path) -> None:
        try:
            wanted = model(name)
            command = wanted.conversion(folder)
            if not command:
                raise EngineMissing(f"{name} needs no conversion")
            if not wanted.present(folder):
                raise EngineMissing(f"{name} is not here yet: make models FETCH={name}")
        except EngineMissing as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(command)

    def _refuse_unfit(self, wanted: Model) -> None:
        if env().commercial_use and not wanted.commercial:
            raise EngineMissing(
                f"{wanted.name} is {wanted.licence}: not for who earns money with it; set"
                " COMMERCIAL_USE=false if nobody does"
            )

    def _list(self, folder: Path) -> None:
        for each in MODELS.values():
            here = "here   " if each.present(folder) else "missing"
            bound = "" if each.commercial else ", no commercial use"
            self.stdout.write(
                f"{here}  {each.name:28} {each.slot:12} {size(each):>7}  {each.licence}{bound};"
                f" {each.needs}"
            )
        self.stdout.write(f"\nThey lie in {folder}. To fetch one: make models FETCH=<name>")
        self.stdout.write("To make one for ctranslate2 of it (8 bits): make models CONVERT=<name>")
