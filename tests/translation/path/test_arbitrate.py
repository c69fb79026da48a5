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
from translation.ports import Microphone
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Gesture,
    Input,
    OnAir,
    Policy,
    Reason,
    Refusal,
    SessionState,
)

FLOOR, SLATE = Input.FLOOR.value, Input.SLATE.value
ON_ANN = (Input.INTERPRETER, ANN)
ON_BOB = (Input.INTERPRETER, BOB)
ON_MACHINE = (Input.MACHINE, "")


# Policies


@pytest.mark.parametrize(
    ("policy", "first"),
    [
        (Policy.HUMAN_FIRST, MACHINE),
        (Policy.MACHINE_FIRST, MACHINE),
        (Policy.MACHINE_ONLY, MACHINE),
        (Policy.HUMAN_ONLY, SLATE),
    ],
)
def test_a_session_starts_with_what_its_policy_says(policy: Policy, first: str) -> None:
    assert with_policy(policy).changes() == [(first, Reason.STARTED)]


def test_an_unmanned_channel_may_hear_the_floor() -> None:
    booth = with_policy(Policy.HUMAN_ONLY, unmanned=Input.FLOOR)

    assert booth.changes() == [(FLOOR, Reason.STARTED)]


def test_on_air_says_which_machine_and_who() -> None:
    booth = taken()

    assert [e for e in booth.log if isinstance(e, OnAir)] == [
        OnAir("es", Input.MACHINE, "tones 1", 100.0, Reason.STARTED),
        OnAir("es", Input.INTERPRETER, ANN, 100.0, Reason.TAKEN, "Ann Lee"),
    ]


def test_another_engine_that_goes_on_for_the_machine_is_named() -> None:
    booth = taken()
    booth.mic(ANN, GONE)
    booth.wait(5)

    booth.machine(who="tones 2")
    booth.wait(30)

    assert [e for e in booth.log if isinstance(e, OnAir)][-2:] == [
        OnAir("es", Input.MACHINE, "tones 1", 102.0, Reason.DISCONNECTED),
        OnAir("es", Input.MACHINE, "tones 2", 107.0, Reason.DISCONNECTED),
    ]
    booth.mic(ANN, TALKING)
    booth.wait(0.5)
    assert booth.changes()[-1] == (ANN, Reason.RETURNED)


def test_engines_that_take_turns_do_not_fill_the_log() -> None:
    booth = Booth()
    for number in range(40):
        booth.machine(who=f"tones {number % 2 + 1}")
        booth.wait(5)

    assert booth.changes() == [(MACHINE, Reason.STARTED)]


def test_machine_only_lets_nobody_take() -> None:
    booth = with_policy(Policy.MACHINE_ONLY)
    booth.mic(ANN, TALKING)

    assert booth.command(ANN, Gesture.TAKE) == Refusal.POLICY
    assert booth.command(ANN, Gesture.ASK) == Refusal.POLICY
    assert booth.program == ON_MACHINE


def test_a_policy_that_changes_takes_the_channel_from_its_holder() -> None:
    booth = taken()

    booth.replan(policy=Policy.MACHINE_ONLY)

    assert booth.changes()[-1] == (MACHINE, Reason.POLICY)
    assert booth.arbiter.standing.holder == ""


def test_a_policy_that_changed_nothing_explains_nothing_later() -> None:
    booth = taken()
    booth.replan(policy=Policy.MACHINE_FIRST)
    booth.wait(5)

    booth.mic(ANN, GONE)

    assert booth.changes()[1:] == [(ANN, Reason.TAKEN), (MACHINE, Reason.DISCONNECTED)]


# Taking and releasing


def test_take_waits_for_the_machines_boundary() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.machine(busy=True, boundary=False)

    assert booth.command(ANN, Gesture.TAKE) is None
    booth.wait(0.2)
    assert (booth.program, booth.arbiter.waiting) == (ON_MACHINE, True)
    booth.machine(boundary=True)

    assert (booth.program, booth.arbiter.waiting) == (ON_ANN, False)


