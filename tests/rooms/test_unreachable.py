"""A PostgreSQL that is not there."""

from collections.abc import Iterator

import dj_database_url
import psycopg
import pytest
from django.db import OperationalError, connections
from django.db.utils import ConnectionHandler
from django.test import Client

from interpret.middleware import unreachable
from tests.rooms.conftest import refusal
from tests.servers import free_port


@pytest.fixture
def no_database(transactional_db: None) -> Iterator[None]:
    """Nobody listens where the database should be."""
    before = connections["default"]
    nowhere = dj_database_url.parse(f"postgres://nobody@127.0.0.1:{free_port()}/none")
    connections["default"] = ConnectionHandler({"default": dict(nowhere)})["default"]
    yield
    connections["default"] = before


@pytest.mark.parametrize("path", ["/api/events", "/api/events/conference", "/api/me"])
def test_the_api_says_that_the_database_does_not_answer(
    client: Client, no_database: None, path: str
) -> None:
    client.cookies["sessionid"] = "a" * 32
    assert refusal(client.get(path)) == (503, "unavailable")


def test_a_page_says_so_too(client: Client, no_database: None) -> None:
    client.cookies["sessionid"] = "a" * 32
    answer = client.get("/organize")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.content.decode()


@pytest.mark.parametrize(
    ("cause", "lost"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.DeadlockDetected(), False),
        (psycopg.errors.QueryCanceled(), False),
        (None, False),
    ],
)
def test_only_a_lost_connection_is_told(cause: Exception | None, lost: bool) -> None:
    error = OperationalError("what the driver said")
    error.__cause__ = cause
    assert bool(unreachable(error)) == lost
