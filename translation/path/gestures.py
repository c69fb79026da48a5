"""What an interpreter or the organizer asks of a channel: done or refused, and what follows."""

from dataclasses import replace

from translation.path.facts import Facts
from translation.path.standing import Standing
from translation.values import (
    MACHINE,
    Command,
    Gesture,
    Handover,
    HandoverStage,
    Input,
    Policy,
    Refusal,
    SessionState,
)

ORGANIZER = "organizer"
LAPSES_S = 30.0
"""An offer or a request that nobody answers is over after so long."""

SWITCH_PATIENCE_S = 2.0
"""The taker may open her microphone so long after the countdown has ended."""

TOO_LATE_S = 10.0
"""After so long nobody expects any more what was asked; consoles give up at 12 s."""


def refusal(command: Command, standing: Standing, facts: Facts, now_s: float) -> Refusal | None:
    """Why the command is not done; None where it is."""
    if now_s - command.at_s > TOO_LATE_S:
        return Refusal.TOO_LATE
    if standing.channel is None or standing.state in (SessionState.PLANNED, SessionState.ENDED):
        return Refusal.NOT_LIVE
    if command.gesture == Gesture.FORCE:
        return _refuse_force(command, standing, facts)
    if standing.assigned(command.by) is None:
        return Refusal.NOT_ASSIGNED
    handover, gesture = standing.handover, meant(command, standing)
    if gesture in (Gesture.DECLINE, Gesture.ACCEPT):
        if not (handover and handover.stage == HandoverStage.OPEN):
            return Refusal.NO_HANDOVER
        if command.by != handover.to_answer:
            return Refusal.NO_HANDOVER
    if gesture == Gesture.CANCEL:
        party = handover is not None and command.by in (handover.giver, handover.taker)
        return None if party else Refusal.NO_HANDOVER
    if gesture == Gesture.DECLINE:
        return None
    if standing.forced:
        return Refusal.FORCED
    match gesture:
        case Gesture.ACCEPT if handover and standing.countdown_s <= 0:
            return None if able(handover.taker, facts) else Refusal.NO_MICROPHONE
        case Gesture.TAKE:
            return _refuse_take(command.by, standing, facts)
        case Gesture.RELEASE:
            return _refuse_release(command.by, standing, facts)
        case Gesture.OFFER:
            return _refuse_offer(command, standing, facts)
        case Gesture.ASK:
            return _refuse_ask(command, standing, facts)
    return None


def meant(command: Command, standing: Standing) -> Gesture:
    """Two who offer and ask for the same handover at once agree: the second accepts."""
    handover, gesture = standing.handover, command.gesture
    if handover is None or handover.stage != HandoverStage.OPEN:
        return gesture
    if command.by != handover.to_answer:
        return gesture
    same = (gesture == Gesture.ASK and command.by == handover.taker) or (
        gesture == Gesture.OFFER and command.to == handover.taker
    )
    return Gesture.ACCEPT if same else gesture


def handover_after(
    command: Command, standing: Standing, facts: Facts, now_s: float
) -> Handover | None:
    """The handover that a command which was done begins, goes on with or ends."""
    handover = standing.handover
    match meant(command, standing):
        case Gesture.OFFER:
            return _proposed(standing, command.by, command.to, command.to, now_s)
        case Gesture.ASK:
            giver = keeper(standing, facts)
            return _proposed(standing, giver, command.by, giver, now_s)
        case Gesture.ACCEPT if handover:
            return _accepted(handover, standing.countdown_s, now_s)
        case Gesture.DECLINE if handover:
            return _ended(handover, HandoverStage.DECLINED, now_s)
        case Gesture.FORCE if command.to == "":
            return None
        case _ if handover:
            return _ended(handover, HandoverStage.CANCELLED, now_s)
    return None


def handover_due(standing: Standing, facts: Facts, now_s: float) -> Handover | None:
    """What becomes of the handover that is open or counts, where something does now."""
    handover, channel = standing.handover, standing.channel
    if handover is None:
        return None
    lapsed = _ended(handover, HandoverStage.LAPSED, now_s)
    barred = Policy.HUMAN_ONLY if handover.taker == MACHINE else Policy.MACHINE_ONLY
    if channel is None or standing.state == SessionState.ENDED or channel.policy == barred:
        return lapsed
    if handover.giver not in (standing.holder or MACHINE, keeper(standing, facts)):
        return lapsed
    if handover.taker != MACHINE and standing.assigned(handover.taker) is None:
        return lapsed
    if handover.switch_s is None:
        return lapsed if now_s - handover.at_s >= LAPSES_S else None
    if now_s < handover.switch_s:
        return None
    if able(handover.taker, facts):
        return _ended(handover, HandoverStage.DONE, now_s)
    return lapsed if now_s >= handover.switch_s + SWITCH_PATIENCE_S else None


