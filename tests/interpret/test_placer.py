from interpret.placer import tasks_to_send, wanted_jobs
from tests.translation.entries import plan
from translation.jobs.lease import DONE
from translation.values import SessionState

FLOOR, SPANISH, FRENCH = "s1/floor", "s1/channel/es", "s1/channel/fr"
ON_AIR = "[17, 0.4, 1.0]"


def to_send(state: SessionState, free: dict[str, str]) -> set[str]:
    return tasks_to_send(plan("es", "fr", state=state), free)


def test_a_session_wants_a_floor_and_every_channel_the_original_included() -> None:
    assert wanted_jobs(plan("en", "es")) == {
        "s1/floor": "run_floor",
        "s1/channel/en": "run_channels",
        "s1/channel/es": "run_channels",
    }


def test_a_session_that_goes_live_is_given_both_tasks() -> None:
    free = {FLOOR: "", SPANISH: "", FRENCH: ""}

    assert to_send(SessionState.LIVE, free) == {"run_floor", "run_channels"}


def test_a_live_session_whose_jobs_are_owned_needs_nothing() -> None:
    assert to_send(SessionState.LIVE, {}) == set()


def test_one_free_channel_is_enough_to_ask_for_channels() -> None:
    assert to_send(SessionState.LIVE, {FRENCH: ON_AIR}) == {"run_channels"}


def test_a_live_session_wants_again_what_came_to_its_end_before() -> None:
    assert to_send(SessionState.LIVE, {FLOOR: DONE, SPANISH: DONE}) == {"run_floor", "run_channels"}


def test_a_paused_session_rests_its_floor_and_keeps_its_channels() -> None:
    free = {FLOOR: DONE, SPANISH: DONE, FRENCH: ON_AIR}

    assert to_send(SessionState.PAUSED, free) == {"run_channels"}


def test_a_floor_that_died_before_it_had_drained_is_wanted_in_a_pause_too() -> None:
    assert to_send(SessionState.PAUSED, {FLOOR: ""}) == {"run_floor"}


def test_an_ended_session_wants_only_what_did_not_come_to_its_end() -> None:
    assert to_send(SessionState.ENDED, {FLOOR: DONE, SPANISH: DONE, FRENCH: DONE}) == set()
    assert to_send(SessionState.ENDED, {FLOOR: DONE, SPANISH: ON_AIR}) == {"run_channels"}
    assert to_send(SessionState.ENDED, {FLOOR: "", SPANISH: DONE}) == {"run_floor"}


def test_a_lease_of_a_language_that_was_taken_out_is_nobodys_business() -> None:
    assert tasks_to_send(plan("es"), {FRENCH: ON_AIR}) == set()
