"""The whole service on free loopback ports, as `make run` starts it, ended by who started it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from rooms.media import MediaServer
from tests.servers import ROOT, LiveKitServer, RedisServer, free_port, livekit_server, redis_server
from tests.service import signed_in

START_S = 90
STOP_S = 15


@dataclass
class Stack:
    """`processes`: web, jobs, translate, tasks, beat."""

    folder: Path
    base_url: str
    redis: RedisServer
    livekit: LiveKitServer
    environment: dict[str, str]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _rooms: int = 0

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT, env=self.environment,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def start_worker(self, name: str, queue: str, *options: str) -> None:
        self.start(
            name, "celery", "--quiet", "--app", "interpret.celery:app", "worker",
            "--hostname", f"{name}@%h", "--queues", queue, "--pool", "prefork", *options,
        )  # fmt: skip

    def start_jobs(self, name: str) -> None:
        self.start_worker(
            name, "jobs", "--concurrency", "3", "-O", "fair", "--max-tasks-per-child", "1"
        )

    def start_translate(self) -> None:
        self.start_worker("translate", "translate", "--concurrency", "1")

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(process.pid, how)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop_all(self) -> None:
        for name in reversed(list(self.processes)):
            self.stop(name)

    def demo(self) -> dict[str, str]:
        told: dict[str, str] = json.loads((self.folder / "demo.json").read_text())
        return told

    def organizer(self) -> httpx.Client:
        """The demo's organizer, signed in."""
        demo = self.demo()
        return signed_in(self.base_url, demo["email"], demo["password"])

    def new_session(self, organizer: httpx.Client, languages: list[str]) -> tuple[str, str]:
        """A planned session in a room of its own (`/e/demo/talk-1` and so on), and an invitation
        to its stage. No notice is spoken: what is heard is what was said."""
        self._rooms += 1
        slug = f"talk-{self._rooms}"
        _posted(organizer, "/api/organize/events/demo/rooms", name=f"Talk {self._rooms}")
        session = _posted(
            organizer, f"/api/organize/rooms/demo/{slug}/sessions",
            title="Talk", source_language="en", languages=languages,
        )  # fmt: skip
        for language in languages:
            self.change_channel(organizer, session["id"], language, spoken_notice=False)
        invited = _posted(organizer, f"/api/sessions/{session['id']}/invitations", label="Speaker")
        return session["id"], invited["url"].partition("#i=")[2]

    def change_channel(
        self, organizer: httpx.Client, session_id: str, language: str, **changes: Any
    ) -> None:
        answer = organizer.patch(f"/api/sessions/{session_id}/channels/{language}", json=changes)
        assert answer.is_success, answer.text

    def invite(
        self, organizer: httpx.Client, session_id: str, language: str, name: str, **how: Any
    ) -> dict[str, Any]:
        """A single-use link into a booth: `id`, `url`."""
        wanted = {"name": name, "show_name": True, "retour": False, "valid_hours": 1, **how}
        invited: dict[str, Any] = _posted(
            organizer, f"/api/sessions/{session_id}/booths/{language}/invitations", **wanted
        )
        return invited

    def media(self) -> MediaServer:
        livekit = self.livekit
        return MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)

    def pid_of_job(self, session_id: str, task: str) -> int:
        """The pool child that runs `run_floor` or `run_channels`, as its worker says."""
        from celery import Celery

        with Celery(broker=self.redis.url) as app:
            active = app.control.inspect(timeout=3).active() or {}
        for tasks in active.values():
            for entry in tasks:
                if entry["name"].endswith(task) and session_id in entry["args"]:
                    return int(entry["worker_pid"])
        raise AssertionError(f"nobody runs {task}")

    def entries(self, session_id: str) -> list[Any]:
        """The session's log."""
        import redis

        from translation.log.redis_streams import BlockingRedisLog

        with redis.Redis.from_url(self.redis.url) as client:
            return [logged.entry for logged in BlockingRedisLog(client, session_id).read()]


def _posted(client: httpx.Client, path: str, **body: Any) -> Any:
    answer = client.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


@contextmanager
def stack(folder: Path, *, only_web: bool = False, **settings: str) -> Iterator[Stack]:
    """`settings`: variables of `.env.example`, over the tests' own. `only_web`: whoever tests it
    plays the jobs' part."""
    with ExitStack() as exits:
        redis = exits.enter_context(redis_server(folder))
        port = free_port()
        base_url = f"http://127.0.0.1:{port}"
        webhook = f"{base_url}/api/livekit/webhook"
        livekit = exits.enter_context(livekit_server(folder, webhook=webhook))
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "interpret.settings",
            "BASE_URL": base_url,
            "DATABASE_URL": f"sqlite:///{folder}/interpret.sqlite3",
            "REDIS_URL": redis.url,
            "LIVEKIT_URL": livekit.url,
            "LIVEKIT_PUBLIC_URL": livekit.url,
            "LIVEKIT_API_KEY": livekit.api_key,
            "LIVEKIT_API_SECRET": livekit.api_secret,
            "SECRET_KEY": "a-secret-of-the-tests-that-nobody-needs-to-know",
            "ALLOWED_HOSTS": "",
            **settings,
        }
        made = Stack(folder, base_url, redis, livekit, environment)
        made.manage("migrate", "--verbosity", "0")
        made.manage("createdemo", "--file", str(folder / "demo.json"))
        exits.callback(made.stop_all)
        made.start(
            "web", "uvicorn", "interpret.asgi:application", "--host", "127.0.0.1",
            "--port", str(port), "--no-access-log", "--log-level", "warning",
            "--ws-max-size", "65536",
        )  # fmt: skip
        if not only_web:
            made.start_jobs("jobs")
            made.start_translate()
            made.start_worker("tasks", "short", "--concurrency", "1")
            made.start("beat", "celery", "--quiet", "--app", "interpret.celery:app", "beat",
                       "--schedule", str(folder / "beat"))  # fmt: skip
        _await_answer(made)
        yield made


def _await_answer(made: Stack) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            httpx.get(f"{made.base_url}/api/events", timeout=2).raise_for_status()
            return
        except httpx.HTTPError:
            for name, process in made.processes.items():
                log = (made.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                assert process.poll() is None, f"{name} ended: {log}"
            assert time.monotonic() < deadline, "the web does not answer"
            time.sleep(0.1)