def keeper(standing: Standing, facts: Facts) -> str:
    """Who can give the channel: its holder, or the machine that has nobody above it or stands in
    for her."""
    on_air, holder = standing.on_air, standing.holder
    machine = on_air is not None and on_air.input == Input.MACHINE
    stands_in = machine and (standing.away or not able(holder, facts))
    return MACHINE if not holder or stands_in else holder


def able(who: str, facts: Facts) -> bool:
    return facts.machine.able if who == MACHINE else facts.microphone(who).able


def _refuse_force(command: Command, standing: Standing, facts: Facts) -> Refusal | None:
    if command.by != ORGANIZER:
        return Refusal.NOT_ASSIGNED
    if command.to == MACHINE:
        return None if facts.machine.able else Refusal.MACHINE_LOST
    if command.to in ("", Input.FLOOR, Input.SLATE):
        return None
    there = standing.assigned(command.to) and facts.microphone(command.to).connected
    return None if there else Refusal.NOBODY_THERE


def _refuse_take(by: str, standing: Standing, facts: Facts) -> Refusal | None:
    if standing.channel and standing.channel.policy == Policy.MACHINE_ONLY:
        return Refusal.POLICY
    if not facts.microphone(by).able:
        return Refusal.NO_MICROPHONE
    other = standing.holder not in ("", by) and not standing.away
    return Refusal.PARTNER_ON_AIR if other and able(standing.holder, facts) else None


def _refuse_release(by: str, standing: Standing, facts: Facts) -> Refusal | None:
    if by != standing.holder:
        return Refusal.NOT_ON_AIR
    if facts.machine.able or not standing.has_on_air(by):
        return None
    # Nobody expects the machine where people do all the work, nor in the floor's own language.
    people = standing.channel and standing.channel.policy == Policy.HUMAN_ONLY
    own = standing.plan and standing.plan.source_language == standing.language
    return None if people or own else Refusal.MACHINE_LOST


def _refuse_offer(command: Command, standing: Standing, facts: Facts) -> Refusal | None:
    if command.by != standing.holder:
        return Refusal.NOT_ON_AIR
    if standing.handover is not None:
        return Refusal.HANDOVER_RUNNING
    if command.to == MACHINE:
        if standing.channel and standing.channel.policy == Policy.HUMAN_ONLY:
            return Refusal.POLICY
        return None if facts.machine.able else Refusal.MACHINE_LOST
    if command.to == command.by or standing.assigned(command.to) is None:
        return Refusal.NOBODY_THERE
    return None if facts.microphone(command.to).connected else Refusal.NOBODY_THERE


def _refuse_ask(command: Command, standing: Standing, facts: Facts) -> Refusal | None:
    if standing.channel and standing.channel.policy == Policy.MACHINE_ONLY:
        return Refusal.POLICY
    if standing.handover is not None:
        return Refusal.HANDOVER_RUNNING
    microphone = facts.microphone(command.by)
    if not microphone.connected:
        return Refusal.NO_MICROPHONE
    giver = keeper(standing, facts)
    if giver == MACHINE:
        now = command.countdown_s <= 0
        return Refusal.NO_MICROPHONE if now and microphone.muted else None
    if command.to == MACHINE and giver != command.by:
        return Refusal.PARTNER_ON_AIR
    there = giver != command.by and facts.microphone(giver).connected
    return None if there else Refusal.NOBODY_THERE


def _proposed(standing: Standing, giver: str, taker: str, to_answer: str, now_s: float) -> Handover:
    opened = Handover(
        standing.language, HandoverStage.OPEN, giver, taker, to_answer, None, now_s
    )  # fmt: skip
    return _accepted(opened, standing.countdown_s, now_s) if to_answer == MACHINE else opened


def _accepted(handover: Handover, countdown_s: float, now_s: float) -> Handover:
    if countdown_s <= 0:
        return _ended(handover, HandoverStage.DONE, now_s)
    return replace(
        handover, stage=HandoverStage.COUNTING, switch_s=now_s + countdown_s, at_s=now_s
    )  # fmt: skip


def _ended(handover: Handover, stage: HandoverStage, now_s: float) -> Handover:
    return replace(handover, stage=stage, switch_s=None, at_s=now_s)
