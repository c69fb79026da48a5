import pytest

from tests.translation.path.booth import (
    ANN,
    BOB,
    GONE,
    MUTED,
    OPEN,
    TALKING,
    Booth,
    taken,
    with_policy,
)
from translation.path.facts import DEAF_S
from translation.ports import Microphone
from translation.values import (
    MACHINE,
    Assigned,
    Gesture,
    HandoverStage,
    Input,
    OnAir,
    Policy,
    Reason,
)

FLOOR, SLATE = Input.FLOOR.value, Input.SLATE.value
ON_ANN = (Input.INTERPRETER, ANN)
ON_BOB = (Input.INTERPRETER, BOB)
ON_MACHINE = (Input.MACHINE, "")


# The machine stands in


def test_machine_stands_in_for_a_lost_microphone_at_once() -> None:
    booth = taken()

    booth.mic(ANN, GONE)

    assert booth.changes()[-1] == (MACHINE, Reason.DISCONNECTED)


def test_machine_stands_in_for_a_microphone_muted_while_the_floor_speaks() -> None:
    booth = taken()

    booth.mic(ANN, MUTED)
    booth.wait(0.66)
    assert booth.program == ON_ANN
    booth.wait(0.04)

    assert booth.changes()[-1] == (MACHINE, Reason.MUTED)


def test_a_cough_is_no_change() -> None:
    booth = taken()

    booth.mic(ANN, MUTED)
    booth.wait(0.6)
    booth.mic(ANN, TALKING)
    booth.wait(5)

    assert booth.changes()[-1] == (ANN, Reason.TAKEN)


def test_muted_while_the_floor_is_silent_is_no_change() -> None:
    booth = taken()
    booth.floor(False)

    booth.mic(ANN, MUTED)
    booth.wait(30)

    assert booth.program == ON_ANN


def test_machine_stands_in_for_one_who_is_silent_while_the_floor_speaks() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)

    booth.wait(5.9)
    assert booth.program == ON_ANN
    booth.wait(0.2)

    assert booth.changes()[-1] == (MACHINE, Reason.SILENT)


def test_silence_counts_only_while_the_floor_speaks() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)

    for _ in range(5):
        booth.floor(True)
        booth.wait(4)
        booth.floor(False)
        booth.wait(4)

    assert booth.program == ON_ANN


def test_she_speaks_again_and_is_back_at_the_machines_boundary() -> None:
    booth = taken()
    booth.mic(ANN, MUTED)
    booth.wait(3)
    booth.machine(busy=True, boundary=False)

    booth.mic(ANN, OPEN)
    booth.wait(3)
    assert booth.program == ON_MACHINE  # an open microphone alone says nothing
    booth.mic(ANN, TALKING)
    booth.wait(0.3)
    assert booth.program == ON_MACHINE
    booth.machine(boundary=True)

    assert booth.changes()[-1] == (ANN, Reason.RETURNED)


def test_she_returns_under_a_new_connection() -> None:
    booth = taken()
    booth.mic(ANN, GONE)
    booth.wait(2)

    booth.mic(ANN, TALKING)
    booth.wait(0.5)

    assert booth.changes()[-1] == (ANN, Reason.RETURNED)


def test_machine_first_forgets_a_holder_who_dropped_out() -> None:
    booth = taken(Policy.MACHINE_FIRST)
    booth.mic(ANN, MUTED)
    booth.wait(3)

    booth.mic(ANN, TALKING)
    booth.wait(20)

    assert booth.changes()[-1] == (MACHINE, Reason.MUTED)
    assert booth.arbiter.standing.holder == ""


def test_human_only_is_never_left_for_silence() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.mic(ANN, OPEN)

    booth.wait(60)

    assert booth.program == ON_ANN


def test_human_only_shows_the_slate_while_she_is_gone() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.mic(ANN, GONE)
    booth.wait(1)
    booth.mic(ANN, OPEN)

    assert booth.changes()[-2:] == [(SLATE, Reason.DISCONNECTED), (ANN, Reason.RETURNED)]


def test_an_open_microphone_serves_where_the_machine_is_lost() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)
    booth.wait(8)
    assert booth.program == ON_MACHINE

    booth.machine(able=False)

    assert booth.changes()[-1] == (ANN, Reason.MACHINE_LOST)


