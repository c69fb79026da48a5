"""The whole service as `make run` starts it, on ports of its own, and an organizer who speaks to
its API."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.servers import ROOT, free_port

START_S = 180
STOP_S = 15


@dataclass(frozen=True)
class Service:
    base_url: str
    folder: Path
    """State, logs and the database."""

    def log(self) -> str:
        return (self.folder / "screen.log").read_text()


def environment(folder: Path) -> dict[str, str]:
    """Settings of a service of its own, on free ports."""
    return {
        **os.environ,
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        "ALLOWED_HOSTS": "",
        "ALLOW_SIGN_UP": "true",
        "SECRET_KEY": "tests",
        "DATABASE_URL": f"sqlite:///{folder}/service.sqlite3",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "LIVEKIT_URL": f"ws://127.0.0.1:{free_port_of_three()}",
        "LIVEKIT_PUBLIC_URL": "",
        "LEASE_TTL_S": "5",  # a machine that runs tests may be busy for longer than the default
        "LIVEKIT_API_KEY": "testkey",
        "LIVEKIT_API_SECRET": "a-secret-of-the-tests-32-letters-long",
        "DJANGO_SETTINGS_MODULE": "interpret.settings",
    }


@contextmanager
def started(
    folder: Path, *options: str, ready: str = "Ready"
) -> Iterator[tuple[subprocess.Popen[bytes], Service]]:
    """The manager's process and what it runs, from the moment all of it answers and it says so."""
    settings = environment(folder)
    running = Service(settings["BASE_URL"], folder)
    command = [sys.executable, "-m", "infra.run", *options, "--folder", str(folder)]
    with (folder / "screen.log").open("wb") as screen:
        process = subprocess.Popen(
            command, cwd=ROOT, env=settings, stdout=screen, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + START_S
        while ready not in running.log():
            assert process.poll() is None, f"the service did not start:\n{running.log()}"
            assert time.monotonic() < end, f"the service did not get ready:\n{running.log()}"
            time.sleep(0.1)
        yield process, running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)


@contextmanager
def service(folder: Path) -> Iterator[Service]:
    """The whole service; it has to end in good order."""
    with started(folder, "--bare") as (process, running):
        yield running
    assert process.returncode == 0, running.log()


def free_port_of_three() -> int:
    """LiveKit's media take the two ports after its first."""
    while True:
        first = free_port()
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind(("0.0.0.0", first + 1))  # noqa: S104 - as LiveKit does
                udp.bind(("127.0.0.1", first + 2))
            except (OSError, OverflowError):
                continue
            return first


def signed_in(base_url: str, email: str, password: str) -> httpx.Client:
    """Somebody with an account, ready to make changes."""
    client = httpx.Client(base_url=base_url, timeout=20)
    client.get("/accounts/login/").raise_for_status()
    client.headers["Referer"] = base_url
    answer = client.post(
        "/accounts/login/",
        data={"login": email, "password": password},
        headers={"X-CSRFToken": client.cookies["csrftoken"]},
    )
    assert answer.status_code == 302, f"{email} cannot sign in"
    client.get("/api/me").raise_for_status()
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return client


class Organizer:
    """A person with an account and an organization, over HTTP as the organizer's page does it."""

    def __init__(self, base_url: str, name: str) -> None:
        self.email, self.password = f"{name}@example.org", "a long walk in the rain"
        self._http = httpx.Client(base_url=base_url, follow_redirects=True, timeout=30)
        form = self._http.get("/accounts/signup/").text
        hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert hidden, form
        answer = self._http.post(
            "/accounts/signup/",
            data={
                "csrfmiddlewaretoken": hidden[1],
                "email": self.email,
                "password1": self.password,
            },
            headers={"Referer": base_url},
        )
        answer.raise_for_status()
        self.organization = self.post("/organizations", name=f"{name}'s organization")["slug"]

    def close(self) -> None:
        self._http.close()

    def get(self, path: str) -> Any:
        return self._answer(self._http.get(f"/api{path}"))

    def post(self, path: str, **body: Any) -> Any:
        return self._sent("POST", path, body)

    def patch(self, path: str, **body: Any) -> Any:
        return self._sent("PATCH", path, body)

    def _sent(self, method: str, path: str, body: dict[str, Any]) -> Any:
        self._http.get("/api/me")
        token = self._http.cookies["csrftoken"]
        headers = {"X-CSRFToken": token, "Referer": str(self._http.base_url)}
        return self._answer(self._http.request(method, f"/api{path}", json=body, headers=headers))

    def member_invitation_url(self) -> str:
        """Where a new colleague goes."""
        path = f"/organize/organizations/{self.organization}/invitations"
        url: str = self.post(path, role="organizer", label="Bob")["url"]
        return url

    def _answer(self, answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
        return answer.json()

    def talk(self, title: str, *, languages: list[str]) -> "Talk":
        """An event with one room and one planned session in English."""
        event = self.post(
            "/organize/events", organization=self.organization, title=title, description=""
        )["slug"]
        room = self.post(f"/organize/events/{event}/rooms", name="Hall A")
        room_slug = room["rooms"][-1]["slug"] if "rooms" in room else room["slug"]
        session = self.post(
            f"/organize/rooms/{event}/{room_slug}/sessions",
            title=title,
            source_language="en",
            languages=languages,
        )
        return Talk(self, title, f"/e/{event}/{room_slug}", session["id"])


@dataclass(frozen=True)
class Talk:
    organizer: Organizer
    title: str
    listen_path: str
    session_id: str

    def start(self) -> None:
        self.organizer.post(f"/sessions/{self.session_id}/start")

    def end(self) -> None:
        self.organizer.post(f"/sessions/{self.session_id}/end")

    def stand_in_after(self, language: str, seconds: float) -> None:
        """For so long an interpreter on air may be silent before a machine speaks for her."""
        path = f"/sessions/{self.session_id}/channels/{language}"
        self.organizer.patch(path, stand_in_s=seconds)

    def invitation_url(self) -> str:
        """Where a speaker goes."""
        url: str = self.organizer.post(f"/sessions/{self.session_id}/invitations")["url"]
        return url

    def booth_invitation_url(self, language: str, name: str) -> str:
        """A link into a booth, good for one browser."""
        path = f"/sessions/{self.session_id}/booths/{language}/invitations"
        wanted = {"name": name, "show_name": False, "retour": False, "valid_hours": 1}
        url: str = self.organizer.post(path, **wanted)["url"]
        return url

    def captions(self, language: str) -> list[dict[str, Any]]:
        query = f"/sessions/{self.session_id}/captions?language={language}&limit=200"
        items: list[dict[str, Any]] = self.organizer.get(query)["items"]
        return items

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = self.organizer.get(f"/sessions/{self.session_id}/status")
        return status
