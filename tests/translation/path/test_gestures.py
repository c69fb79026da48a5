import pytest

from tests.translation.path.booth import (
    ANN,
    BOB,
    GONE,
    MUTED,
    OPEN,
    ORGANIZER,
    TALKING,
    Booth,
    taken,
    with_policy,
)
from translation.values import (
    MACHINE,
    Gesture,
    HandoverStage,
    Input,
    Policy,
    Reason,
    Refusal,
)

FLOOR, SLATE = Input.FLOOR.value, Input.SLATE.value
ON_ANN = (Input.INTERPRETER, ANN)
ON_BOB = (Input.INTERPRETER, BOB)
ON_MACHINE = (Input.MACHINE, "")


# Handover


def test_offer_accepted_counts_down_and_switches() -> None:
    booth = taken()
    booth.mic(BOB, MUTED)

    assert booth.command(ANN, Gesture.OFFER, BOB, 10) is None
    assert booth.command(ANN, Gesture.ACCEPT) == Refusal.NO_HANDOVER
    booth.wait(5)
    assert booth.command(BOB, Gesture.ACCEPT) is None
    booth.wait(9.9)
    assert booth.program == ON_ANN
    booth.mic(BOB, TALKING)
    booth.wait(0.2)

    assert booth.stages() == [HandoverStage.OPEN, HandoverStage.COUNTING, HandoverStage.DONE]
    assert booth.changes()[-1] == (BOB, Reason.HANDED_OVER)


def test_ask_accepted_with_no_countdown_switches_now() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)

    assert booth.command(BOB, Gesture.ASK) is None
    assert booth.command(ANN, Gesture.ACCEPT) is None

    assert booth.changes()[-1] == (BOB, Reason.HANDED_OVER)


def test_both_propose_the_same_and_agree() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)

    booth.send(ANN, Gesture.OFFER, BOB, 5)
    booth.send(BOB, Gesture.ASK, ANN, 0)
    booth.tick()

    assert [a.refusal for a in booth.answers().values()] == [None] * 3
    assert booth.stages() == [HandoverStage.OPEN, HandoverStage.COUNTING]
    booth.wait(5)
    assert booth.program == ON_BOB


def test_an_offer_to_a_partner_who_is_not_there_is_refused() -> None:
    booth = taken()

    assert booth.command(ANN, Gesture.OFFER, BOB) == Refusal.NOBODY_THERE
    assert booth.command(BOB, Gesture.ASK) == Refusal.NO_MICROPHONE
    booth.mic(BOB, MUTED)
    assert booth.command(BOB, Gesture.OFFER, ANN) == Refusal.NOT_ON_AIR
    assert booth.command(ANN, Gesture.OFFER, BOB) is None
    assert booth.command(BOB, Gesture.ACCEPT) == Refusal.NO_MICROPHONE
    assert booth.command(BOB, Gesture.OFFER, ANN) == Refusal.NOT_ON_AIR
    assert booth.command(ANN, Gesture.OFFER, BOB) == Refusal.HANDOVER_RUNNING


@pytest.mark.parametrize(
    ("who", "gesture", "stage"),
    [
        (BOB, Gesture.DECLINE, HandoverStage.DECLINED),
        (ANN, Gesture.CANCEL, HandoverStage.CANCELLED),
        (BOB, Gesture.CANCEL, HandoverStage.CANCELLED),
        (ANN, Gesture.RELEASE, HandoverStage.CANCELLED),
    ],
)
def test_an_offer_can_be_ended(who: str, gesture: Gesture, stage: HandoverStage) -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB)

    assert booth.command(who, gesture) is None

    assert booth.stages() == [HandoverStage.OPEN, stage]
    assert booth.command(who, Gesture.CANCEL) == Refusal.NO_HANDOVER


def test_a_countdown_can_be_cancelled_by_either() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB, 10)
    booth.command(BOB, Gesture.ACCEPT)
    booth.wait(9)

    assert booth.command(ANN, Gesture.CANCEL) is None
    booth.wait(5)

    assert (booth.program, booth.stages()[-1]) == (ON_ANN, HandoverStage.CANCELLED)


def test_an_offer_nobody_answers_lapses() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB)

    booth.wait(29.9)
    assert booth.stages() == [HandoverStage.OPEN]
    booth.wait(0.2)

    assert booth.stages() == [HandoverStage.OPEN, HandoverStage.LAPSED]


def test_a_taker_who_opens_late_gets_it_and_one_who_does_not_at_all_leaves_it() -> None:
    for late_s, last in ((1.0, HandoverStage.DONE), (3.0, HandoverStage.LAPSED)):
        booth = taken()
        booth.mic(BOB, MUTED)
        booth.command(ANN, Gesture.OFFER, BOB, 5)
        booth.command(BOB, Gesture.ACCEPT)
        booth.wait(5 + late_s)
        booth.mic(BOB, OPEN)

        assert booth.stages()[-1] == last
        assert booth.program == (ON_BOB if last == HandoverStage.DONE else ON_ANN)


def test_the_giver_may_be_gone_before_the_switch() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB, 5)
    booth.command(BOB, Gesture.ACCEPT)

    booth.mic(ANN, GONE)
    booth.wait(6)

    assert booth.changes()[-2:] == [(MACHINE, Reason.DISCONNECTED), (BOB, Reason.HANDED_OVER)]


