"""Speaks recordings on a stage, over and over, the way a speaker's browser does."""

import asyncio
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interpret.env import ROOT, env
from interpret.talk import Speaker, demo_invitation

LIBRIVOX = Path("/usr/share/pocketsphinx/test/data/librivox")


class Command(BaseCommand):
    help = "Plays recordings on a stage in a loop (the demo's stage unless told otherwise)."
    requires_system_checks = ()  # it starts with the service, which checks itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sounds", nargs="*", type=Path, metavar="SOUND", help="sound files")
        parser.add_argument("--invitation", help="an invitation's token; default: the demo's")
        parser.add_argument("--once", action="store_true", help="play all of it once, then end")
        parser.add_argument("--pause", type=float, default=4.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        sounds = options["sounds"] or librivox()
        for sound in sounds:
            if not sound.is_file():
                raise CommandError(f"{sound} is no sound file")
        invitation = options["invitation"]
        speaker = Speaker(
            base_url=env().base_url,
            livekit_url=env().livekit_url,
            invitation=(lambda: invitation) if invitation else demo_invitation(ROOT),
            sounds=sounds,
            pause_s=options["pause"],
        )
        asyncio.run(until_told(speaker, once=options["once"]))


def librivox() -> list[Path]:
    """The human reading in Debian's pocketsphinx-testdata, in the reader's order."""
    names = LIBRIVOX / "fileids"
    if not names.is_file():
        raise CommandError(
            "There is no demo talk: install pocketsphinx-testdata, or name sound files to play"
        )
    return [LIBRIVOX / f"{name}.wav" for name in names.read_text().split()]


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
