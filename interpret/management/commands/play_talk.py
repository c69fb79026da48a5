"""Speaks recordings on a stage, over and over, the way a speaker's browser does."""

import asyncio
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from interpret.demo_talk import demo_talk
from interpret.env import env
from interpret.talk import Speaker, demo_invitation
from translation.errors import BadSound


class Command(BaseCommand):
    help = "Plays recordings on a stage in a loop (the demo's stage unless told otherwise)."
    requires_system_checks = ()  # it starts with the service, which checks itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sounds", nargs="*", type=Path, metavar="SOUND", help="sound files")
        parser.add_argument("--invitation", help="an invitation's token; default: the demo's")
        parser.add_argument(
            "--demo", type=Path, default=settings.DEMO_FILE, help="default: %(default)s"
        )
        parser.add_argument("--once", action="store_true", help="play all of it once, then end")
        parser.add_argument("--pause", type=float, default=4.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        sounds = options["sounds"] or demo_talk()
        if not sounds:
            raise CommandError(
                "There is no demo talk: install pocketsphinx-testdata, or name sound files to play"
            )
        invitation = options["invitation"]
        speaker = Speaker(
            base_url=env().base_url,
            livekit_url=env().livekit_url,
            invitation=(lambda: invitation) if invitation else demo_invitation(options["demo"]),
            sounds=sounds,
            pause_s=options["pause"],
        )
        try:
            asyncio.run(until_told(speaker, once=options["once"]))
        except BadSound as error:
            raise CommandError(str(error)) from None


async def until_told(speaker: Speaker, *, once: bool) -> None:
    """Runs the speaker to its end, or to SIGTERM or Ctrl-C."""
    speaking = asyncio.create_task(speaker.speak(once=once), name="speaker")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, speaking.cancel)
    try:
        await speaking
    except asyncio.CancelledError:
        return
