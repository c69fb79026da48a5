from tests.translation.path.booth import (
    ANN,
    BOB,
    GONE,
    MUTED,
    OPEN,
    TALKING,
    Booth,
    taken,
)
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
