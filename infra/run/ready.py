"""Waits until every part answers, prepares the demo, and says where everything is."""

import json
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Protocol

from django.core.management import call_command
from django.db import connections

from infra.run.parts import demo_file, web_address
from infra.run.ports import http_answers, redis_answers
from infra.run.screen import say
from interpret.env import Env

LIMIT_S = 60.0
POLL_S = 0.1
WORKERS = 3

ON_THE_FLOOR = "A recorded talk is on the floor now, in a loop."
NOBODY_SPEAKS = """Nobody speaks: the demo's talk (Debian's pocketsphinx-testdata) is not here.
  Speak yourself, or start with a recording: make run TALK=talk.wav"""


class Endable(Protocol):
    def terminate(self) -> None: ...


def announce(settings: Env, parts: Endable, *, folder: Path, demo: bool, talk: bool) -> None:
    """Runs beside the parts. What fails here ends the run with its reason."""
    file = demo_file(folder)
    try:
        wait("Redis", lambda: redis_answers(settings.redis_url))
        wait("LiveKit", lambda: http_answers(settings.livekit_url))
        if demo:
            call_command("createdemo", live=True, file=file, stdout=StringIO())
            connections.close_all()
        wait("the web server", lambda: http_answers(f"{web_address(settings)}/api/events"))
        wait("the workers", workers_answer)
        if demo:
            say(banner(json.loads(file.read_text()), log_folder=folder / "log", talk=talk))
        else:
            say(f"Ready at {settings.base_url} (Ctrl-C ends it)")
        if table := engines_in_use():
            say(table)
    except Exception as error:  # noqa: BLE001 - a thread's end; it must take the run with it
        say(f"Could not get ready: {error}")
        parts.terminate()


def engines_in_use() -> str:
    """Which engine serves the languages of the events there are."""
    table = StringIO()
    call_command("languages", used=True, stdout=table)
    connections.close_all()
    return table.getvalue()


def wait(what: str, answers: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not answers():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not answer within {LIMIT_S:.0f} s")
        time.sleep(POLL_S)


def workers_answer() -> bool:
    from interpret.celery import app

    return len(app.control.ping(timeout=0.3) or []) >= WORKERS


def banner(demo: dict[str, str], *, log_folder: Path, talk: bool) -> str:
    line = "-" * 72
    floor = ON_THE_FLOOR if talk else NOBODY_SPEAKS
    return f"""
{line}
  Listen        {demo["listen_url"]}
  Speak         {demo["stage_url"]}
  Organize      {demo["organize_url"]}
                e-mail {demo["email"]}   password {demo["password"]}

  {floor}
  Ctrl-C ends everything. What the parts say in full is in
  {log_folder}
{line}
"""
