"""How a session is doing, for whoever runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms.models import Session
from rooms.parts import parts
from translation.values import Stage, Translation, Trouble

LOOK_BACK = 2000
"""So many entries of the log are searched for troubles."""


@dataclass(frozen=True)
class SessionStatus:
    """`floor` and `channels` (by language) as the jobs report them; empty where no job reports."""

    floor: Mapping[str, Any]
    channels: Mapping[str, Mapping[str, Any]]
    listeners: Mapping[str, int]
    troubles: list[Trouble]


def session_status(*, session: Session) -> SessionStatus:
    if session.epoch is None:
        return SessionStatus({}, {}, {}, [])
    vitals = parts().vitals.read(session.id)
    return SessionStatus(
        floor=vitals.get("floor") or {},
        channels=vitals.get("channels") or {},
        listeners=parts().attention.listeners(session.id),
        troubles=_troubles(session),
    )


def _troubles(session: Session) -> list[Trouble]:
    """What is broken now: of each stage and language the last word, unless it is “works again”.
    A translation says so too: the tasks that translate do not remember what failed before."""
    last: dict[tuple[str, str], Trouble] = {}
    for logged in parts().log(session.id).read_last(LOOK_BACK):
        match logged.entry:
            case Trouble() as trouble:
                last[trouble.stage, trouble.language] = trouble
            case Translation() as made:
                last.pop((Stage.TRANSLATE, made.language), None)
    return [trouble for trouble in last.values() if trouble.message]