def test_the_machine_gives_and_takes_with_a_countdown_and_at_once() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)

    assert booth.command(ANN, Gesture.ASK, MACHINE, 5) is None
    booth.wait(5)
    assert booth.changes()[-1] == (ANN, Reason.HANDED_OVER)
    assert booth.command(ANN, Gesture.OFFER, MACHINE, 0) is None
    assert booth.changes()[-1] == (MACHINE, Reason.HANDED_OVER)

    assert booth.stages() == [HandoverStage.COUNTING, HandoverStage.DONE, HandoverStage.DONE]


def test_the_channel_is_taken_from_a_machine_that_stands_in() -> None:
    """Ann's browser dies: Bob takes from whoever has it, and that is the machine."""
    booth = taken()
    booth.mic(BOB, MUTED)
    booth.mic(ANN, GONE)

    assert booth.command(BOB, Gesture.ASK, MACHINE, 5) is None
    booth.mic(BOB, TALKING)
    booth.wait(5)

    assert booth.stages() == [HandoverStage.COUNTING, HandoverStage.DONE]
    assert booth.changes()[-2:] == [(MACHINE, Reason.DISCONNECTED), (BOB, Reason.HANDED_OVER)]
    assert booth.arbiter.standing.holder == BOB


def test_whoever_is_stood_in_for_takes_the_channel_back_by_the_same_gesture() -> None:
    booth = taken()
    booth.mic(ANN, OPEN)
    booth.wait(8)
    assert booth.program == ON_MACHINE

    assert booth.command(ANN, Gesture.ASK, MACHINE) is None

    assert booth.changes()[-1] == (ANN, Reason.HANDED_OVER)


def test_a_countdown_from_the_machine_ends_when_the_holder_is_back() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.mic(ANN, GONE)
    booth.command(BOB, Gesture.ASK, MACHINE, 10)
    booth.wait(2)

    booth.mic(ANN, TALKING)
    booth.wait(10)

    assert booth.stages() == [HandoverStage.COUNTING, HandoverStage.LAPSED]
    assert booth.changes()[-1] == (ANN, Reason.RETURNED)


def test_nobody_takes_from_the_machine_what_a_partner_has() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)

    assert booth.command(BOB, Gesture.ASK, MACHINE) == Refusal.PARTNER_ON_AIR
    assert booth.stages() == []


# Too late


@pytest.mark.parametrize("gesture", [Gesture.TAKE, Gesture.ASK])
def test_what_was_asked_long_ago_is_not_done(gesture: Gesture) -> None:
    """Nobody decided for two minutes; nobody expects a change any more."""
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.send(ANN, gesture)

    successor = booth.restored()
    successor.now_s += 120
    successor.wait(1)

    assert [a.refusal for a in successor.answers().values()] == [Refusal.TOO_LATE]
    assert successor.changes() == [(MACHINE, Reason.STARTED)]


def test_what_was_asked_seconds_ago_is_done() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.send(ANN, Gesture.TAKE)

    successor = booth.restored()
    successor.now_s += 9
    successor.wait(1)

    assert successor.changes()[-1] == (ANN, Reason.TAKEN)


# Force


def test_what_is_forced_stays_until_the_organizer_lets_go() -> None:
    booth = taken()

    assert booth.command(ORGANIZER, Gesture.FORCE, MACHINE) is None
    booth.wait(10)
    assert booth.command(ANN, Gesture.TAKE) == Refusal.FORCED
    assert booth.command(ANN, Gesture.RELEASE) == Refusal.FORCED
    assert booth.program == ON_MACHINE
    assert booth.command(ORGANIZER, Gesture.FORCE, "") is None

    assert booth.changes()[-2:] == [(MACHINE, Reason.FORCED), (ANN, Reason.FORCED)]


@pytest.mark.parametrize("to", [FLOOR, SLATE])
def test_floor_and_slate_can_be_forced(to: str) -> None:
    booth = taken()

    assert booth.command(ORGANIZER, Gesture.FORCE, to) is None

    assert booth.changes()[-1] == (to, Reason.FORCED)
    booth.wait(20)
    assert booth.alarms() == []


def test_a_muted_interpreter_can_be_forced_but_not_one_who_is_not_there() -> None:
    booth = with_policy(Policy.MACHINE_ONLY)
    booth.mic(ANN, MUTED)

    assert booth.command(ORGANIZER, Gesture.FORCE, BOB) == Refusal.NOBODY_THERE
    assert booth.command(ORGANIZER, Gesture.FORCE, ANN) is None
    assert booth.changes()[-1] == (ANN, Reason.FORCED)


def test_a_forced_interpreter_who_is_gone_is_stood_in_for() -> None:
    booth = Booth()
    booth.mic(ANN, OPEN)
    booth.command(ORGANIZER, Gesture.FORCE, ANN)

    booth.mic(ANN, GONE)
    booth.mic(ANN, OPEN)

    assert booth.changes()[1:] == [
        (ANN, Reason.FORCED), (MACHINE, Reason.DISCONNECTED), (ANN, Reason.FORCED),
    ]  # fmt: skip


def test_force_ends_a_handover() -> None:
    booth = taken()
    booth.mic(BOB, OPEN)
    booth.command(ANN, Gesture.OFFER, BOB)

    booth.command(ORGANIZER, Gesture.FORCE, SLATE)

    assert booth.stages()[-1] == HandoverStage.CANCELLED
    assert booth.command(BOB, Gesture.ACCEPT) == Refusal.NO_HANDOVER
