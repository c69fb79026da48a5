"""An organizer's work: setting up, and running sessions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from rooms.domain.errors import NotNow
from rooms.domain.events import create_room
from rooms.domain.sessions import create_session, end_session, start_session
from rooms.media import MediaUnreachable
from rooms.models import Channel, Event, LogEntry, Organization, Session
from tests.rooms.conftest import refusal, send
from tests.rooms.parts import Outside
from translation.errors import LogUnreachable
from translation.names import stage_room
from translation.values import SessionState


def test_organizer_sets_up_an_event_from_nothing(signed_in: Client) -> None:
    organization = send(signed_in, "post", "/organizations", {"name": "Übersetzer e.V."}).json()
    assert organization == {"slug": "ubersetzer-ev", "name": "Übersetzer e.V.", "role": "owner"}
    event = send(
        signed_in,
        "post",
        "/organize/events",
        {
            "organization": "ubersetzer-ev",
            "title": "Spring meeting",
            "starts_at": "2031-04-01T09:00:00+02:00",
        },
    ).json()
    room = send(
        signed_in, "post", f"/organize/events/{event['slug']}/rooms", {"name": "Hall A"}
    ).json()
    session = send(
        signed_in,
        "post",
        f"/organize/rooms/{event['slug']}/{room['slug']}/sessions",
        {"title": "Keynote", "source_language": "en", "languages": ["es", "en", "fr", "es"]},
    ).json()
    public = Client().get("/api/events/spring-meeting").json()
    assert public["organization"] == {"slug": "ubersetzer-ev", "name": "Übersetzer e.V."}
    assert public["rooms"] == [
        {
            "slug": "hall-a",
            "name": "Hall A",
            "current_session_id": session["id"],
            "sessions": [session],
        }
    ]
    assert [(c["language"]["tag"], c["original"]) for c in session["channels"]] == [
        ("en", True),
        ("es", False),
        ("fr", False),
    ]
    assert session["state"] == "planned"


def test_events_are_listed_with_whether_they_are_live(client: Client, live: Session) -> None:
    assert client.get("/api/events").json() == {
        "items": [
            {
                "slug": "conference",
                "title": "Conference",
                "organization": {"slug": "acme-talks", "name": "Acme Talks"},
                "starts_at": None,
                "ends_at": None,
                "live": True,
            }
        ]
    }


def test_an_event_that_is_not_listed_is_found_by_its_address_only(
    client: Client, signed_in: Client, live: Session
) -> None:
    changed = send(signed_in, "patch", "/organize/events/conference", {"listed": False})
    assert changed.json()["listed"] is False
    assert client.get("/api/events").json() == {"items": []}
    assert client.get("/api/events/conference").json()["title"] == "Conference"
    mine = signed_in.get("/api/organize/events").json()["items"]
    assert [(event["slug"], event["listed"]) for event in mine] == [("conference", False)]


@pytest.mark.parametrize("rooms", [1, 4])
def test_a_large_event_is_read_with_as_few_queries_as_a_small_one(
    client: Client,
    session: Session,
    rooms: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, rooms):
        room = create_room(event=session.room.event, name=f"Hall {number}")
        for title in ("Morning", "Evening"):
            create_session(room=room, title=title, source_language="en", languages=["es", "fr"])
    with django_assert_num_queries(4):  # event, rooms, sessions, channels
        event = client.get("/api/events/conference").json()
    assert len(event["rooms"]) == rooms


def test_two_events_of_one_name_get_two_addresses(
    signed_in: Client, organization: Organization
) -> None:
    body = {"organization": organization.slug, "title": "Talks"}
    slugs = [send(signed_in, "post", "/organize/events", body).json()["slug"] for _ in range(3)]
    assert slugs == ["talks", "talks-2", "talks-3"]


def test_a_name_without_latin_letters_gets_an_address(
    signed_in: Client, organization: Organization
) -> None:
    body = {"organization": organization.slug, "title": "مؤتمر"}
    assert send(signed_in, "post", "/organize/events", body).json()["slug"] == "event"


def test_an_event_changes_only_what_is_given(signed_in: Client, session: Session) -> None:
    changed = send(signed_in, "patch", "/organize/events/conference", {"title": "Congress"}).json()
    assert (changed["slug"], changed["title"]) == ("conference", "Congress")


def test_an_event_cannot_end_before_it_starts(signed_in: Client, session: Session) -> None:
    times = {"starts_at": "2031-04-02T09:00:00Z", "ends_at": "2031-04-01T09:00:00Z"}
    answer = send(signed_in, "patch", "/organize/events/conference", times)
    assert refusal(answer) == (422, "ends_before_start")
    assert Event.objects.get().starts_at is None


def test_starting_tells_the_jobs_and_opens_the_rooms(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    started = send(signed_in, "post", f"/sessions/{session.id}/start").json()
    assert started["state"] == "live"
    assert list(outside.media.rooms) == [
        f"{session.id}.{name}" for name in ("stage", "en.0", "es.0", "fr.0")
    ]
    plan = outside.logs[session.id].plan()
    assert plan is not None
    assert (plan.state, plan.targets("en")) == (SessionState.LIVE, ("es", "fr"))
    assert outside.jobs.placed == [session.id]


def test_a_session_goes_on_with_its_clock_after_a_pause_and_after_its_end(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    states = [
        send(signed_in, "post", f"/sessions/{live.id}/{verb}").json()
        for verb in ("pause", "start", "end", "start")
    ]
    assert [state["state"] for state in states] == ["paused", "live", "ended", "live"]
    assert len({state["started_at"] for state in states}) == 1
    assert [bool(state["ended_at"]) for state in states] == [False, False, True, False]
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert live.epoch is not None
    assert plan.epoch_s == pytest.approx(live.epoch.timestamp())


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (SessionState.PLANNED, ("pause", "end")),
        (SessionState.LIVE, ("start",)),
        (SessionState.PAUSED, ("pause",)),
        (SessionState.ENDED, ("pause", "end")),
    ],
)
def test_changes_that_make_no_sense_are_refused(
    signed_in: Client, session: Session, state: SessionState, refused: tuple[str, ...]
) -> None:
    Session.objects.update(state=state, epoch=timezone.now())
    answers = [send(signed_in, "post", f"/sessions/{session.id}/{verb}") for verb in refused]
    assert {refusal(answer) for answer in answers} == {(409, "wrong_state")}


def test_of_two_starts_at_once_one_is_refused(session: Session, outside: Outside) -> None:
    def start(_: int) -> str:
        try:
            return start_session(session=session).state
        except NotNow as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(start, range(4)))
    assert answers == ["live", "wrong_state", "wrong_state", "wrong_state"]
    assert len(outside.logs[session.id].read()) == 1


def test_a_room_gets_another_name_and_keeps_its_address(
    signed_in: Client, session: Session
) -> None:
    answer = send(signed_in, "patch", "/organize/rooms/conference/hall-a", {"name": "Aula"})
    assert (answer.json()["slug"], answer.json()["name"]) == ("hall-a", "Aula")
    assert refusal(
        send(signed_in, "patch", "/organize/rooms/conference/hall-a", {"name": " "})
    ) == (422, "invalid")


def test_a_session_is_changed(signed_in: Client, session: Session) -> None:
    path = f"/sessions/{session.id}"
    changes = {"title": "Opening", "starts_at": "2031-04-01T09:00:00Z"}
    assert send(signed_in, "patch", path, changes).status_code == 200
    shown = signed_in.get("/api/events/conference").json()["rooms"][0]["sessions"][0]
    assert (shown["title"], shown["starts_at"]) == ("Opening", "2031-04-01T09:00:00Z")
    assert send(signed_in, "patch", path, {"starts_at": None}).status_code == 200
    session.refresh_from_db()
    assert (session.title, session.starts_at) == ("Opening", None)


def test_another_language_is_the_floors_until_a_session_was_on(
    signed_in: Client, session: Session
) -> None:
    path = f"/sessions/{session.id}"

    def languages() -> list[str]:
        return [channel.language for channel in session.channels.order_by("language")]

    answer = send(signed_in, "patch", path, {"title": "No", "source_language": "de"})
    assert refusal(answer) == (409, "pair_unsupported")
    assert languages() == ["en", "es", "fr"]
    assert send(signed_in, "patch", path, {"source_language": "es"}).status_code == 200
    assert languages() == ["es", "fr"]
    start_session(session=Session.objects.get())
    assert send(signed_in, "patch", path, {"title": "Late"}).status_code == 200
    answer = send(signed_in, "patch", path, {"title": "No", "source_language": "fr"})
    assert refusal(answer) == (409, "source_language_stays")
    session.refresh_from_db()
    assert (session.title, session.source_language) == ("Late", "es")


def test_a_session_that_was_never_on_is_deleted(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    stage = stage_room(session.id)
    outside.media.rooms = {stage: ["speaker.x.1"], "another": []}
    assert send(signed_in, "delete", f"/sessions/{session.id}").status_code == 204
    assert refusal(send(signed_in, "get", f"/sessions/{session.id}/status"))[0] == 404
    assert list(outside.media.rooms) == ["another"]


def test_a_transcript_is_not_lost_with_a_session_or_a_room(
    signed_in: Client, live: Session
) -> None:
    path, room = f"/sessions/{live.id}", "/organize/rooms/conference/hall-a"
    assert refusal(send(signed_in, "delete", path)) == (409, "session_running")
    assert refusal(send(signed_in, "delete", room)) == (409, "room_has_transcript")
    end_session(session=live)
    assert refusal(send(signed_in, "delete", path)) == (409, "session_has_transcript")
    assert refusal(send(signed_in, "delete", room)) == (409, "room_has_transcript")
    assert send(signed_in, "delete", "/organize/events/conference").status_code == 204


def test_a_room_goes_with_what_was_only_planned_in_it(signed_in: Client, session: Session) -> None:
    assert send(signed_in, "delete", "/organize/rooms/conference/hall-a").status_code == 204
    assert not Session.objects.exists()
    assert signed_in.get("/api/events/conference").json()["rooms"] == []


def test_nothing_is_deleted_while_livekit_cannot_be_asked(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    outside.media.refusing = MediaUnreachable("LiveKit does not answer")
    answer = send(signed_in, "delete", f"/sessions/{session.id}")
    assert answer.status_code == 503
    assert Session.objects.filter(id=session.id).exists()


def test_a_room_runs_one_session_at_a_time(signed_in: Client, live: Session) -> None:
    other = create_session(room=live.room, title="Next", source_language="en", languages=["es"])
    answer = send(signed_in, "post", f"/sessions/{other.id}/start")
    assert refusal(answer) == (409, "room_busy")
    end_session(session=live)
    assert send(signed_in, "post", f"/sessions/{other.id}/start").status_code == 200


def test_current_is_what_runs_else_the_next_else_the_last(client: Client, live: Session) -> None:
    def current() -> Any:
        return client.get("/api/events/conference").json()["rooms"][0]["current_session_id"]

    following = create_session(room=live.room, title="Next", source_language="en", languages=[])
    assert current() == live.id
    end_session(session=live)
    assert current() == following.id
    Session.objects.filter(id=following.id).update(
        state="ended", ended_at=timezone.now() - timedelta(days=1)
    )
    assert current() == live.id


def test_languages_come_and_go_while_the_session_runs(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    added = send(signed_in, "post", f"/sessions/{live.id}/channels", {"language": "it"}).json()
    removed = send(signed_in, "delete", f"/sessions/{live.id}/channels/es").json()
    tags = [[c["language"]["tag"] for c in answer["channels"]] for answer in (added, removed)]
    assert tags == [["en", "es", "fr", "it"], ["en", "fr", "it"]]
    plan = outside.logs[live.id].plan()
    assert plan is not None
    assert plan.targets("en") == ("fr", "it")
    assert f"{live.id}.it.0" in outside.media.rooms


def test_a_language_added_twice_is_there_once(signed_in: Client, live: Session) -> None:
    answer = send(signed_in, "post", f"/sessions/{live.id}/channels", {"language": "es"})
    assert answer.status_code == 200
    assert Channel.objects.filter(session=live, language="es").count() == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("post", "", {"language": "de"}, (409, "pair_unsupported")),
        ("post", "", {"language": "tlh"}, (404, "unknown_language")),
        ("delete", "/it", None, (404, "language_not_offered")),
        ("delete", "/en", None, (409, "original_stays")),
    ],
)
def test_languages_that_cannot_be_added_or_removed(
    signed_in: Client, live: Session, method: str, path: str, body: object, expected: object
) -> None:
    answer = send(signed_in, method, f"/sessions/{live.id}/channels{path}", body)
    assert refusal(answer) == expected


def test_languages_say_what_the_engines_can(client: Client) -> None:
    items = client.get("/api/languages").json()["items"]
    targets = {item["tag"]: item["targets"] for item in items}
    assert targets["en"] == ["es", "fr", "ca", "pt", "it"]
    assert targets["es"] == ["en", "fr"]
    assert targets["de"] == []
    assert next(item for item in items if item["tag"] == "ar")["direction"] == "rtl"


def test_an_event_that_runs_is_not_deleted(signed_in: Client, live: Session) -> None:
    answer = send(signed_in, "delete", "/organize/events/conference")
    assert refusal(answer) == (409, "event_running")


def test_a_deleted_event_leaves_nothing_behind(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    end_session(session=live)
    outside.media.rooms["of-somebody-else"] = []
    assert send(signed_in, "delete", "/organize/events/conference").status_code == 204
    assert not Session.objects.exists()
    assert not LogEntry.objects.exists()
    assert list(outside.media.rooms) == ["of-somebody-else"]
    assert outside.logs[live.id].read() == []


def test_a_server_out_of_reach_changes_nothing_and_is_named(
    signed_in: Client, session: Session, outside: Outside
) -> None:
    outside.media.refusing = MediaUnreachable("LiveKit does not answer at ws://x: start it.")
    answer = send(signed_in, "post", f"/sessions/{session.id}/start")
    assert refusal(answer) == (503, "unavailable")
    assert answer.json()["message"] == "LiveKit does not answer at ws://x: start it."
    outside.media.refusing = None
    outside.logs[session.id].refusing = LogUnreachable("Redis does not answer.")
    answer = send(signed_in, "post", f"/sessions/{session.id}/start")
    assert refusal(answer) == (503, "unavailable")
    assert Session.objects.get().state == "planned"


def test_status_joins_what_jobs_listeners_and_the_log_say(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    from translation.values import Stage, Translation, Trouble

    outside.attention.note(live.id, "es", 7)
    outside.vitals.facts[live.id] = {
        "floor": {"owned": True, "speaking": True, "speakers": 1, "level_db": -20.5},
        "channels": {"es": {"owned": True, "input": "machine", "who": "eSpeak NG", "lag_s": 1.4}},
    }
    log = outside.logs[live.id]
    log.append(Trouble(Stage.SPEAK, "fr", "The voice is broken.", 1.0))
    log.append(Trouble(Stage.TRANSLATE, "es", "No translation.", 2.0))
    log.append(Trouble(Stage.TRANSLATE, "es", "", 3.0))
    log.append(Trouble(Stage.TRANSLATE, "it", "No translation.", 4.0))
    log.append(Translation(1, "it", "Ciao", "words", 5.0))
    status = send(signed_in, "get", f"/sessions/{live.id}/status").json()
    assert status["floor"] == {
        "owned": True,
        "speaking": True,
        "speakers": 1,
        "level_db": -20.5,
        "engine": "",
        "resting": [],
    }
    assert status["translation"] == {"engine": "", "resting": []}
    spanish = next(c for c in status["channels"] if c["language"]["tag"] == "es")
    assert (spanish["owned"], spanish["input"], spanish["listeners"]) == (True, "machine", 7)
    assert spanish["lag_s"] == 1.4
    assert [channel["language"]["tag"] for channel in status["channels"]] == ["en", "es", "fr"]
    assert status["troubles"] == [
        {"stage": "speak", "language": "fr", "message": "The voice is broken.", "at_s": 1.0}
    ]


def test_a_session_that_no_process_is_free_for_says_so_and_how_to_help(
    signed_in: Client, live: Session, outside: Outside
) -> None:
    def troubles() -> list[tuple[str, bool]]:
        status = send(signed_in, "get", f"/sessions/{live.id}/status").json()
        return [(each["stage"], "JOB_PROCESSES" in each["message"]) for each in status["troubles"]]

    outside.jobs.waiting_s = 3.0
    assert troubles() == []
    outside.jobs.waiting_s = 12.0
    assert troubles() == [("place", True)]
