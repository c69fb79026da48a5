"""Why a channel did not do what it was asked, in words."""

from translation.values import Refusal

_SENTENCES = {
    Refusal.NOT_ASSIGNED: "You do not work for this channel.",
    Refusal.NO_MICROPHONE: "Your microphone is muted or not connected.",
    Refusal.PARTNER_ON_AIR: "Your partner is on air. Ask for the handover.",
    Refusal.NOT_ON_AIR: "Only who is on air can give the channel away.",
    Refusal.NOBODY_THERE: "The one it is for is not connected.",
    Refusal.NO_HANDOVER: "There is no handover any more.",
    Refusal.HANDOVER_RUNNING: "A handover is running already.",
    Refusal.POLICY: "This channel's policy does not allow it.",
    Refusal.FORCED: "The organizer has decided who is on air.",
    Refusal.NOT_LIVE: "The session is not live.",
    Refusal.MACHINE_LOST: "The machine cannot speak this language at the moment.",
    Refusal.TOO_LATE: "The channel did not answer in time, so nothing was changed. Try again.",
}


def sentence(refusal: Refusal) -> str:
    return _SENTENCES[refusal]
