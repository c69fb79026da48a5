"""Brings the database up to date: `python -m infra.run.database`. Where it cannot be used, one
line says why."""

import os

import django
from django.core.management import call_command
from django.db import OperationalError


def migrate() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "interpret.settings"
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
    except (OperationalError, OSError) as error:
        why = str(error).splitlines()[0]
        remedy = "start it, or correct DATABASE_URL in .env"
        raise SystemExit(f"The database cannot be used: {why}; {remedy}") from None


if __name__ == "__main__":
    migrate()
