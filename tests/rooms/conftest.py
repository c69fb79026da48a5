"""A world for the tests of rooms: two tenants, an event with a planned session, people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from rooms.domain.events import create_event, create_room
from rooms.domain.organizations import create_organization
from rooms.domain.sessions import create_session, start_session
from rooms.models import Member, Organization, Role, Session
from rooms.parts import parts as rooms_parts
from tests.rooms import parts
from tests.rooms.parts import Outside

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def outside() -> Iterator[Outside]:
    """LiveKit, the log and the jobs, in memory, empty at first."""
    rooms_parts.cache_clear()
    cache.clear()
    yield parts.renew()
    rooms_parts.cache_clear()


def person(name: str) -> User:
    return User.objects.create_user(username=name, email=f"{name}@example.org", password="sesame")


@pytest.fixture
def owner(transactional_db: None) -> User:
    return person("owner")


@pytest.fixture
def organization(owner: User) -> Organization:
    return create_organization(user=owner, name="Acme Talks").organization


@pytest.fixture
def session(organization: Organization) -> Session:
    """Planned, in English, offered in Spanish and French: /e/conference/hall-a."""
    event = create_event(organization=organization, title="Conference")
    room = create_room(event=event, name="Hall A")
    return create_session(room=room, title="Keynote", source_language="en", languages=["es", "fr"])


@pytest.fixture
def live(session: Session) -> Session:
    return start_session(session=session)


@pytest.fixture
def client() -> Client:
    """A browser that is not signed in."""
    return Client()


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def stranger(transactional_db: None) -> Client:
    """The owner of another organization."""
    user = person("stranger")
    create_organization(user=user, name="Other")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def interpreter(organization: Organization) -> Client:
    """A member whose role may not organize."""
    user = person("interpreter")
    Member.objects.create(organization=organization, user=user, role=Role.INTERPRETER)
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, method: str, path: str, body: object = None) -> Any:
    """A call with a JSON body, as the frontend makes it."""
    content = {} if body is None else {"data": body, "content_type": "application/json"}
    return getattr(client, method)(f"/api{path}", **content)


def refusal(response: Any) -> tuple[int, str]:
    """An error's status and code; there is always a sentence with it."""
    said = response.json()
    assert set(said) - {"values"} == {"code", "message"}
    assert said["message"].endswith((".", "?"))
    return response.status_code, said["code"]
