"""The servers that other tests stand on."""

import psycopg
import pytest
import redis

from rooms.media import MediaServer
from tests.servers import LiveKitServer


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