def test_take_waits_no_longer_than_four_tenths() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.machine(busy=True, boundary=False)

    booth.command(ANN, Gesture.TAKE)
    booth.wait(0.4)

    assert booth.changes()[-1] == (ANN, Reason.TAKEN)
    assert booth.arbiter.standing.on_air.since_s == pytest.approx(100.4)  # type: ignore[union-attr]


@pytest.mark.parametrize("microphone", [GONE, MUTED])
def test_take_needs_an_open_microphone(microphone: Microphone) -> None:
    booth = Booth()
    booth.mic(ANN, microphone)

    assert booth.command(ANN, Gesture.TAKE) == Refusal.NO_MICROPHONE


def test_of_two_who_take_at_once_one_wins_and_the_other_is_told() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.mic(BOB, OPEN)
    booth.machine(busy=True, boundary=False)

    booth.send(ANN, Gesture.TAKE)
    booth.send(BOB, Gesture.TAKE)
    booth.wait(1)

    assert [a.refusal for a in booth.answers().values()] == [None, Refusal.PARTNER_ON_AIR]
    assert booth.changes()[1:] == [(ANN, Reason.TAKEN)]


@pytest.mark.parametrize("microphone", [GONE, MUTED])
def test_a_partner_whose_microphone_is_closed_may_be_relieved(microphone: Microphone) -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.mic(BOB, OPEN)
    booth.mic(ANN, microphone)

    assert booth.command(BOB, Gesture.TAKE) is None
    assert booth.changes()[-1] == (BOB, Reason.TAKEN)


def test_release_gives_the_channel_to_the_machine_at_once() -> None:
    booth = taken()

    assert booth.command(BOB, Gesture.RELEASE) == Refusal.NOT_ON_AIR
    assert booth.command(ANN, Gesture.RELEASE) is None
    assert booth.changes()[-1] == (MACHINE, Reason.RELEASED)

    booth.wait(20)
    assert booth.changes()[-1] == (MACHINE, Reason.RELEASED)


def test_nobody_releases_to_a_machine_that_is_lost() -> None:
    booth = taken()
    booth.machine(able=False)

    assert booth.command(ANN, Gesture.RELEASE) == Refusal.MACHINE_LOST
    assert booth.command(ANN, Gesture.OFFER, MACHINE) == Refusal.MACHINE_LOST


def test_strangers_and_silent_sessions_are_refused() -> None:
    booth = taken()
    assert booth.command("eve", Gesture.TAKE) == Refusal.NOT_ASSIGNED
    assert booth.command(ANN, Gesture.FORCE, MACHINE) == Refusal.NOT_ASSIGNED

    booth.replan(session={"state": SessionState.ENDED})
    assert booth.command(ANN, Gesture.TAKE) == Refusal.NOT_LIVE


# The floor's own language


def test_floor_is_passed_through_while_it_speaks_the_channels_language() -> None:
    booth = taken()

    booth.replan(session={"floor_language": "es"})
    booth.wait(30)
    booth.replan(session={"floor_language": ""})

    assert booth.changes()[1:] == [
        (ANN, Reason.TAKEN), (FLOOR, Reason.FLOOR_LANGUAGE), (ANN, Reason.FLOOR_LANGUAGE),
    ]  # fmt: skip


def test_floor_is_never_passed_through_for_silence() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.replan(unmanned=Input.FLOOR)
    booth.mic(ANN, OPEN)

    booth.wait(60)

    assert booth.program == ON_ANN


def test_a_take_during_pass_through_counts_afterwards() -> None:
    booth = Booth()
    booth.mic(BOB, OPEN)
    booth.replan(session={"floor_language": "es"})

    assert booth.command(BOB, Gesture.TAKE) is None
    assert booth.program == (Input.FLOOR, "")
    booth.replan(session={"floor_language": "en"})

    assert booth.changes()[-1] == (BOB, Reason.FLOOR_LANGUAGE)