def test_a_lost_machine_without_people_leaves_the_slate_until_it_is_back() -> None:
    booth = Booth()
    booth.machine(able=False)
    booth.wait(5)
    booth.machine(able=True)

    assert booth.changes()[1:] == [(SLATE, Reason.MACHINE_LOST), (MACHINE, Reason.MACHINE_BACK)]


# A partner stands in


@pytest.mark.parametrize("policy", [Policy.HUMAN_FIRST, Policy.HUMAN_ONLY, Policy.MACHINE_FIRST])
@pytest.mark.parametrize("gone", [GONE, MUTED])
def test_a_partner_who_speaks_is_heard_where_nobody_else_can(
    policy: Policy, gone: Microphone
) -> None:
    booth = taken(policy)
    booth.machine(able=False)
    booth.mic(BOB, TALKING)

    booth.mic(ANN, gone)
    booth.wait(1.2)

    assert booth.changes()[-1] == (BOB, Reason.STOOD_IN)
    booth.mic(ANN, TALKING)
    booth.wait(20)
    assert booth.program == ON_BOB  # it is his now; a handover brings it back
    assert booth.arbiter.standing.holder == BOB


def test_a_partner_who_begins_to_speak_later_is_heard_then() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.mic(BOB, OPEN)
    booth.mic(ANN, GONE)
    booth.wait(5)
    assert booth.changes()[-1] == (SLATE, Reason.DISCONNECTED)

    booth.mic(BOB, TALKING)
    booth.wait(0.9)
    assert booth.changes()[-1] == (SLATE, Reason.DISCONNECTED)
    booth.wait(0.2)

    assert booth.changes()[-1] == (BOB, Reason.STOOD_IN)


def test_an_able_machine_stands_in_before_a_partner() -> None:
    booth = taken()
    booth.mic(BOB, TALKING)

    booth.mic(ANN, GONE)
    booth.wait(20)

    assert booth.changes()[-1] == (MACHINE, Reason.DISCONNECTED)


def test_whoever_talks_into_a_channel_that_nobody_took_is_not_heard() -> None:
    booth = with_policy(Policy.HUMAN_ONLY)
    booth.floor(True)
    booth.mic(ANN, TALKING)
    booth.wait(20)

    assert booth.changes() == [(SLATE, Reason.STARTED)]
    assert booth.alarms() == [("nobody_on_air", True)]


def test_a_partner_who_works_elsewhere_does_not_stand_in() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.on_air_elsewhere(BOB)
    booth.mic(BOB, TALKING)

    booth.mic(ANN, GONE)
    booth.wait(20)

    assert booth.changes()[-1] == (SLATE, Reason.DISCONNECTED)


def test_an_interpreter_comes_back_into_a_channel_whose_machine_is_lost_too() -> None:
    """Under `machine_first` only a machine that speaks makes the channel forget who had it."""
    booth = taken(Policy.MACHINE_FIRST)
    booth.machine(able=False)
    booth.mic(ANN, GONE)
    booth.wait(3)

    booth.mic(ANN, TALKING)
    booth.wait(2)

    assert booth.changes()[-2:] == [(SLATE, Reason.DISCONNECTED), (ANN, Reason.RETURNED)]


# A machine that hears nothing


def deaf() -> Booth:
    """The floor speaks, and nothing of it comes to the machine, which is on air."""
    booth = Booth()
    booth.floor(True)
    booth.machine(speaking=False)
    return booth


def test_a_machine_that_says_nothing_while_the_floor_speaks_alarms() -> None:
    booth = deaf()
    booth.wait(DEAF_S + 1.9)
    assert booth.alarms() == []
    booth.wait(0.2)
    assert booth.alarms() == [("nobody_on_air", True)]
    assert booth.changes() == [(MACHINE, Reason.STARTED)]  # nothing else is there

    booth.machine(served=1)

    assert booth.alarms() == [("nobody_on_air", True), ("nobody_on_air", False)]


def test_a_machine_whose_lines_nobody_hears_is_not_deaf() -> None:
    booth = deaf()
    for served in range(10):
        booth.machine(served=served)
        booth.wait(8)

    assert booth.alarms() == []


