"""What is put on the floor."""

from pathlib import Path

from interpret.demo_talk import demo_talk
from translation.audio import read_sound
from translation.errors import BadSound


def talk_of(given: list[Path]) -> list[Path]:
    """Those that were given, or the demo's; empty where this system has none. Each that was given
    is read once: one that cannot be played ends the run with a line before anything starts."""
    if not given:
        return demo_talk()
    for path in given:
        try:
            read_sound(path)
        except BadSound as error:
            raise SystemExit(str(error)) from None
    return [path.resolve() for path in given]