# Pause and end


def test_a_pause_shows_the_slate_and_the_holder_comes_back() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)

    booth.replan(session={"state": SessionState.PAUSED})
    assert booth.changes()[-1] == (SLATE, Reason.STOPPED)
    booth.replan(session={"state": SessionState.LIVE})

    assert booth.changes()[-1] == (ANN, Reason.STARTED)


def test_whoever_speaks_finishes_her_sentence() -> None:
    booth = taken()

    booth.replan(session={"state": SessionState.ENDED})
    booth.wait(2)
    assert booth.program == ON_ANN
    booth.mic(ANN, OPEN)
    assert booth.changes()[-1] == (SLATE, Reason.STOPPED)


def test_what_was_asked_in_a_pause_explains_the_change_after_it() -> None:
    booth = taken()
    booth.replan(session={"state": SessionState.PAUSED})
    booth.command(ANN, Gesture.RELEASE)

    booth.replan(session={"state": SessionState.LIVE})

    assert booth.changes()[-1] == (MACHINE, Reason.RELEASED)


def test_nobody_goes_on_for_ever_after_the_end() -> None:
    booth = taken()
    booth.replan(session={"state": SessionState.ENDED})

    booth.wait(10.1)

    assert booth.changes()[-1] == (SLATE, Reason.STOPPED)


def test_the_machine_says_what_is_left() -> None:
    booth = Booth()
    booth.machine(busy=True)
    booth.replan(session={"state": SessionState.ENDED})
    booth.wait(20)
    assert booth.program == ON_MACHINE

    booth.machine(busy=False)

    assert booth.changes()[-1] == (SLATE, Reason.STOPPED)


# Alarms


def test_nobody_on_air_alarms_while_the_floor_speaks_into_an_unmanned_channel() -> None:
    booth = with_policy(Policy.HUMAN_ONLY)
    booth.floor(True)
    booth.wait(1.9)
    assert booth.alarms() == []
    booth.wait(0.2)
    assert booth.alarms() == [("nobody_on_air", True)]

    booth.mic(ANN, TALKING)
    booth.command(ANN, Gesture.TAKE)

    assert booth.alarms() == [("nobody_on_air", True), ("nobody_on_air", False)]


def test_nobody_on_air_alarms_where_the_only_interpreter_says_nothing() -> None:
    booth = taken(Policy.HUMAN_ONLY)
    booth.mic(ANN, OPEN)

    booth.wait(6.1)

    assert booth.alarms() == [("nobody_on_air", True)]


def test_two_open_microphones_alarm_but_not_around_a_handover() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB, 5)
    booth.command(BOB, Gesture.ACCEPT)
    booth.wait(9)
    assert booth.alarms() == []
    booth.wait(3)
    assert booth.alarms() == [("double_microphone", True)]

    booth.mic(ANN, MUTED)

    assert booth.alarms() == [("double_microphone", True), ("double_microphone", False)]


def test_solo_counts_from_the_change_and_a_stand_in_is_no_rest() -> None:
    booth = taken()
    booth.replan(turn_s=60.0)
    booth.mic(ANN, MUTED)
    booth.wait(20)
    booth.mic(ANN, TALKING)
    booth.wait(37)
    assert booth.alarms() == []
    booth.wait(2)

    assert booth.alarms() == [("solo_too_long", True)]
    booth.command(ANN, Gesture.RELEASE)
    assert booth.alarms()[-1] == ("solo_too_long", False)


def test_alarms_of_others_are_kept_as_they_are() -> None:
    booth = taken()
    booth.tell(Alarm("es", AlarmKind.MUTED_TALKING, BOB, True, 101.0))
    booth.wait(1)

    assert dict(booth.arbiter.standing.alarms) == {(AlarmKind.MUTED_TALKING, BOB): 101.0}
