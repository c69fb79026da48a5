from dataclasses import replace

import pytest

from tests.translation.path.booth import (
    ANN,
    BOB,
    ES,
    GONE,
    MUTED,
    OPEN,
    ORGANIZER,
    PLAN,
    TALKING,
    Booth,
    taken,
)
from translation.values import (
    MACHINE,
    Alarm,
    AlarmKind,
    Assigned,
    Gesture,
    HandoverStage,
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


def with_policy(policy: Policy, **channel: object) -> Booth:
    changed = replace(ES, policy=policy, **channel)  # type: ignore[arg-type]
    return Booth(replace(PLAN, channels=(changed, PLAN.channels[1])))


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
def test_take_needs_an_open_microphone(microphone) -> None:
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
def test_a_partner_whose_microphone_is_closed_may_be_relieved(microphone) -> None:
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

    assert [e for e in booth.log if isinstance(e, Alarm)] == [
        Alarm("es", AlarmKind.SOLO_TOO_LONG, ANN, True, pytest.approx(160.0))
    ]
    booth.command(ANN, Gesture.RELEASE)
    assert booth.alarms()[-1] == ("solo_too_long", False)


def test_alarms_of_others_are_kept_as_they_are() -> None:
    booth = taken()
    booth.tell(Alarm("es", AlarmKind.MUTED_TALKING, BOB, True, 101.0))
    booth.wait(1)

    assert dict(booth.arbiter.standing.alarms) == {(AlarmKind.MUTED_TALKING, BOB): 101.0}


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
