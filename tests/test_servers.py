"""The servers that other tests stand on."""

import psycopg
import pytest
import redis

from rooms.media import MediaServer
from tests.pace import Patience, require_real_time
from tests.servers import LiveKitServer, require


@pytest.mark.redis
def test_redis_answers(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping()


@pytest.mark.livekit
def test_livekit_has_no_room_at_first(livekit: LiveKitServer) -> None:
    media = MediaServer(livekit.url, livekit.url, livekit.api_key, livekit.api_secret)
    assert media.list_rooms(["unheard-of"]) == []


@pytest.mark.postgres
def test_postgres_answers(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize(("ci", "outcome"), [("true", "Failed"), ("", "Skipped")])
def test_what_this_machine_cannot_run_is_skipped_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str
) -> None:
    monkeypatch.setenv("CI", ci)
    for cannot in (
        lambda: require(None, "a program"),
        lambda: require_real_time(Patience(left_s=0), slowest=0.0),
    ):
        with pytest.raises((pytest.fail.Exception, pytest.skip.Exception)) as told:
            cannot()
        assert told.typename == outcome