def test_nobody_is_deaf_while_the_floor_is_silent() -> None:
    booth = deaf()
    for _ in range(10):
        booth.floor(True)
        booth.wait(8)
        booth.floor(False)
        booth.wait(4)

    assert booth.alarms() == []


def test_a_floor_job_that_fails_alarms_where_a_machine_is_on_air() -> None:
    booth = Booth()
    booth.machine(speaking=False)
    booth.floor_lost(True)
    booth.wait(1.9)
    assert booth.alarms() == []
    booth.wait(0.2)
    assert booth.alarms() == [("nobody_on_air", True)]

    booth.floor_lost(False)
    booth.wait(0.1)

    assert booth.alarms()[-1] == ("nobody_on_air", False)


def test_a_floor_job_that_fails_is_no_alarm_where_an_interpreter_works() -> None:
    booth = taken()
    booth.floor(False)
    booth.machine(speaking=False)
    booth.floor_lost(True)
    booth.mic(ANN, OPEN)
    booth.wait(60)

    assert booth.alarms() == []
    assert booth.program == ON_ANN


def test_nobody_is_replaced_for_silence_by_a_machine_that_hears_nothing() -> None:
    booth = taken()
    booth.machine(speaking=False)
    booth.wait(DEAF_S)
    booth.mic(ANN, OPEN)

    booth.wait(7)

    assert booth.program == ON_ANN
    assert booth.alarms() == [("nobody_on_air", True)]


def test_a_partner_stands_in_for_a_machine_that_hears_nothing() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.machine(speaking=False)
    booth.mic(ANN, GONE)
    booth.wait(DEAF_S)
    assert booth.program == ON_MACHINE

    booth.mic(BOB, TALKING)
    booth.wait(1.2)

    assert booth.changes()[-1] == (BOB, Reason.STOOD_IN)
    assert booth.alarms()[-1:] != [("nobody_on_air", True)]


# Going elsewhere, being removed


def test_one_microphone_feeds_one_channel() -> None:
    booth = taken()

    booth.on_air_elsewhere(ANN)
    booth.wait(20)

    assert booth.changes()[-1] == (MACHINE, Reason.REMOVED)
    assert booth.command(ANN, Gesture.TAKE) is None
    assert booth.changes()[-1] == (ANN, Reason.TAKEN)


def test_what_was_on_air_elsewhere_before_takes_nobody_away() -> None:
    booth = taken()

    booth.tell(OnAir("fr", Input.INTERPRETER, ANN, 50.0, Reason.TAKEN))
    booth.tick()

    assert booth.program == ON_ANN


def test_whoever_works_elsewhere_while_the_machine_stood_in_is_not_called_back() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)
    booth.wait(8)

    booth.on_air_elsewhere(ANN)
    booth.mic(ANN, TALKING)
    booth.wait(20)

    assert booth.changes()[-1] == (MACHINE, Reason.SILENT)


def test_retour_and_back_again() -> None:
    """The hall asks in Spanish: the floor is passed through, Ann goes back into English."""
    booth = taken()
    booth.replan(session={"floor_language": "es"})
    booth.wait(1)
    booth.tell(OnAir("en", Input.INTERPRETER, ANN, booth.now_s, Reason.TAKEN))
    booth.wait(10)

    booth.replan(session={"floor_language": "en"})

    assert booth.changes()[-1] == (ANN, Reason.FLOOR_LANGUAGE)


def test_an_interpreter_who_is_removed_is_off_the_air_at_once() -> None:
    booth = taken()

    booth.replan(interpreters=(Assigned(BOB, "es-booth"),))

    assert booth.changes()[-1] == (MACHINE, Reason.REMOVED)


# A successor


def test_a_command_that_died_with_its_arbiter_is_answered_by_the_next() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.send(ANN, Gesture.OFFER, BOB)

    successor = booth.restored()
    successor.tick()

    assert successor.stages() == [HandoverStage.OPEN]
    assert [a.refusal for a in successor.answers().values()] == [None, None]


def test_a_take_that_was_answered_but_not_done_is_done_by_the_next() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.machine(busy=True, boundary=False)
    booth.command(ANN, Gesture.TAKE)

    successor = booth.restored()
    successor.wait(0.5)

    assert successor.changes()[-1] == (ANN, Reason.TAKEN)
    assert len(successor.answers()) == 1
