"""Fixtures shared by all tests. A server runs once for a test process."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from hypothesis import settings

from tests.servers import LiveKitServer, livekit_server, postgres_server, redis_server

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("usual", deadline=None)
settings.load_profile("usual")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Whenever a test has emptied the database, Django writes all of its permissions anew, in four
    fifths of the time that takes. No test reads one."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis that keeps nothing."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKitServer]:
    """A LiveKit on loopback that creates no room by itself."""
    with livekit_server(tmp_path_factory.mktemp("livekit")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL cluster's address."""
    with postgres_server() as url:
        yield url
