"""Joining a channel as a listener."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from django.db import connection
from django.test import Client, RequestFactory

from rooms.api.listen import a_hall
from rooms.api.throttle import HALL
from rooms.domain.channels import remove_channel
from rooms.domain.errors import Unknown
from rooms.domain.listeners import admit_listener
from rooms.domain.sessions import end_session, pause_session
from rooms.models import Channel, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import API_SECRET, Outside
from translation.values import Segment, SkipReason, Spoken, Translation


def listen(client: Client, session: Session, language: str = "es") -> Any:
    return send(client, "post", f"/sessions/{session.id}/listen", {"language": language})


def test_listener_gets_a_room_a_token_and_the_clock(client: Client, live: Session) -> None:
    answer = send(client, "post", f"/sessions/{live.id}/listen", {"language": "es"}).json()
    assert (answer["url"], answer["room"]) == ("wss://public.test", f"{live.id}.es.0")
    assert answer["language"] == {
        "tag": "es",
        "name": "Español",
        "english_name": "Spanish",
        "direction": "ltr",
    }
    assert [channel["language"]["tag"] for channel in answer["session"]["channels"]] == [
        "en",
        "es",
        "fr",
    ]
    assert 0 <= answer["clock_s"] < 5


def test_listener_token_hears_one_room_hidden_and_says_nothing(
    client: Client, live: Session
) -> None:
    token = send(client, "post", f"/sessions/{live.id}/listen", {"language": "es"}).json()["token"]
    claims = jwt.decode(token, API_SECRET, algorithms=["HS256"])
    assert claims["video"] == {
        "roomJoin": True,
        "room": f"{live.id}.es.0",
        "hidden": True,
        "canPublish": False,
        "canPublishData": False,
        "canSubscribe": True,
        "canUpdateOwnMetadata": False,
    }
    assert claims["exp"] - claims["nbf"] == 600


def test_listening_notes_that_somebody_hears_the_language(
    client: Client, live: Session, outside: Outside
) -> None:
    listen(client, live)
    assert outside.attention.listeners(live.id) == {"es": 1}


def test_the_original_is_one_of_the_languages(client: Client, live: Session) -> None:
    answer = send(client, "post", f"/sessions/{live.id}/listen", {"language": "en"}).json()
    assert answer["room"] == f"{live.id}.en.0"


def test_a_planned_session_has_not_started(client: Client, session: Session) -> None:
    assert refusal(listen(client, session)) == (409, "session_not_started")


def test_a_paused_session_lets_listeners_in(client: Client, live: Session) -> None:
    pause_session(session=live)
    assert listen(client, live).status_code == 200


def test_an_ended_session_is_gone(client: Client, live: Session) -> None:
    end_session(session=live)
    assert refusal(listen(client, live)) == (410, "session_ended")


def test_a_language_not_offered_is_refused(client: Client, live: Session) -> None:
    for tag in ("pt", "xx", "é" * 16):
        assert refusal(listen(client, live, tag)) == (404, "language_not_offered")


def test_an_unknown_session_is_refused(client: Client, transactional_db: None) -> None:
    response = send(client, "post", "/sessions/nobodyknows1/listen", {"language": "es"})
    assert refusal(response) == (404, "unknown_session")


def test_a_full_room_opens_the_next_shard(client: Client, live: Session, outside: Outside) -> None:
    outside.media.rooms[f"{live.id}.es.0"] = ["a", "b", "c"]  # as many as a shard carries
    answer = send(client, "post", f"/sessions/{live.id}/listen", {"language": "es"}).json()
    assert answer["room"] == f"{live.id}.es.1"
    assert answer["room"] in outside.media.rooms
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert {channel.language: channel.shards for channel in plan.channels} == {
        "en": 1,
        "es": 2,
        "fr": 1,
    }


def test_listeners_who_are_still_arriving_count(client: Client, live: Session) -> None:
    rooms = [
        send(client, "post", f"/sessions/{live.id}/listen", {"language": "es"}).json()["room"]
        for _ in range(7)
    ]
    assert [rooms.count(f"{live.id}.es.{shard}") for shard in range(3)] == [3, 3, 1]


def test_a_room_that_livekit_lost_is_there_again(
    client: Client, live: Session, outside: Outside
) -> None:
    outside.media.rooms.clear()
    listen(client, live)
    assert list(outside.media.rooms) == [f"{live.id}.es.0"]


def test_a_channel_has_no_more_rooms_than_the_settings_say(
    client: Client, live: Session, outside: Outside, settings: Any
) -> None:
    """Whoever asks for places and never comes cannot open rooms without end."""
    settings.SHARDS_PER_CHANNEL = 2
    answers = [listen(client, live) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [409] * 2
    assert refusal(answers[-1]) == (409, "full")
    assert listen(client, live, "fr").status_code == 200
    assert sorted(outside.media.rooms) == sorted(
        f"{live.id}.{name}" for name in ("stage", "en.0", "es.0", "es.1", "fr.0")
    )


def test_one_address_may_ask_for_a_hall_and_no_more(live: Session, rf: RequestFactory) -> None:
    hall, elsewhere = "198.51.100.7", "198.51.100.8"
    for _ in range(HALL - 1):
        assert a_hall.allow_request(rf.post("/", REMOTE_ADDR=hall))
    assert listen(Client(REMOTE_ADDR=hall), live).status_code == 200
    assert refusal(listen(Client(REMOTE_ADDR=hall), live)) == (429, "too_many")
    assert listen(Client(REMOTE_ADDR=elsewhere), live).status_code == 200


def test_many_at_once_never_overfill_a_shard_nor_open_too_many(live: Session) -> None:
    def join(_: int) -> str:
        try:
            return admit_listener(session=live, language="es").room
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        rooms = list(pool.map(join, range(18)))
    assert max(rooms.count(room) for room in set(rooms)) <= 3
    assert Channel.objects.get(session=live, language="es").shards == len(set(rooms)) == 6


def test_removing_a_language_while_people_join_refuses_them_cleanly(live: Session) -> None:
    def join(number: int) -> str:
        try:
            if number == 3:
                remove_channel(session=live, language="es")
                return "removed"
            return admit_listener(session=live, language="es").room
        except Unknown as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(join, range(8)))
    allowed = {"removed", "language_not_offered"} | {f"{live.id}.es.{n}" for n in range(9)}
    assert "removed" in answers
    assert answers <= allowed


def speak(outside: Outside, session: Session, count: int) -> None:
    """`count` segments, all in Spanish but the second, which came too late."""
    log = outside.logs[session.id]
    for number in range(1, count + 1):
        log.append(Segment(number, "en", f"sentence {number}", number, number + 0.5, number + 1))
        if number == 2:
            log.append(Spoken(number, "es", 3.0, SkipReason.UNTRANSLATED))
        else:
            log.append(Translation(number, "es", f"frase {number}", "apertium", number + 1.1))
            log.append(Spoken(number, "es", number + 3))


def test_captions_of_what_was_said_come_with_joining(
    client: Client, live: Session, outside: Outside
) -> None:
    speak(outside, live, 3)
    answer = send(client, "post", f"/sessions/{live.id}/listen", {"language": "es"}).json()
    assert answer["captions"] == [
        {
            "id": 1,
            "language": "es",
            "text": "frase 1",
            "start_s": 1,
            "end_s": 1.5,
            "skipped": None,
            "by": "machine",
            "said": "",
        },
        {
            "id": 2,
            "language": "es",
            "text": "",
            "start_s": 2,
            "end_s": 2.5,
            "skipped": "untranslated",
            "by": "machine",
            "said": "",
        },
        {
            "id": 3,
            "language": "es",
            "text": "frase 3",
            "start_s": 3,
            "end_s": 3.5,
            "skipped": None,
            "by": "machine",
            "said": "",
        },
    ]


def test_captions_of_the_original_are_what_was_recognised(
    client: Client, live: Session, outside: Outside
) -> None:
    speak(outside, live, 2)
    answer = send(client, "get", f"/sessions/{live.id}/captions?language=en").json()
    assert [caption["text"] for caption in answer["items"]] == ["sentence 1", "sentence 2"]


@pytest.mark.parametrize("archived", [0, 40, 120])
def test_captions_can_be_paged_back_to_the_first(
    client: Client, live: Session, outside: Outside, archived: int
) -> None:
    """Whether they are archived, in the log, or some here and some there."""
    from rooms.domain.reconcile import archive_logs

    speak(outside, live, archived)
    archive_logs()
    log = outside.logs[live.id]
    for number in range(archived + 1, 121):
        log.append(Segment(number, "en", f"sentence {number}", number, number + 0.5, number + 1))
        log.append(Translation(number, "es", f"frase {number}", "apertium", number + 1.1))
    seen: list[int] = []
    before, more = "", True
    while more:
        page = send(client, "get", f"/sessions/{live.id}/captions?language=es{before}").json()
        seen = [caption["id"] for caption in page["items"]] + seen
        before, more = f"&before_id={seen[0]}", page["more"]
    assert seen == list(range(1, 121))


def test_captions_of_an_ended_session_outlive_its_log(
    client: Client, live: Session, outside: Outside
) -> None:
    from rooms.domain.reconcile import archive_logs

    speak(outside, live, 3)
    end_session(session=live)
    archive_logs()
    outside.logs.clear()
    answer = send(client, "get", f"/sessions/{live.id}/captions?language=es&limit=1").json()
    assert answer["more"]
    assert [caption["text"] for caption in answer["items"]] == ["frase 3"]
